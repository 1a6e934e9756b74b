"""An alert shows the picture that the product's page had before anybody changed it."""

from __future__ import annotations

from tests.unit.conftest import ASIN, OWN, THIEF, Team, offer
from tests.unit.features.pages.guarded import PICTURES, Pages
from tests.unit.features.pages.test_page_pictures import Looks, another, opened

KNOWN = f"{PICTURES}61{ASIN}L.jpg"
OURS, THEIRS = offer(OWN, "20"), offer(THIEF, "18")


async def test_an_alert_shows_the_picture_of_its_product(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    await team.look(OURS, THEIRS)
    assert team.chat.cards["C-1"].thumbnail == KNOWN


async def test_a_product_whose_page_was_not_read_has_no_picture(team: Team) -> None:
    await team.look(OURS, THEIRS)
    assert team.chat.cards["C-1"].thumbnail == ""


async def test_whoever_takes_a_page_over_does_not_choose_the_picture(team: Team) -> None:
    looks = Looks()
    pages = await opened(team, looks)
    pages.say(images=another())
    looks.shown[another()[0].link] = "f" * 16
    await pages.read()
    await team.look(OURS, THEIRS)
    assert {card.thumbnail for card in team.chat.cards.values()} <= {KNOWN, ""}
    assert KNOWN in {card.thumbnail for card in team.chat.cards.values()}


async def test_a_picture_from_elsewhere_is_not_shown(team: Team) -> None:
    pages = await Pages.of(team)
    pages.say(images=another("https://evil.example/x.jpg"))
    await pages.approve()
    await team.look(OURS, THEIRS)
    assert team.chat.cards["C-1"].thumbnail == ""
