"""Boxes around what an offer's page shows: by its own elements, and never by a guess."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date

import pytest
import pytest_asyncio
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from adapters.capture.elements import SELECTORS, Box, boxes
from adapters.capture.pages import ChromiumCapture
from adapters.simulator import Marketplace, SettableClock
from bot.core.marketplaces import MARKETPLACES
from bot.features.evidence.models.capture import Capture, PageElement, PageKind
from tests.needs import SANDBOX
from tests.unit.adapters.simulator.small import CHEAP, PAN, small_scenario

one_loop = pytest.mark.asyncio(loop_scope="module")
SELLER, PRICE, SHIPS = PageElement
HOST = "127.0.0.1"
SOLD_BY = '<div style="padding: 40px">Sold by <a id="sellerProfileTriggerId">A Shop</a></div>'
COST = '<div id="corePrice_feature_div"><span class="a-price">$18.00</span></div>'
FROM = (
    '<div id="fulfillerInfoFeature_feature_div">'
    '<span class="offer-display-feature-text-message">CN</span></div>'
)
PAGES = {
    "ALL": (SOLD_BY + COST + FROM, (SELLER, PRICE, SHIPS)),
    "NONE": ("<p>Sold by A Shop for $18.00, ships from CN</p>", ()),
    "HIDDEN": (f"<div style='visibility: hidden'>{SOLD_BY}</div>{COST}", (PRICE,)),
    "CLEAR": (f"<div style='opacity: 0'>{SOLD_BY}</div>{COST}", (PRICE,)),
    "GONE": (f"<div hidden>{SOLD_BY}</div>{COST}", (PRICE,)),
    "EMPTY": ('<a id="sellerProfileTriggerId"> </a>' + COST, (PRICE,)),
    "TWICE": (COST + COST + SOLD_BY, (SELLER,)),
    "HALF": (f"<div hidden>{COST}</div>{COST}", (PRICE,)),
    "FAR": (f"{COST}<div style='position: absolute; left: 2000px'>{SOLD_BY}</div>", (PRICE,)),
    "DEEP": (f"{COST}<div style='height: 9000px'></div>{SOLD_BY}", (PRICE,)),
    "UNIT": (
        COST.replace("</div>", "<span class='a-price a-text-price'>$1/oz</span></div>"),
        (PRICE,),
    ),
    "MOVES": (
        f"{COST}<div id=m style='position: absolute; top: 0'>{SOLD_BY}</div><script>"
        "setInterval(() => { m.style.top = `${performance.now()}px` }, 1)</script>",
        (PRICE,),
    ),
    "LIES": (
        "<script>Document.prototype.querySelectorAll = () => [document.body];"
        "Element.prototype.getBoundingClientRect = () => 7</script>" + COST,
        (PRICE,),
    ),
    "MANY": ('<a id="sellerProfileTriggerId">A</a>' * 20_000 + COST, (PRICE,)),
}
"""Pages as Amazon's might be, and what of each has a box."""


@dataclass(frozen=True)
class Camera:
    capture: ChromiumCapture
    base: str

    async def take(self, page: str) -> Capture:
        return await self.capture.take(f"{self.base}/dp/B0ALDER001?page={page}")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def camera() -> AsyncIterator[Camera]:
    async def page(request: web.Request) -> web.Response:
        text, _ = PAGES[request.query["page"]]
        text = f"<!DOCTYPE html><title>Pan</title><h1>Pan</h1>{text}"
        return web.Response(text=text, content_type="text/html")

    app = web.Application()
    app.router.add_get("/dp/{asin}", page)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, HOST, 0).start()
    base = f"http://{HOST}:{runner.addresses[0][1]}"
    async with ChromiumCapture(base, sandbox=SANDBOX) as capture:
        yield Camera(capture, base)
    await runner.cleanup()


@pytest.mark.ci
@pytest.mark.browser
@one_loop
@pytest.mark.parametrize("page", PAGES)
async def test_what_is_found_once_and_seen_has_a_box(camera: Camera, page: str) -> None:
    capture = await camera.take(page)
    assert capture.kind is PageKind.OFFER
    _, boxed = PAGES[page]
    assert capture.boxed == boxed
    assert capture.unboxed == tuple(each for each in PageElement if each not in boxed)


@pytest.mark.ci
@pytest.mark.browser
@one_loop
async def test_boxes_are_on_the_copy_and_the_original_is_as_it_was(camera: Camera) -> None:
    capture = await camera.take("ALL")
    original, copy = (Image.open(io.BytesIO(each)) for each in (capture.picture, capture.copy))
    changed = ImageChops.difference(
        original.convert("RGB"), copy.convert("RGB").crop((0, 0, *original.size))
    )
    box = changed.getbbox()
    assert box is not None
    assert box[3] < 300, "nothing is drawn away from the elements"
    assert ImageStat.Stat(changed.convert("L")).mean[0] < 10


@pytest.mark.ci
@pytest.mark.browser
@one_loop
async def test_the_simulated_marketplace_shows_all_of_it() -> None:
    async with AsyncExitStack() as stack:
        market = Marketplace(small_scenario(), clock=SettableClock(), quota_scale=None)
        await stack.enter_async_context(market)
        camera = ChromiumCapture(market.base_url, sandbox=SANDBOX)
        await stack.enter_async_context(camera)
        offer = await camera.take(f"{market.base_url}/dp/{PAN}?m={CHEAP}")
        seller = await camera.take(f"{market.base_url}/sp?seller={CHEAP}")
    assert (offer.boxed, offer.unboxed) == (tuple(PageElement), ())
    assert (seller.boxed, seller.unboxed) == ((), ()), "nothing is looked for on other pages"


WHOLE = Box(10, 20, 100, 30)


def test_what_stood_still_within_the_picture_has_a_box() -> None:
    moved = Box(10, 21, 100, 30)
    found = boxes([WHOLE, WHOLE, WHOLE], [WHOLE, moved, None], 1280, 960)
    assert found == {SELLER: WHOLE, PRICE: WHOLE, SHIPS: None}
    assert boxes([], [], 1280, 960) == dict.fromkeys(PageElement)


number = st.floats(-5000, 15000)


@given(st.builds(Box, number, number, number, number), st.integers(1, 1280), st.integers(1, 6000))
def test_no_box_leaves_the_picture(box: Box, width: int, height: int) -> None:
    found = boxes([box], [box], width, height)[SELLER]
    if found is not None:
        assert 0 <= found.x < found.x + found.width <= width
        assert 0 <= found.y < found.y + found.height <= height


def test_each_selector_says_when_it_was_looked_at_and_where() -> None:
    assert list(SELECTORS) == list(PageElement)
    known = {market.code for market in MARKETPLACES}
    for each in (selector for found in SELECTORS.values() for selector in found):
        assert each.looked >= date(2026, 11, 30)
        assert set(each.live) <= known
