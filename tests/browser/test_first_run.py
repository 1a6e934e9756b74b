"""From an empty folder to a test alert, as somebody who has just installed it presses through."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from adapters.simulator import Marketplace, SettableClock, demo_scenario
from bot.cli.demo import OWN_SELLER
from bot.settings import PREFIX
from tests.browser.entering import enter
from tests.browser.pressing import aim
from tests.patience import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.ci, pytest.mark.asyncio(loop_scope="session")]

ROOT = Path(__file__).parents[2]
_LINK = re.compile(r"http://127\.0\.0\.1:\d+/\?token=\S+")


@asynccontextmanager
async def first_run(folder: Path, market: Marketplace) -> AsyncIterator[str]:
    """Start ``run`` in the empty folder; gives the link that it prints."""
    known = market.credentials
    settings = {
        "OWN_SELLERS": OWN_SELLER,
        "AMAZON_ENDPOINT": market.base_url,
        "AMAZON_LOGIN_URL": f"{market.base_url}/auth/o2/token",
        "AMAZON_CLIENT_ID": known.client_id,
        "AMAZON_CLIENT_SECRET": known.client_secret,
        "AMAZON_REFRESH_TOKEN": known.refresh_token,
        "WEB_PORT": "0",
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=folder,
        env={
            **others,
            **{PREFIX + name: value for name, value in settings.items()},
            "PYTHONPATH": str(ROOT),
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield await asyncio.wait_for(_link(process), PATIENCE)
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()


async def _link(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    printed = ""
    async for line in process.stdout:
        printed += line.decode()
        if found := _LINK.search(printed):
            return found[0]
    raise AssertionError(printed)


def card_of(page: Page, title: str) -> Locator:
    return page.get_by_role("article").filter(has_text=title).last


class Clicks:
    """Presses buttons, and counts that."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.count = 1
        """With the button of the link."""

    async def press(self, title: str, label: str | re.Pattern[str]) -> None:
        await aim(card_of(self._page, title).get_by_role("button", name=label).first)
        self.count += 1


async def test_from_an_empty_folder_to_an_acknowledged_test_alert(
    tmp_path: Path, page: Page
) -> None:
    clicks = Clicks(page)
    market = Marketplace(demo_scenario(), clock=SettableClock(), quota_scale=100)
    started = time.monotonic()
    async with market, first_run(tmp_path, market) as link:
        await enter(page, link)
        await clicks.press("Set up Brandwarden", "Watch all products")
        await clicks.press("products", re.compile("^Watch [0-9]+|^Watch$"))
        await clicks.press("Set up Brandwarden", "Continue alone")
        await clicks.press("Set up Brandwarden", "Send a test alert")
        await clicks.press("Test alert: nothing has happened", "Acknowledge")
        await expect(card_of(page, "Test alert: nothing")).to_contain_text("Acknowledged by")
        await expect(card_of(page, "Brandwarden is set up")).to_contain_text("4 of 4 steps done")
        await expect(card_of(page, "Brandwarden is set up")).to_contain_text("not Amazon")
    print(f"{clicks.count} clicks, {time.monotonic() - started:.0f} seconds")
    assert clicks.count == 6
