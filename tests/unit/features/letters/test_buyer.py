"""/buyer: from what happened to a message that a person sends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.collections import SESSIONS, TEAMS
from bot.core.files import Upload
from bot.core.team import Team as Chosen
from bot.features.cases.models.cases import case_key
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.letters.collections import LETTERS
from bot.features.letters.models.letters import LetterKind, LetterState
from tests.unit.conftest import ANA, BEN, VIK, Team, asked, notice
from tests.unit.features.letters.writing import (
    HAPPENED,
    ORDER,
    OTHER,
    about,
    card,
    drafted,
    letter,
    ordered,
    proposed,
    today,
    written,
)


async def test_a_message_is_refused_by_lint_mended_and_accepted(team: Team) -> None:
    ask = await drafted(team)
    text = proposed(ask)
    assert ORDER in text
    pushy = text + "\nVisit https://alder.example for a discount."
    again = asked(await team.submit(ask, {"text": pushy}, BEN))
    assert "No external links: Remove 'https://alder.example'" in again.errors["text"]
    assert "No marketing: 'discount'" in again.errors["text"]
    assert proposed(again) == pushy
    shown = card(await team.submit(again, {"text": text}, BEN))
    assert shown.title == "L-1 is ready to send"
    assert "Contact buyer" in shown.body
    assert [each.text for each in shown.snippets] == [text]
    assert [each.label for each in shown.buttons] == ["I sent it", "Edit text", "Discard"]
    kept = await letter(team)
    assert (kept.kind, kept.order, kept.text) == (LetterKind.BUYER, ORDER, text)
    assert kept.written_by == BEN[0]
    assert await team.app.store.count(SESSIONS) == 0


async def test_nobody_but_who_wrote_it_sees_the_message(team: Team) -> None:
    await written(team)
    assert team.chat.cards == {}


async def test_a_malformed_order_is_refused_at_its_field(team: Team) -> None:
    ask = await ordered(team)
    for order in ("123-123-123", "12312345671234567", "ABC-1234567-1234567"):
        again = asked(await team.submit(ask, about(team, order=order), BEN))
        assert list(again.errors) == ["order"]


@pytest.mark.parametrize(
    ("age", "first", "warned"),
    [(30, "seller", False), (31, "seller", True), (31, "buyer", False), (400, "buyer", False)],
)
async def test_an_old_order_is_warned_of_unless_the_buyer_wrote_first(
    team: Team, age: int, first: str, warned: bool
) -> None:
    day = (today(team) - timedelta(days=age)).isoformat()
    ask = await drafted(team, first=first, ordered_on=day)
    assert (f"{age} days old" in ask.form.intro) is warned
    shown = card(await team.submit(ask, {"text": proposed(ask)}, BEN))
    assert shown.title == "L-1 is ready to send"
    assert (f"{age} days old" in shown.body) is warned


async def test_an_order_of_tomorrow_is_refused(team: Team) -> None:
    day = (today(team) + timedelta(days=1)).isoformat()
    again = asked(await team.submit(await ordered(team), about(team, ordered_on=day), BEN))
    assert "is in the future" in again.errors["ordered_on"]
    assert ORDER in proposed(asked(await team.submit(again, about(team), BEN)))


@pytest.mark.parametrize(("zone", "warned"), [("Pacific/Auckland", True), ("UTC", False)])
async def test_the_thirty_days_end_in_the_teams_zone(team: Team, zone: str, warned: bool) -> None:
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, Chosen(zone=zone))
    team.clock.now = datetime(2026, 11, 23, 22, tzinfo=UTC)
    ask = await drafted(team, first="seller", ordered_on="2026-10-24")
    assert ("31 days old" in ask.form.intro) is warned


LATE_FBA = {**HAPPENED, "situation": "late", "shipping": "amazon", "remedy": "information"}


async def test_nobody_writes_first_about_what_amazon_delivers_late(team: Team) -> None:
    ask = asked(await team.type("/buyer", BEN))
    first = {**LATE_FBA, "first": "seller"}
    again = asked(await team.submit(ask, {**first}, BEN))
    assert again.errors == {
        "first": "Amazon delivers FBA orders. Write about a late one only to buyers who asked."
    }
    assert asked(await team.submit(again, {**first, "shipping": "seller"}, BEN)).errors == {}


async def test_who_asks_about_a_late_fba_order_is_told_that_amazon_delivers_it(team: Team) -> None:
    ask = asked(await team.type("/buyer", BEN))
    matter = {**LATE_FBA, "first": "buyer"}
    again = asked(await team.submit(ask, {**matter, "remedy": "replacement"}, BEN))
    assert again.errors == {
        "remedy": "Amazon handles late FBA orders, so choose 'Information only'."
    }
    order = asked(await team.submit(again, {**matter}, BEN))
    ask = asked(await team.submit(order, about(team), BEN))
    assert "Amazon delivers this order" in proposed(ask)
    assert (
        card(await team.submit(ask, {"text": proposed(ask)}, BEN)).title == "L-1 is ready to send"
    )


async def test_a_wrong_page_is_told_only_to_who_complained(team: Team) -> None:
    ask = asked(await team.type("/buyer", BEN))
    page = {**HAPPENED, "situation": "wrong-page", "first": "seller"}
    again = asked(await team.submit(ask, {**page}, BEN))
    assert again.errors == {"first": "Write about the page only to buyers who complained about it."}
    assert asked(await team.submit(again, {**page, "first": "buyer"}, BEN)).errors == {}


async def test_a_refund_is_made_and_not_bargained_for(team: Team) -> None:
    ask = await drafted(team, remedy="refund")
    assert "We have refunded this order in full." in proposed(ask)
    assert "agree" not in proposed(ask)
    assert "First refund the order in full in Manage Orders" in ask.form.intro
    shown = card(await team.submit(ask, {"text": proposed(ask)}, BEN))
    assert "! First refund the order in full in Manage Orders" in shown.body
    again = asked(await team.press("change-letter", "000001", BEN))
    assert "Manage Orders" in again.form.intro


@pytest.mark.parametrize("language", ["en", "de"])
async def test_our_own_buyer_is_not_told_that_we_shipped_what_is_not_ours(
    team: Team, language: str
) -> None:
    ask = await drafted(team, situation="counterfeit-received", language=language)
    assert "may not be ours" not in proposed(ask)
    assert "nicht von uns" not in proposed(ask)
    admitted = {
        "en": "The item that you received may not be ours.",
        "de": "Der Artikel stammt möglicherweise nicht von uns.",
    }
    wrong = f"{proposed(ask)}\n{admitted[language]}"
    again = asked(await team.submit(ask, {"text": wrong}, BEN))
    assert "we shipped it" in again.errors["text"]


async def test_a_buyer_is_told_of_the_same_once(team: Team) -> None:
    await written(team)
    again = asked(await team.submit(await ordered(team, ANA), about(team), ANA))
    assert "No repeat requests: L-1" in again.errors["order"]
    other = await drafted(team, situation="return", who=ANA)
    assert ORDER in proposed(other)
    another = await drafted(team, order=OTHER)
    assert OTHER in proposed(another)


async def test_two_who_write_at_once_are_told(team: Team) -> None:
    first, second = await drafted(team), await drafted(team, who=ANA)
    await team.submit(first, {"text": proposed(first)}, BEN)
    again = asked(await team.submit(second, {"text": proposed(second)}, ANA))
    assert "L-1 already asks this buyer about it" in again.errors["text"]


async def test_a_message_that_is_refused_at_the_end_takes_no_number(team: Team) -> None:
    first, second = await drafted(team), await drafted(team, who=ANA)
    await team.submit(first, {"text": proposed(first)}, BEN)
    asked(await team.submit(second, {"text": proposed(second)}, ANA))
    assert card(await written(team, order=OTHER)).title == "L-2 is ready to send"


async def test_a_dropped_letter_may_be_written_anew(team: Team) -> None:
    await written(team)
    await team.press("drop-letter", "000001", BEN)
    assert (await letter(team)).state is LetterState.DROPPED
    assert card(await written(team)).title == "L-2 is ready to send"


async def orders(team: Team, *ids: str) -> None:
    """Bring in order records with these orders."""
    rows = "".join(f"{id},2026-11-20T00:00:00+00:00,B0ALDER001,A-1,1,,\n" for id in ids)
    content = await team.app.evidence.keep(rows.encode(), {"at": "now"})
    file = Upload("orders.csv", "text/csv", len(rows), content)
    piece = EvidenceItem(
        case=case_key(1), place=1, at=team.clock.now, kind=EvidenceKind.ORDERS, file=file
    )
    async with team.app.store.transaction() as tx:
        tx.put(EVIDENCE_ITEMS, piece)


async def test_an_order_that_is_not_on_record_is_warned_of_and_not_refused(team: Team) -> None:
    await orders(team, OTHER)
    ask = await drafted(team)
    assert "not in the order records" in ask.form.intro
    shown = card(await team.submit(ask, {"text": proposed(ask)}, BEN))
    assert "not in the order records" in shown.body


async def test_an_order_on_record_and_no_records_are_no_matter(team: Team) -> None:
    assert (await drafted(team)).form.intro == ""
    await orders(team, ORDER, OTHER)
    assert (await drafted(team)).form.intro == ""


async def test_records_that_are_gone_say_nothing(team: Team) -> None:
    await orders(team, OTHER)
    [piece] = await team.app.store.page(EVIDENCE_ITEMS)
    assert piece.file is not None
    await team.app.evidence.forget(piece.file.content, {"at": "now"})
    assert (await drafted(team)).form.intro == ""


async def test_that_it_was_sent_closes_it(team: Team) -> None:
    await written(team)
    shown = card(await team.press("letter-sent", "000001", BEN))
    assert shown.title == "L-1 was sent to the buyer"
    assert shown.buttons == ()
    kept = await letter(team)
    assert (kept.state, kept.open, kept.due_at) == (LetterState.SENT, False, None)
    assert "can't be sent now" in notice(await team.press("letter-sent", "000001", BEN))
    assert "can't be changed now" in notice(await team.press("change-letter", "000001", BEN))
    assert "can't be discarded now" in notice(await team.press("drop-letter", "000001", BEN))


async def test_a_message_is_changed_under_the_same_rules(team: Team) -> None:
    await written(team)
    ask = asked(await team.press("change-letter", "000001", BEN))
    text = proposed(ask)
    refused = asked(await team.submit(ask, {"text": text + "\nCall us."}, BEN))
    assert "No contact details" in refused.errors["text"]
    await team.submit(refused, {"text": text + "\nThe label comes with it."}, BEN)
    kept = await letter(team)
    assert kept.text.endswith("The label comes with it.")
    assert await team.app.store.count(LETTERS) == 1


async def test_advice_does_not_stop_a_message(team: Team) -> None:
    ask = await drafted(team)
    shown = card(await team.submit(ask, {"text": proposed(ask) + "\nIt was our fault."}, BEN))
    assert "Apologize without admitting what you don't know" in shown.body


@pytest.mark.parametrize("language", ["de", "fr", "es", "it", "ja"])
async def test_every_language_goes_through(team: Team, language: str) -> None:
    assert card(await written(team, language=language)).title == "L-1 is ready to send"
    assert (await letter(team)).language == language


async def test_a_viewer_writes_to_nobody(team: Team) -> None:
    assert "Only members can" in notice(await team.type("/buyer", VIK))


async def test_hostile_text_is_shown_harmless(team: Team) -> None:
    ask = await drafted(team)
    hostile = proposed(ask) + "\n@everyone <script>\u202e {{ 7 }} *b*\x00"
    shown = card(await team.submit(ask, {"text": hostile}, BEN))
    assert "\u202e" not in shown.snippets[0].text
    assert "<script>" in shown.snippets[0].text
