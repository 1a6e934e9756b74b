"""Pictures of pages are looked at once for each address; what failed is 'could not check'."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace

import pytest

from bot.core.page_content import PageContent, PageImage
from bot.core.picture_looks import PICTURE_LOOKS, PictureLook
from bot.features.pages.models import PageState
from checks.page_guard import PageGuard
from checks.page_pictures import AGAIN
from tests.unit.conftest import Team
from tests.unit.features.pages.guarded import HIJACKED, KEY, PICTURES, Pages

FIRST, OTHER = "0" * 16, "f" * 16
NEW = f"{PICTURES}61newnewnewL.jpg"


class Looks:
    """Sees what a test says."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.shown: dict[str, str | None] = {}
        self.silent = False

    async def look(self, link: str) -> PictureLook | None:
        self.asked[link] += 1
        if self.silent:
            await asyncio.Event().wait()
        look = self.shown.get(link, FIRST)
        return None if look is None else PictureLook(look, look * 4)


async def opened(team: Team, looks: Looks) -> Pages:
    pages = await Pages.of(team)
    app = replace(team.app, resources=team.app.resources.having(PICTURE_LOOKS, looks))
    pages.guard = PageGuard(app, pages)
    await pages.approve()
    return pages


def another(link: str = NEW) -> tuple[PageImage, ...]:
    return (PageImage(variant="MAIN", link=link),)


async def test_each_address_is_fetched_once(team: Team) -> None:
    looks = Looks()
    pages = await opened(team, looks)
    await pages.read()
    await pages.read()
    assert max(looks.asked.values()) == 1


async def test_the_same_picture_at_another_address_is_no_change(team: Team) -> None:
    pages = await opened(team, Looks())
    pages.say(images=another())
    await pages.read()
    assert (await pages.known()).changes == ()


async def test_another_picture_is_told(team: Team) -> None:
    looks = Looks()
    looks.shown[NEW] = OTHER
    pages = await opened(team, looks)
    pages.say(images=another())
    await pages.read()
    [change] = (await pages.known()).changes
    assert (change.field, change.summary) == ("main-image", "The main image shows something else")


async def test_a_picture_that_cannot_be_fetched_could_not_be_checked(team: Team) -> None:
    looks = Looks()
    looks.shown[NEW] = None
    pages = await opened(team, looks)
    pages.say(images=another())
    await pages.read()
    await pages.read()
    known = await pages.known()
    assert (known.changes, list(known.unchecked), known.partly) == ((), ["main-image"], True)
    assert looks.asked[NEW] == 1
    looks.shown[NEW] = OTHER
    team.clock.advance(seconds=AGAIN + 1)
    await pages.read()
    [change] = (await pages.known()).changes
    assert change.field == "main-image"
    assert (await pages.known()).unchecked == {}


async def test_a_picture_that_was_not_looked_at_at_first_completes_the_baseline(
    team: Team,
) -> None:
    looks = Looks()
    pages = await Pages.of(team)
    page = pages.told[KEY]
    assert isinstance(page, PageContent)
    link = (page.images or ())[0].link
    looks.shown[link] = None
    app = replace(team.app, resources=team.app.resources.having(PICTURE_LOOKS, looks))
    pages.guard = PageGuard(app, pages)
    await pages.approve()
    looks.shown[link] = FIRST
    team.clock.advance(seconds=AGAIN + 1)
    await pages.read()
    known = await pages.known()
    assert (known.state, known.changes) == (PageState.APPROVED, ())
    assert [each.look for each in known.baseline.pictures or ()] == [FIRST]


async def test_pictures_that_do_not_come_hold_up_no_text(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checks.page_pictures.PATIENCE", 0.05)
    looks = Looks()
    pages = await opened(team, looks)
    looks.silent = True
    pages.say(images=another(), title=HIJACKED)
    await pages.read()
    [change] = (await pages.known()).changes
    assert change.field == "title"
    looks.silent = False
    await pages.read()
    assert looks.asked[NEW] == 1
