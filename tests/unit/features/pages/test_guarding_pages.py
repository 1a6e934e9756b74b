"""Pages are approved once, and what changes on them is a case that asks whose doing it was."""

from __future__ import annotations

import dataclasses

import pytest

from bot.core.cards import Card
from bot.core.collections import UNDOABLES
from bot.core.interactions import Post
from bot.core.scanning import each
from bot.errors import AccessRefused, SourceError, Unavailable
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case, CloseReason
from bot.features.pages.collections import GUARDED_PAGES, PAGE_APPROVALS
from bot.features.pages.models import ApprovalState, PageState
from tests.unit.conftest import ANA, ASIN, OWN, VIK, Team, asked, card_text, notice
from tests.unit.features.pages.guarded import HIJACKED, KEY, OTHER, TITLES, Pages, own_of

WHOLE = "2 product pages read"


async def cases(team: Team) -> list[Case]:
    return [case async for case in each(team.app.store, CASES)]


def card(team: Team, title: str) -> Card:
    return next(each for each in team.chat.cards.values() if title in each.title)


def labels(shown: Card) -> list[str]:
    return [button.label for button in shown.pressable]


def told(shown: Card) -> dict[str, str]:
    return {field.label: field.value for field in shown.fields}


async def test_a_card_asks_once_about_all_pages_that_were_read(team: Team) -> None:
    pages = await Pages.of(team)
    pages.say(OTHER, title=HIJACKED)
    await pages.read()
    await pages.asking(1)
    assert not [key for key in team.chat.order if key.startswith("pages-")]
    await pages.asking()
    shown = card(team, WHOLE)
    assert told(shown) == {"Agree with your data": "1", "Differ from your data": "1"}
    assert labels(shown) == ["Approve all that agree", "Review"]
    await pages.read()
    await pages.asking()
    assert len([key for key in team.chat.order if key.startswith("pages-")]) == 1
    assert await cases(team) == []


async def test_what_agrees_is_approved_by_one_press(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    assert (await pages.known()).state is PageState.APPROVED
    assert (await pages.known()).approved_by == ANA[0]
    assert "Approved by Ana." in card(team, "2 product pages approved").body
    [approval] = await team.app.store.page(PAGE_APPROVALS)
    assert (approval.state, approval.waiting) == (ApprovalState.DONE, 0)


async def test_who_only_reads_approves_nothing(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.read()
    await pages.asking()
    [approval] = await team.app.store.page(PAGE_APPROVALS)
    assert "member" in notice(await team.press("approve-pages", approval.id, VIK))
    assert (await pages.known()).state is PageState.AGREES


async def test_each_page_that_differs_is_looked_at(team: Team) -> None:
    pages = await Pages.of(team)
    pages.say(title=HIJACKED)
    await pages.read()
    await pages.asking()
    [approval] = await team.app.store.page(PAGE_APPROVALS)
    text = card_text(await team.press("review-pages", approval.id))
    assert "Page to approve: Pan 1" in text
    assert f"Title: Your data: {TITLES[ASIN]}\nPage: {HIJACKED}" in text
    assert "No page is left" in card_text(await team.press("approve-page", KEY))
    assert (await pages.known()).baseline.title == HIJACKED
    assert told(card(team, WHOLE)) == {"Agree with your data": "1", "Approved": "1"}
    assert "approved already" in notice(await team.press("approve-page", KEY))


async def test_a_page_that_was_taken_over_before_is_an_alert_once_our_data_is_called_right(
    team: Team,
) -> None:
    pages = await Pages.of(team)
    pages.say(title=HIJACKED)
    await pages.read()
    await team.press("page-own-data", KEY)
    await pages.read()
    [case] = await cases(team)
    assert case.fingerprint == f"US/{ASIN}/page"
    shown = card(team, "The title names another product")
    assert told(shown)["Title"] == f"Before: {TITLES[ASIN]}\nNow: {HIJACKED}"


@pytest.mark.parametrize("fails", [True, False])
async def test_without_our_data_pages_are_not_said_to_agree(team: Team, *, fails: bool) -> None:
    pages = await Pages.of(team)
    if fails:
        pages.own_fails = Unavailable()
    pages.own = {}
    await pages.read()
    await pages.asking()
    assert told(card(team, WHOLE)) == {"Could not compare": "2"}
    assert labels(card(team, WHOLE)) == ["Review"]
    [approval] = await team.app.store.page(PAGE_APPROVALS)
    text = card_text(await team.press("review-pages", approval.id))
    assert "Could not compare it." in text
    assert f"Title: {TITLES[ASIN]}" in text
    assert "Page to approve: Pan 2" in card_text(await team.press("skip-page", KEY))


async def test_a_changed_title_is_a_case_with_both_texts_and_asks_whose_it_was(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    pages.say(title=HIJACKED, bullets=("Buy me.",))
    await pages.read()
    [case] = await cases(team)
    shown = card(team, "The title names another product")
    assert labels(shown)[:2] == ["Not us", "It was us"]
    fields = told(shown)
    assert fields["Title"] == f"Before: {TITLES[ASIN]}\nNow: {HIJACKED}"
    assert fields["Bullets"].endswith("Now: Buy me.")
    assert case.severity == 2
    await pages.read()
    assert len(await cases(team)) == 1
    assert (await pages.known()).page is not None


async def test_the_raw_answer_is_kept_as_proof_of_a_change(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    assert team.app.evidence.kept == {}  # type: ignore[attr-defined]
    pages.say(title=HIJACKED)
    await pages.read()
    kept = team.app.evidence.kept  # type: ignore[attr-defined]
    [content] = kept.values()
    assert HIJACKED.encode() in content


async def test_our_own_change_ends_the_case_and_is_the_baseline(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    pages.say(title=HIJACKED)
    await pages.read()
    await team.press("page-ours", "1")
    [case] = await cases(team)
    assert (case.open, case.reason) == (False, CloseReason.OURS)
    known = await pages.known()
    assert (known.baseline.title, known.changes, known.page) == (HIJACKED, (), None)
    await pages.read()
    pages.say(title=TITLES[ASIN])
    await pages.read()
    assert [each.open for each in await cases(team)] == [False]
    assert team.announced()[-1] == "Ana approved a change of a page."


async def test_our_own_change_is_what_the_card_showed_and_nothing_that_came_since(
    team: Team,
) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    pages.say(title=HIJACKED)
    await pages.read()
    seen = next(each for each in card(team, "The title names").buttons if each.label == "It was us")
    pages.say(bullets=("Buy me.",))
    await pages.read()
    said = notice(await team.press(seen.action, seen.ref))
    assert said == "The page changed again. Check the card, then press the button again."
    assert [case.open for case in await cases(team)] == [True]
    now = next(each for each in card(team, "The title names").buttons if each.label == "It was us")
    await team.press(now.action, now.ref)
    assert (await pages.known()).baseline.bullets == ("Buy me.",)
    [announced] = [card for card in team.chat.cards.values() if "approved a change" in card.title]
    assert announced.body.endswith("Changed: title, bullets.")


async def test_our_own_change_can_be_undone(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    pages.say(title=HIJACKED)
    await pages.read()
    before = await pages.known()
    await team.press("page-ours", "1")
    await pages.read()
    assert "Undone" in notice(await team.undo())
    [case] = await cases(team)
    assert (case.open, case.going_on) == (True, True)
    assert await pages.known() == before
    await pages.read()
    assert [each.open for each in await cases(team)] == [True]
    assert await team.app.store.count(UNDOABLES, "open", True) == 1  # the approval of all


async def test_a_change_that_was_not_ours_leads_to_the_playbook_and_to_a_report(
    team: Team,
) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    pages.say(title=HIJACKED)
    await pages.read()
    matter = asked(await team.press("page-not-ours", "1"))
    assert matter.form.inputs[0].initial == "page"  # type: ignore[union-attr]
    detail = asked(await team.submit(matter, {"matter": "page"}))
    assert detail.form.inputs[0].initial == "takeover"  # type: ignore[union-attr]
    assert "This was not our change." in str(
        [card.title + card.body for card in team.chat.cards.values()]
    )


async def test_a_page_that_is_back_ends_its_case_and_says_so(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    pages.say(title=HIJACKED)
    await pages.read()
    pages.say(title=TITLES[ASIN])
    await pages.read()
    [case] = await cases(team)
    assert (case.open, case.going_on) == (True, False)
    shown = card(team, "Over for now")
    assert "It was us" not in labels(shown)
    with_nothing = notice(await team.press("page-ours", "1"))
    assert with_nothing == "The page says what you approved. Nothing is left to decide."


async def test_what_is_known_is_not_written_again(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    known = await pages.known()
    assert await pages.read() == set()
    # Another process, which has seen nothing yet, writes nothing either.
    again = await Pages.of(team)
    again.own = {}
    await again.read()
    assert await pages.known() == known
    assert again.asked == []


async def test_what_is_empty_is_read_again_soon(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    pages.say(bullets=())
    assert await pages.read() == {KEY}
    assert await cases(team) == []
    assert await pages.read() == set()
    [_] = await cases(team)


async def test_a_page_that_cannot_be_read_changes_nothing(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    known = await pages.known()
    pages.told[KEY] = SourceError("Amazon's answer does not include it.")
    await pages.read()
    assert await pages.known() == known


async def test_a_product_that_is_watched_again_by_undo_keeps_its_approval(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    await team.type(f"/unwatch {ASIN}")
    assert (await pages.known()).state is PageState.ENDED
    await team.undo()
    assert (await pages.known()).state is PageState.APPROVED
    [approval] = await team.app.store.page(PAGE_APPROVALS)
    assert approval.approved == 2


async def test_a_product_that_is_watched_anew_is_asked_about_again(team: Team) -> None:
    pages = await Pages.of(team)
    await pages.approve()
    await team.type(f"/unwatch {ASIN}")
    await team.type(f"/watch {ASIN}")
    await pages.read()
    assert (await pages.known()).state in (PageState.AGREES, PageState.UNCOMPARED)
    assert await team.app.store.count(GUARDED_PAGES, "state", PageState.APPROVED) == 1


async def test_health_tells_what_nobody_approved_and_what_could_not_be_checked(team: Team) -> None:
    pages = await Pages.of(team)
    pages.say(title=HIJACKED)
    pages.say(OTHER, description=None)
    await pages.read()
    [reply] = await team.type("/health")
    assert isinstance(reply, Post)
    fields = told(reply.card)
    assert fields["Pages not approved yet"] == "2: 1 unlike your own data"
    assert "on 1 page" in fields["Parts of pages"]
    assert "description" in fields["Parts of pages"]
    assert "Review pages" in labels(reply.card)
    assert "Page to approve: Pan 1" in card_text(await team.press("review-pages", "health"))


async def test_our_data_that_did_not_come_is_asked_for_again(team: Team) -> None:
    pages = await Pages.of(team)
    pages.own_fails = Unavailable()
    await pages.read()
    await pages.asking()
    assert told(card(team, WHOLE)) == {"Could not compare": "2"}
    pages.own_fails = None
    team.clock.advance(seconds=90)
    await pages.read()
    await pages.asking()
    assert told(card(team, WHOLE)) == {"Agree with your data": "2"}
    asked = len(pages.asked)
    team.clock.advance(seconds=90)
    await pages.read()
    assert len(pages.asked) == asked


@pytest.mark.parametrize("again", [True, False])
async def test_a_seller_who_did_not_answer_may_list_what_another_one_does_not(
    team: Team, *, again: bool
) -> None:
    sellers = frozenset({OWN, "A2OTHEROTHER1"})
    brand = dataclasses.replace(team.app.brand, own_sellers=sellers)
    app = dataclasses.replace(team.app, brand=brand)
    pages = await Pages.of(dataclasses.replace(team, app=app))
    pages.fails_for = {OWN: Unavailable() if again else AccessRefused()}
    await pages.read()
    pages.fails_for = {}
    team.clock.advance(seconds=90)
    await pages.read()
    states = {(await pages.known(key)).state for key in (KEY, OTHER)}
    assert states == {PageState.AGREES if again else PageState.UNCOMPARED}


async def test_a_page_is_compared_once_its_product_has_a_sku(team: Team) -> None:
    pages = await Pages.of(team, own=False)
    await pages.read()
    await pages.asking()
    assert told(card(team, WHOLE)) == {"Could not compare": "2"}
    team.clock.advance(seconds=90)
    await pages.read()
    assert pages.asked == []
    await pages.have_skus()
    pages.own = {key: own_of(page) for key, page in pages.told.items()}
    await pages.read()
    await pages.asking()
    assert told(card(team, WHOLE)) == {"Agree with your data": "2"}


async def test_a_listing_that_amazon_did_not_return_is_asked_for_again_after_an_hour(
    team: Team,
) -> None:
    pages = await Pages.of(team)
    own, pages.own = pages.own, {}
    await pages.read()
    pages.own = own
    team.clock.advance(minutes=30)
    await pages.read()
    assert (await pages.known()).state is PageState.UNCOMPARED
    team.clock.advance(minutes=31)
    await pages.read()
    assert (await pages.known()).state is PageState.AGREES
