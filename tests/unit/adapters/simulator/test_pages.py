"""What a shopper sees."""

from xml.etree import ElementTree

import msgspec
import pytest

from adapters.simulator import SettableClock
from adapters.simulator.catalogue import Image, Shape
from adapters.simulator.pages import Pages
from adapters.simulator.world import World
from tests.unit.adapters.simulator.caller import Caller
from tests.unit.adapters.simulator.small import BOWL, CHEAP, OWN, PAN, TIED, UNKNOWN, small_scenario


async def page(caller: Caller, path: str, status: int = 200) -> str:
    response = await caller.client.get(path)
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    assert "Simulated marketplace</div>" in response.text
    return response.text


def buy_box(html: str) -> str:
    return html.split("<aside", 1)[1].split("</aside>", 1)[0]


async def test_a_product_page_shows_the_buy_box_and_the_others(stranger: Caller) -> None:
    html = await page(stranger, f"/dp/{PAN}")
    assert "Small &amp; Co" in html
    assert "$18.00" in buy_box(html)
    assert f"Shop {CHEAP}" in buy_box(html)
    assert "$1.00 delivery" in buy_box(html)
    others = html.split("</aside>", 1)[1]
    assert "Other sellers (4)" in others
    assert all(f"Shop {seller}" in others for seller in (OWN, *TIED))


async def test_what_the_scenario_says_is_escaped(stranger: Caller) -> None:
    html = await page(stranger, f"/dp/{PAN}")
    assert "<script" not in html
    assert "Pan &lt;script&gt;alert(1)&lt;/script&gt;" in html


async def test_a_page_can_show_one_sellers_offer(stranger: Caller) -> None:
    html = await page(stranger, f"/dp/{PAN}?m={OWN}")
    assert f"Shop {OWN}" in buy_box(html)
    assert "Prime" in buy_box(html)
    assert "Featured offer" in html
    missing = await page(stranger, f"/dp/{BOWL}?m={OWN}")
    assert "This seller has no offer for this product." in buy_box(missing)


async def test_a_page_without_offers(stranger: Caller, clock: SettableClock) -> None:
    html = await page(stranger, f"/dp/{BOWL}")
    assert "No featured offer" in html
    assert "Nobody else sells this product." in html
    clock.advance(200)
    assert "3 more not shown." in await page(stranger, f"/dp/{PAN}")


async def test_a_seller_page(stranger: Caller) -> None:
    html = await page(stranger, f"/sp?seller={CHEAP}")
    assert f"Shop {CHEAP}" in html
    assert "90%" in html
    assert f"/dp/{PAN}?m={CHEAP}" in html


@pytest.mark.parametrize("path", [f"/dp/{UNKNOWN}", "/sp", "/sp?seller=<b>", "/images/X.svg"])
async def test_what_is_unknown_is_not_found(stranger: Caller, path: str) -> None:
    assert "<b>" not in await page(stranger, path, status=404)


async def test_a_picture_is_served(stranger: Caller) -> None:
    response = await stranger.client.get(f"/images/{PAN}.svg")
    assert response.headers["content-type"].startswith("image/svg+xml")
    assert "#aa3311" in response.text


@pytest.mark.parametrize("shape", list(Shape))
def test_every_shape_is_well_formed(shape: Shape) -> None:
    scenario = small_scenario()
    product = msgspec.structs.replace(
        scenario.products[0], image=Image(shape=shape, colour="#123456")
    )
    world = World(msgspec.structs.replace(scenario, products=(product, *scenario.products[1:])))
    text = Pages(world).picture(PAN, 0).text
    assert text is not None
    root = ElementTree.fromstring(text)  # noqa: S314 - the text is our own template
    assert root.get("width") == "600"
    assert "#123456" in text
