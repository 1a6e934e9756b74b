"""What Chromium runs in: its sandbox, or not at all unless somebody said so; and with no secret."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from adapters.capture import chromium, processes
from adapters.capture.browser import require_sandbox
from adapters.capture.files import FileEvidence
from adapters.capture.pages import ChromiumCapture
from adapters.capture.url_policy import SHOPS, STATIC, Guard
from bot import __version__
from bot.bootstrap.capabilities import open_resources
from bot.errors import CaptureError, UserError
from bot.features.evidence.resources import CAMERA, NO_CAMERA
from tests.files import write_script
from tests.needs import SANDBOX
from tests.unit.adapters.capture.hostile import hostile

ROOT, SOMEBODY = 0, 1000
BASE = "http://127.0.0.1:8643"


@pytest.mark.parametrize(
    ("user", "without", "simulated", "sandbox"),
    [
        (SOMEBODY, False, False, True),
        (SOMEBODY, False, True, True),
        (SOMEBODY, True, False, False),
        (ROOT, True, False, False),
        (ROOT, False, True, False),
    ],
)
def test_it_runs_in_its_sandbox_unless_it_cannot_and_somebody_said_so(
    monkeypatch: pytest.MonkeyPatch, user: int, without: bool, simulated: bool, sandbox: bool
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert require_sandbox(without=without, simulated=simulated) is sandbox


async def test_as_root_no_page_is_captured_and_people_are_told_why(
    monkeypatch: pytest.MonkeyPatch, no_chromium: Path, tmp_path: Path
) -> None:
    write_script(no_chromium / "chromium", "exit 1")
    monkeypatch.setattr(os, "geteuid", lambda: ROOT)
    with pytest.raises(UserError, match="BRANDWARDEN_CAPTURE_WITHOUT_SANDBOX=yes"):
        require_sandbox(without=False, simulated=False)
    async with open_resources(tmp_path, FileEvidence(tmp_path / "evidence"), "") as resources:
        assert resources[CAMERA] is None
        assert resources[NO_CAMERA].startswith("As root, Chromium has no sandbox")


async def test_without_a_sandbox_a_simulation_sees_no_other_pages_than_its_own() -> None:
    guard = Guard(BASE, shops=False)
    assert guard.page(f"{BASE}/dp/B0ALDER001")
    assert not guard.page("https://www.amazon.com/dp/B0ALDER001")
    assert not any(guard.tunnel(host, 443) for host in SHOPS | STATIC)
    async with ChromiumCapture(BASE, sandbox=False) as capture:
        with pytest.raises(CaptureError, match="not a page of a known Amazon marketplace"):
            await capture.take("https://www.amazon.com/dp/B0ALDER001")


@pytest.mark.ci
@pytest.mark.browser
async def test_it_gets_none_of_our_secrets_and_says_who_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BRANDWARDEN_SLACK_BOT_TOKEN", "xoxb-planted-secret")
    async with (
        hostile() as shop,
        ChromiumCapture(shop.base_url, sandbox=SANDBOX) as capture,
    ):
        await capture.warm()
        environments = _environments(capture)
        await capture.take(f"{shop.base_url}/page/tall")
        assert environments
        assert not any(b"planted-secret" in each for each in environments)
        [agent, *_] = shop.agents
    assert agent.endswith(f" Brandwarden/{__version__}")
    assert agent.startswith("Mozilla/5.0 ")


def _environments(capture: ChromiumCapture) -> list[bytes]:
    """Return the environments of the browser and of all that it started."""
    browser = capture._browser
    assert isinstance(browser, chromium.Chromium)
    running = processes.tree(browser._pid)
    return [Path(f"/proc/{process}/environ").read_bytes() for process in running]
