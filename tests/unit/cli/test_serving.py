"""``demo`` and ``run`` as processes: one link, a page that answers, and a quick and clean end."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from adapters.control.operations import SOCKET
from adapters.simulator import Marketplace
from bot.cli.start import DISK_FAILED
from bot.cli.world import read_world
from tests.unit.cli.conftest import Cli, use
from tests.unit.cli.faulty import BUSY, DEAD, WORKS

ROOT = Path(__file__).parents[3]
SOON = 50.0
"""Seconds for a start or a stop on a busy machine; aiohttp waits longer for who still listens."""


class Process:
    """A Brandwarden that runs in the current folder, and what it printed."""

    def __init__(self, command: str, log: Path, module: str = "bot") -> None:
        self._log = log
        with log.open("w") as stderr:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, command],
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
            )
        self._lines: queue.Queue[str] = queue.Queue()
        self.printed: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()
        self.link = self._wait_for("http://")
        self._wait_for("Press Ctrl+C to stop.")

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8")

    def wait_for_log(self, word: str) -> None:
        deadline = time.monotonic() + SOON
        while word not in self.log:
            assert time.monotonic() < deadline, self.log
            time.sleep(0.02)

    def stop(self, number: signal.Signals) -> int:
        """Send the signal; return the exit code and collect the rest of what it prints."""
        self._process.send_signal(number)
        code = self._process.wait(SOON)
        while line := self._lines.get(timeout=SOON):
            self.printed.append(line)
        return code

    def ended(self) -> int:
        """Wait until it ends by itself; return the exit code."""
        return self._process.wait(SOON)

    def close(self) -> None:
        self._process.kill()
        self._process.wait(SOON)

    def says(self, word: str) -> str:
        """Return the line with the word, and wait for it if it is not printed yet."""
        known = [line.strip() for line in self.printed if word in line]
        return known[0] if known else self._wait_for(word)

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._lines.put(line)
        self._lines.put("")

    def _wait_for(self, word: str) -> str:
        while line := self._lines.get(timeout=SOON):
            self.printed.append(line)
            if word in line:
                return line.strip()
        pytest.fail(f"it ended before {word!r}: {self.printed} {self.log}")


def entered(browser: httpx.Client, link: str) -> str:
    """Press the button of a link, and return the page."""
    address, _, token = link.partition("/?token=")
    headers = {"Origin": address}
    return browser.post(f"{address}/enter", data={"token": token}, headers=headers).text


Start = Callable[..., Process]


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    started: list[Process] = []

    def start(command: str, module: str = "bot") -> Process:
        started.append(Process(command, folder / f"log-{len(started)}", module))
        return started[-1]

    yield start
    for process in started:
        process.close()


def test_a_demo_and_a_second_one(start: Start, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    demo = start("demo")
    with httpx.Client(follow_redirects=True) as browser:
        assert "Alder &amp; Finch" in entered(browser, demo.link)
        url = httpx.URL(demo.link)
        with browser.stream("GET", url.copy_with(path="/events", query=None)) as events:
            assert events.status_code == 200
            _is_refused(cli, "Another demo is running with the data in data/demo.")
            _is_refused(cli, "Another demo is running", "--fresh")
            use(monkeypatch, data_dir="elsewhere", web_port=str(url.port))
            _is_refused(cli, f"Port {url.port} is in use, perhaps by another Brandwarden.")
            assert demo.stop(signal.SIGTERM) == 0
    text = "".join(demo.printed)
    assert text.count("http") == 1
    assert "Within half a minute" in text
    assert text.endswith("Press Ctrl+C to stop.\nStopping.\n")
    assert demo.log == ""


@pytest.mark.ci
def test_a_restart_ends_no_session_and_a_command_brings_another_link(
    start: Start, cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = cli("page-link")
    assert (refused.exit_code, "Start it to get a link" in refused.stderr) == (1, True)
    demo = start("demo")
    address = demo.link.partition("/?")[0]
    use(monkeypatch, web_port=address.rpartition(":")[2])
    with httpx.Client(follow_redirects=True) as browser:
        page = entered(browser, demo.link)
        assert demo.stop(signal.SIGKILL) == -signal.SIGKILL
        again = start("demo")
        assert key_of(browser.get(address).text) == key_of(page)
    link = cli("page-link").stdout.strip()
    assert link.partition("=")[0] == again.link.partition("=")[0]
    with httpx.Client(follow_redirects=True) as browser:
        assert "Alder &amp; Finch" in entered(browser, link)
    with httpx.Client(follow_redirects=True) as late:
        assert "This page is private" in entered(late, link)


def key_of(page: str) -> str:
    """Return what an open page has to show before it may change anything."""
    return page.partition('name="key" content="')[2].partition('"')[0]


@pytest.mark.ci
def test_a_table_goes_in_and_out_while_it_runs(
    start: Start, market: Marketplace, cli: Cli, folder: Path
) -> None:
    assert market.base_url
    (folder / "watches.csv").write_text("asin\nB0ALDER001\n")
    run = start("run")
    assert cli("watch", "import", "watches.csv").stdout.startswith("Imported 1 product: ")
    assert "B0ALDER001,US" in cli("watch", "export").stdout
    assert cli("attacks", "export").stdout.startswith("ref,")
    assert "in use by a running Brandwarden" in cli("doctor").stdout
    run.wait_for_log("Logged in at Amazon")
    assert run.stop(signal.SIGTERM) == 0
    assert not (folder / "data" / SOCKET).exists()
    killed = start("run")
    killed.close()
    assert (folder / "data" / SOCKET).exists()
    assert "B0ALDER001,US" in cli("watch", "export").stdout


@pytest.mark.ci
def test_wrong_credentials_of_amazon_are_told_at_the_start_and_it_goes_on(
    start: Start, market: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert market.base_url
    use(monkeypatch, amazon_client_secret="hush-hush")
    run = start("run")
    said = run.says("Amazon rejected")
    assert said.startswith("Amazon rejected the client ID or its secret. Copy both again")
    assert said.endswith("Then restart Brandwarden.")
    assert "Open Brandwarden here" in httpx.get(run.link).text
    assert run.stop(signal.SIGTERM) == 0
    assert "hush-hush" not in run.log + "".join(run.printed)


@pytest.mark.ci
def test_where_no_socket_can_be_it_runs_and_says_what_that_means(
    start: Start, market: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert market.base_url
    use(monkeypatch, data_dir="x" * 120)
    run = start("run")
    assert run.stop(signal.SIGTERM) == 0
    assert "To use them, stop Brandwarden" in "".join(run.printed)
    assert "BRANDWARDEN_DATA_DIR" in "".join(run.printed)


def _is_refused(cli: Cli, sentence: str, *words: str) -> None:
    said = cli("demo", *words)
    assert said.exit_code == 1
    assert said.stderr.startswith(sentence)
    assert said.stderr.count("\n") == 1
    assert said.stdout == ""


@pytest.mark.ci
@pytest.mark.kill
def test_killed_and_started_again_the_world_goes_on(start: Start, folder: Path) -> None:
    killed = start("demo")
    world = read_world(folder / "data" / "demo")
    assert killed.stop(signal.SIGKILL) == -signal.SIGKILL
    demo = start("demo")
    assert "its marketplace kept running" in demo.printed[0]
    assert world == read_world(folder / "data" / "demo")
    assert "Open Brandwarden here" in httpx.get(demo.link).text
    assert demo.stop(signal.SIGINT) == 0
    assert demo.printed[-1] == "Stopping.\n"


@pytest.mark.ci
@pytest.mark.usefixtures("no_chromium")
def test_without_chromium_the_demo_says_what_is_missing_and_how_to_get_it(start: Start) -> None:
    demo = start("demo")
    [missing] = [line for line in demo.printed if "Chromium" in line]
    assert missing.startswith("Screenshots of offers are off.")
    assert "make browser" in missing
    assert "Open Brandwarden here" in httpx.get(demo.link).text
    assert demo.stop(signal.SIGTERM) == 0


@pytest.mark.ci
def test_run_and_what_stands_in_its_log(
    start: Start, market: Marketplace, cli: Cli, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    (folder / "watches.csv").write_text("asin\nB0ALDER001\n")
    assert cli("watch", "import", "watches.csv").exit_code == 0
    use(monkeypatch, log_level="debug", brand="Alder & Finch")
    run = start("run")
    assert run.printed[0] == "Watching the Amazon listings of Alder & Finch.\n"
    assert "your own offers cause alerts" in run.printed[1]
    with httpx.Client(follow_redirects=True) as browser:
        assert "Alder &amp; Finch" in entered(browser, run.link)
    run.wait_for_log("Logged in at Amazon")
    assert run.stop(signal.SIGTERM) == 0
    events = [json.loads(line)["event"] for line in run.log.splitlines()]
    assert "Logged in at Amazon" in events
    assert not [event for event in events if "HTTP Request" in event]
    known = market.credentials
    token = httpx.URL(run.link).params["token"]
    for secret in (token, known.client_secret, known.refresh_token, "Atza"):
        assert secret not in run.log


FAULTY = "tests.unit.cli.faulty"


@pytest.mark.ci
def test_a_dead_disk_ends_the_program_with_a_code_of_its_own(start: Start) -> None:
    demo = start("demo", FAULTY)
    DEAD.touch()
    assert demo.ended() == DISK_FAILED == os.EX_IOERR
    assert "can no longer be saved: the disk failed" in demo.log
    DEAD.unlink()
    again = start("demo", FAULTY)
    assert again.stop(signal.SIGTERM) == 0


@pytest.mark.ci
def test_a_thread_that_works_does_not_hold_up_the_end(start: Start, folder: Path) -> None:
    BUSY.touch()
    demo = start("demo", FAULTY)
    deadline = time.monotonic() + SOON
    while not WORKS.exists():
        assert time.monotonic() < deadline, demo.log
        time.sleep(0.02)
    assert demo.stop(signal.SIGTERM) == 0
    assert demo.printed[-1] == "Stopping.\n"
    BUSY.unlink()
    WORKS.unlink()
    # What it left behind opens.
    assert start("demo", FAULTY).stop(signal.SIGTERM) == 0
