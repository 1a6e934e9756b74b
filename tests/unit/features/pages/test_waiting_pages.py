"""/todo has one line for all pages that wait for approval, and leads to the next of them."""

from __future__ import annotations

from bot.core.cards import Card
from bot.core.interactions import Post
from bot.features.pages.collections import PAGE_APPROVALS
from tests.unit.conftest import BEN, VIK, Team, card_text
from tests.unit.features.pages.guarded import HIJACKED, KEY, OTHER, Pages
from tests.unit.features.pages.test_guarding_pages import labels, told

WAITS = "product page"


async def todo(team: Team) -> Card:
    [reply] = await team.type("/todo")
    assert isinstance(reply, Post)
    return reply.card


def also(shown: Card) -> str:
    return told(shown).get("Also open", "")


async def test_all_waiting_pages_are_one_line_with_one_next_step(team: Team) -> None:
    pages = await Pages.of(team)
    pages.say(OTHER, title=HIJACKED)
    await pages.read()
    assert WAITS not in also(await todo(team))  # nobody was asked yet
    await pages.asking()
    shown = await todo(team)
    assert also(shown) == "• 2 product pages wait for approval"
    assert "Review pages" in labels(shown)
    button = next(each for each in shown.buttons if each.label == "Review pages")
    text = card_text(await team.press(button.action, button.ref, VIK))
    assert "Page to approve: Pan 2" in text


async def test_where_all_agree_the_next_step_is_to_approve_them(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.read()
    await pages.asking()
    [reply] = await team.press("review-pages", "todo")
    assert isinstance(reply, Post)
    assert labels(reply.card) == ["Approve all that agree"]
    [approval] = await team.app.store.page(PAGE_APPROVALS)
    assert reply.card.buttons[0].ref == approval.id
    await team.press("approve-pages", approval.id)
    await team.work()
    assert WAITS not in also(await todo(team))
    assert "No page is left" in card_text(await team.press("review-pages", "todo"))
    await team.undo(BEN)
    await team.work()
    assert "2 product pages wait" in also(await todo(team))


async def test_a_page_that_changed_while_it_waited_is_said_once_as_its_case(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.read()
    await pages.asking()
    pages.say(title=HIJACKED)
    await pages.read()
    shown = await todo(team)
    assert shown.title == "1 case to work on"
    assert also(shown) == "• 1 product page waits for approval"
    pages.say(OTHER, title=HIJACKED)
    await pages.read()
    shown = await todo(team)
    assert shown.title == "2 cases to work on"
    assert also(shown) == ""


async def test_a_changed_page_that_was_our_own_waits_no_more(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.read()
    await pages.asking()
    pages.say(title=HIJACKED)
    await pages.read(KEY)
    await team.press("page-ours", "1")
    assert also(await todo(team)) == "• 1 product page waits for approval"


async def test_it_is_said_in_chinese(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.read()
    await pages.asking()
    await team.type("/settings language zh")
    assert "2 个商品页面等待批准" in str(told(await todo(team)))
