"""axe-core finds nothing serious on any page or form: what is new is looked at by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Page

from adapters.web.statics import STATIC
from tests.browser.accessible import serious
from tests.browser.entering import enter
from tests.browser.whole_page import WholePage, drawn, every_step, whole_page
from tests.journeys.test_roles import busy_team
from tests.pictures.kinds import CARDS, FORMS
from tests.unit.conftest import Team

pytestmark = [
    pytest.mark.browser,
    pytest.mark.ci,
    pytest.mark.asyncio(loop_scope="session"),
]
SHOW = f"html => import('{STATIC}/dialog.js').then(dialog => dialog.showForm(html))"
schemes = pytest.mark.parametrize("scheme", ["light", "dark"])
Scheme = Literal["light", "dark"]


@pytest_asyncio.fixture(loop_scope="session")
async def team(tmp_path: Path) -> AsyncIterator[Team]:
    async with busy_team(tmp_path / "team") as team:
        yield team


@pytest_asyncio.fixture(loop_scope="session")
async def house(tmp_path: Path, team: Team) -> AsyncIterator[WholePage]:
    async with whole_page(tmp_path, team) as house:
        yield house


@schemes
async def test_every_page_can_be_read_by_all(house: WholePage, page: Page, scheme: Scheme) -> None:
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    wrong: dict[str, list[str]] = {}
    await page.goto(house.links.address)
    wrong["a page that is private"] = await serious(page)
    await page.goto(house.links.new())
    wrong["the sign-in"] = await serious(page)
    await enter(page, house.links.new())
    addresses = await house.addresses()
    assert await house.unseen(addresses) == set()
    for address in addresses:
        await page.goto(house.links.address + address)
        wrong[address] = await serious(page)
    await page.goto(house.links.address)
    assert await page.get_by_role("article").count() == len(CARDS)
    assert {address: found for address, found in wrong.items() if found} == {}


async def test_a_label_that_is_missing_is_found(house: WholePage, page: Page) -> None:
    await enter(page, house.links.new())
    await page.goto(f"{house.links.address}/search")
    await page.evaluate(SHOW, drawn(FORMS["form-watch-1"]).replace("<label", "<span"))
    assert "label" in {each.partition(":")[0] for each in await serious(page)}


@schemes
async def test_every_step_of_every_flow_can_be_filled_in_by_all(
    house: WholePage, team: Team, page: Page, scheme: Scheme
) -> None:
    asks = await every_step(team)
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await enter(page, house.links.new())
    await page.goto(f"{house.links.address}/search")
    wrong: dict[str, list[str]] = {}
    for name, ask in asks.items():
        await page.evaluate(SHOW, drawn(ask))
        wrong[name] = await serious(page)
    assert {name: found for name, found in wrong.items() if found} == {}
