"""Captures by a real Chromium: of the simulated marketplace's pages, and of a shop that bites."""

from __future__ import annotations

import asyncio
import hashlib
import io
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import async_playwright
from structlog.testing import capture_logs

from adapters.capture import processes
from adapters.capture.browser import Limits, kept_in
from adapters.capture.pages import ChromiumCapture, check_available
from adapters.capture.seller_pages import CapturedSellerPages
from adapters.simulator import Fault, Marketplace, Operation, Scenario, SettableClock
from bot.errors import CaptureError, UserError
from bot.features.cases.models.seller_pages import SellerWords
from bot.features.evidence.models.capture import Capture, PageKind
from tests.files import write_script
from tests.needs import SANDBOX
from tests.unit.adapters.capture.hostile import Shop, hostile
from tests.unit.adapters.simulator.small import CHEAP, PAN, TIED, UNKNOWN, small_scenario

one_loop = pytest.mark.asyncio(loop_scope="module")
AT = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
LIMITS = Limits(patience=60.0, rest=2.0)
BITTEN = Limits(patience=60.0, rest=0.5, swollen=700_000_000)
HASTY = Limits(patience=1.0, rest=0.5)
NAMED = TIED[0]
TRIES = 30
"""A busy machine may take more than one, where patience is short."""


@dataclass(frozen=True)
class Camera:
    """A capture that is warm, and the marketplace that it may look at."""

    capture: ChromiumCapture
    market: Marketplace

    @property
    def offer(self) -> str:
        return f"{self.market.base_url}/dp/{PAN}?m={CHEAP}"


@dataclass(frozen=True)
class Trap:
    """A capture that may look at the hostile shop."""

    capture: ChromiumCapture
    shop: Shop

    async def take(self, path: str) -> Capture:
        return await self.capture.take(self.shop.base_url + path)


def scenario() -> Scenario:
    """The small world, in which the law wants to know who one of the sellers is."""
    small = small_scenario()
    notice = {"name": "Shop <b>1</b>", "business": "Example & Sons", "address": ("1 Example Road",)}
    sellers = [
        msgspec.structs.replace(each, **notice) if each.id == NAMED else each
        for each in small.sellers
    ]
    return msgspec.structs.replace(small, sellers=tuple(sellers))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def camera() -> AsyncIterator[Camera]:
    async with AsyncExitStack() as stack:
        market = Marketplace(scenario(), clock=SettableClock(), quota_scale=None)
        await stack.enter_async_context(market)
        capture = ChromiumCapture(market.base_url, sandbox=SANDBOX, limits=LIMITS, clock=lambda: AT)
        yield Camera(await stack.enter_async_context(capture), market)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def trap() -> AsyncIterator[Trap]:
    async with AsyncExitStack() as stack:
        shop = await stack.enter_async_context(hostile())
        capture = ChromiumCapture(shop.base_url, sandbox=SANDBOX, limits=BITTEN)
        yield Trap(await stack.enter_async_context(capture), shop)


@pytest.mark.ci
@pytest.mark.browser
@one_loop
async def test_an_offers_page_with_its_circumstances(camera: Camera) -> None:
    capture = await camera.capture.take(camera.offer)
    assert capture.kind is PageKind.OFFER
    assert (capture.url, capture.at) == (camera.offer, AT)
    assert (capture.simulated, capture.whole) == (True, True)
    assert capture.tool.startswith("Chromium ")
    assert capture.sha256 == hashlib.sha256(capture.picture).hexdigest()
    assert all(words in capture.text for words in ("$18.00", "Sold by", f"Shop {CHEAP}"))
    original, copy = (Image.open(io.BytesIO(each)) for each in (capture.picture, capture.copy))
    assert original.width == copy.width == 1280
    assert original.height < copy.height


@pytest.mark.browser
@one_loop
@pytest.mark.ci
async def test_a_sellers_page_says_who_the_seller_is(camera: Camera) -> None:
    page = await CapturedSellerPages(camera.capture).read(
        f"{camera.market.base_url}/sp?seller={NAMED}"
    )
    assert page.words.name == "Shop <b>1</b>"
    assert page.words.feedback == "90% positive (50 ratings)"
    assert [(row.text, row.indented) for row in page.words.rows] == [
        ("Business Name: Example & Sons", False),
        ("Business Address:", False),
        ("1 Example Road", True),
    ]
    assert (page.at, page.simulated) == (AT, True)


@pytest.mark.ci
@pytest.mark.browser
@one_loop
async def test_an_offers_page_says_nothing_of_that_kind(camera: Camera) -> None:
    assert (await camera.capture.take(camera.offer)).seller == SellerWords()


@pytest.mark.ci
@pytest.mark.browser
@one_loop
@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault.LOGIN_WALL, "asked for a login"),
        (Fault.CAPTCHA, "asked for a captcha"),
    ],
)
async def test_what_stands_in_the_offers_place_is_no_capture(
    camera: Camera, fault: Fault, words: str
) -> None:
    camera.market.faults.on(fault, operation=Operation.PAGE, times=1)
    with pytest.raises(CaptureError, match=words):
        await camera.capture.take(camera.offer)


@pytest.mark.ci
@pytest.mark.browser
@one_loop
async def test_a_missing_product_and_a_seller_without_an_offer(camera: Camera) -> None:
    base = camera.market.base_url
    with pytest.raises(CaptureError, match="does not have this page"):
        await camera.capture.take(f"{base}/dp/{UNKNOWN}")
    capture = await camera.capture.take(f"{base}/dp/{PAN}?m=A9NOBODYHERE01")
    assert capture.kind is PageKind.OTHER


@pytest.mark.ci
@pytest.mark.browser
@one_loop
async def test_one_after_the_other_although_all_ask_at_once(camera: Camera) -> None:
    captures = await asyncio.gather(*(camera.capture.take(camera.offer) for _ in range(2)))
    assert {capture.kind for capture in captures} == {PageKind.OFFER}


@pytest.mark.ci
@pytest.mark.browser
@one_loop
async def test_a_killed_browser_is_started_anew(camera: Camera) -> None:
    await camera.capture.take(camera.offer)
    chromium = [pid for pid in processes.tree(os.getpid()) if _is_browser(pid)]
    os.kill(chromium[0], signal.SIGKILL)
    try:
        await camera.capture.take(camera.offer)
    except CaptureError:
        await camera.capture.take(camera.offer)


def _is_browser(pid: int) -> bool:
    line = Path(f"/proc/{pid}/cmdline").read_bytes()
    return b"--remote-debugging-pipe" in line and b"--type=" not in line


@pytest.mark.ci
@pytest.mark.browser
@one_loop
async def test_nothing_leads_out_of_the_shop(trap: Trap) -> None:
    """Frames, sockets, workers, beacons, datagrams: all are tried, and nobody is reached."""
    await trap.take("/page/reach")
    for path in ("/page/out", "/moved"):
        with pytest.raises(CaptureError, match="which is not a known store"):
            await trap.take(path)
    assert trap.shop.reached == []


@pytest.mark.ci
@pytest.mark.browser
@one_loop
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/page/bomb", "more memory than allowed"),
        ("/round", "TOO_MANY_REDIRECTS"),
    ],
)
async def test_a_page_that_bites_is_ended_and_the_next_is_well(
    trap: Trap, path: str, words: str
) -> None:
    with pytest.raises(CaptureError, match=words):
        await trap.take(path)
    assert (await trap.take("/page/liar")).title == "Good"


@pytest.mark.ci
@pytest.mark.browser
@one_loop
async def test_a_page_that_is_never_ready_is_ended_and_the_next_is_well(trap: Trap) -> None:
    async with ChromiumCapture(trap.shop.base_url, sandbox=SANDBOX, limits=HASTY) as capture:
        hasty = Trap(capture, trap.shop)
        for path in ("/page/alerts", "/stream"):
            with pytest.raises(CaptureError, match="not ready after 1 seconds"):
                await hasty.take(path)
            assert (await _once_well(hasty)).title == "Good"


async def _once_well(trap: Trap) -> Capture:
    for _ in range(TRIES):
        with suppress(CaptureError):
            return await trap.take("/page/liar")
    raise AssertionError("no page is well any more")


@pytest.mark.ci
@pytest.mark.browser
@one_loop
async def test_an_endless_page_is_cut_and_said_to_be(trap: Trap) -> None:
    capture = await trap.take("/page/tall")
    assert not capture.whole
    assert Image.open(io.BytesIO(capture.picture)).size == (1280, 6000)


async def test_an_address_that_is_no_shops_starts_no_browser() -> None:
    async with ChromiumCapture(sandbox=SANDBOX) as capture:
        with pytest.raises(CaptureError, match="not a page of a known Amazon marketplace"):
            await capture.take("http://127.0.0.1:8643/dp/B0ALDER001")
        assert await capture.memory() == 0


async def test_without_playwright_a_person_is_told_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "adapters.capture.chromium", raising=False)
    monkeypatch.delitem(sys.modules, "adapters.capture.page_loader", raising=False)
    monkeypatch.setitem(sys.modules, "playwright", None)
    monkeypatch.setitem(sys.modules, "playwright.async_api", None)
    with pytest.raises(UserError, match="make browser"):
        await check_available(without_sandbox=True)
    async with ChromiumCapture(sandbox=SANDBOX) as capture:
        with pytest.raises(UserError, match="make browser"):
            await capture.take("https://www.amazon.com/dp/B0ALDER001")


@pytest.mark.usefixtures("no_chromium")
async def test_where_playwright_keeps_no_browser_it_is_not_even_started(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "adapters.capture.chromium", None)
    with pytest.raises(UserError, match="make browser"):
        await check_available(without_sandbox=True)


@pytest.mark.ci
@pytest.mark.usefixtures("no_chromium")
@pytest.mark.parametrize("where", ["set", "home", "cache"])
async def test_playwrights_own_chromium_would_be_where_it_is_looked_for(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if where != "set":
        monkeypatch.delenv("PLAYWRIGHT_BROWSERS_PATH")
    monkeypatch.setenv("XDG_CACHE_HOME" if where == "cache" else "HOME", str(tmp_path / where))
    async with async_playwright() as driver:
        own = Path(driver.chromium.executable_path)
    kept = kept_in()
    assert kept is not None
    assert own.is_relative_to(kept)


@pytest.mark.ci
async def test_without_chromium_a_person_is_told_how_to_get_it(no_chromium: Path) -> None:
    (no_chromium.parent / "none").mkdir()
    with pytest.raises(UserError, match="make browser"):
        await check_available(without_sandbox=True)
    async with ChromiumCapture(sandbox=SANDBOX) as capture:
        with pytest.raises(UserError, match="make browser"):
            await capture.take("https://www.amazon.com/dp/B0ALDER001")


@pytest.mark.ci
async def test_a_chromium_that_does_not_start_is_told_and_the_next_try_is_a_new_one(
    no_chromium: Path,
) -> None:
    """As where the name on PATH is a script that says how to install the real one."""
    write_script(no_chromium / "chromium", "echo 'install it from elsewhere' >&2\nexit 1")
    await check_available(without_sandbox=True)
    async with ChromiumCapture(sandbox=SANDBOX) as capture:
        with capture_logs() as logs, pytest.raises(UserError, match="does not start"):
            await capture.warm()
        assert [each["error"] for each in logs] == ["install it from elsewhere"]
        with pytest.raises(UserError, match="does not start"):
            await capture.take("https://www.amazon.com/dp/B0ALDER001")
        assert await capture.memory() == 0


async def test_a_chromium_that_hangs_is_given_up_and_may_be_tried_again(
    no_chromium: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_script(no_chromium / "chromium", "exec /bin/sleep 600")
    monkeypatch.setattr("adapters.capture.chromium.START", 0.5)
    async with ChromiumCapture(sandbox=SANDBOX) as capture:
        with pytest.raises(CaptureError, match="did not start within"):
            await capture.warm()
