"""The log: whom one hears, and what nobody may read in it."""

from __future__ import annotations

import json
import logging
import sys

import pytest
import stamina
import structlog

from bot.cli.logs import set_up_logs

SECRET = "hush-hush"


def fail() -> None:
    password = SECRET
    message = f"broken after {len(password)} letters"
    raise ValueError(message)


def log_a_failure() -> None:
    try:
        fail()
    except ValueError:
        structlog.get_logger("bot").exception("ours")
        logging.getLogger("aiohttp.server").exception("theirs")


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    said = capsys.readouterr()
    assert said.out == ""
    return [json.loads(line) for line in said.err.splitlines()]


@pytest.mark.parametrize("name", ["apscheduler.scheduler", "httpx", "aiohttp.access", "asyncio"])
@pytest.mark.parametrize("level", ["debug", "info"])
def test_libraries_are_heard_from_warnings_on(
    name: str, level: str, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs(level)
    logging.getLogger(name).info("GET http://127.0.0.1/?token=%s", SECRET)
    logging.getLogger(name).warning("careful")
    [line] = lines(capsys)
    assert (line["event"], line["level"]) == ("careful", "warning")


def test_the_level_is_kept_by_all(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("error")
    structlog.get_logger("bot").warning("ours")
    logging.getLogger("httpx").warning("theirs")
    structlog.get_logger("bot").error("ours")
    logging.getLogger("httpx").error("theirs")
    assert [line["event"] for line in lines(capsys)] == ["ours", "theirs"]


def test_setting_it_up_again_doubles_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("info")
    set_up_logs("info")
    logging.getLogger("httpx").warning("once")
    assert len(lines(capsys)) == 1


def test_a_failure_is_one_line_without_local_variables(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("info")
    log_a_failure()
    ours, theirs = lines(capsys)
    for line in (ours, theirs):
        assert "ValueError: broken after 9 letters" in line["exception"]
        assert line["timestamp"].endswith("Z")
        assert SECRET not in str(line)


def test_on_a_terminal_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    set_up_logs("info")
    log_a_failure()
    said = capsys.readouterr().err
    assert said.count("ValueError: broken after 9 letters") == 2
    assert SECRET not in said


def test_nothing_that_is_logged_steers_the_terminal_or_adds_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    set_up_logs("info")
    said: list[str] = []
    for odd in ("fine", "\x1b]0;owned\x07\n[error] made up\r\x9b2J"):
        structlog.get_logger("bot").warning(f"ours {odd}", title=odd)
        logging.getLogger("httpx").warning("theirs %s", odd)
        said.append(capsys.readouterr().err)
    assert said[1].count("\n") == said[0].count("\n") == 2
    assert not {"\x07", "\x9b", "\r"} & set(said[1])
    assert "\x1b]" not in said[1]


async def test_tries_are_told_by_the_client_alone(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("debug")

    @stamina.retry(on=ValueError, attempts=2, wait_initial=0, wait_jitter=0)
    async def ask(password: str) -> None:
        raise ValueError(password)

    with pytest.raises(ValueError, match=SECRET):
        await ask(SECRET)
    assert lines(capsys) == []


def test_what_asyncio_says_without_end_is_logged_once(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("info")
    for socket in range(100):
        logging.getLogger("asyncio").error("socket.accept() out of system resource: %s", socket)
        logging.getLogger("other").error("said %s times", socket)
    logging.getLogger("asyncio").error("Task was destroyed but it is pending!")
    said = capsys.readouterr().err
    assert said.count("out of system resource") == 1
    assert said.count("Task was destroyed") == 1
    assert said.count('times"') == 100
