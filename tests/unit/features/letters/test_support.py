"""/support: from an attack's case, or from nowhere, to a request that a person sends."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.forms import Choice, Choices, Date, Paragraph, Text
from bot.core.interactions import Ask
from bot.core.labeled import AttackKind
from bot.core.reminding import REMINDERS
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.evidence.service.evidence import add_items
from bot.features.letters.models.letters import LetterKind, LetterState, Outcome
from bot.features.reports.service.follow_ups import FollowUps
from tests.unit.conftest import (
    ANA,
    ASIN,
    BEN,
    THIEF,
    VIK,
    Team,
    asked,
    card_text,
    notice,
    offer,
)
from tests.unit.features.letters.writing import (
    MATTER,
    STORY,
    asking,
    attacked,
    card,
    letter,
    proposed,
    requested,
    written,
)


def initial(ask: Ask) -> dict[str, str]:
    """Return what a form proposes."""
    kinds = (Text, Paragraph, Choice, Date)
    return {each.name: each.initial for each in ask.form.inputs if isinstance(each, kinds)}


async def entries(team: Team) -> list[str]:
    return [entry.text for entry in await team.app.store.page(ENTRIES)]


async def test_a_request_is_drafted_from_what_the_case_knows(team: Team) -> None:
    case = await attacked(team)
    start = asked(await team.press("support", case.key, BEN))
    assert initial(start) == {
        "need": "listing-taken-over",
        "about": ASIN,
        "since": "2026-11-20",
        "merchant": "A3ALDERFINCH01",
        "language": "en",
    }
    assert "C-1: Our listing was taken over" in start.form.intro
    ask = await asking(team, start)
    text = proposed(ask)
    assert all(each in text for each in (ASIN, "Nov 20, 2026", "amazon.com"))
    assert "We have restored the title twice.\nWe have told Brand Registry." in text
    said = notice(await team.submit(ask, {"text": text}, BEN))
    assert said.endswith("See its card in the thread of C-1.")
    shown = team.chat.cards["L-1"]
    assert shown.title == "L-1 is ready to send"
    assert [each.label for each in shown.buttons] == [
        "Open: Brand Registry",
        "Open: Report Abuse",
        "I sent it",
        "Edit text",
        "Discard",
    ]
    kept = await letter(team)
    assert (kept.kind, kept.case, kept.state) == (LetterKind.SUPPORT, case.key, LetterState.READY)
    assert "Ben wrote L-1 to Amazon's support: our listing was taken over." in await entries(team)


async def test_a_case_is_named_by_its_number_too(team: Team) -> None:
    await attacked(team)
    assert initial(asked(await team.type("/support 1", BEN)))["about"] == ASIN
    assert "no case '7'" in notice(await team.type("/support 7", BEN))


async def test_a_sellers_case_names_the_seller(team: Team) -> None:
    await team.look(offer("A3ALDERFINCH01", "24.99"), offer(THIEF, "18.70"))
    case = (await team.app.store.page(CASES))[0]
    ask = await asking(team, asked(await team.press("support", case.key, BEN)))
    assert f"Other seller on the listing: {THIEF}" in proposed(ask)


@pytest.mark.parametrize(
    ("kind", "need"),
    [
        (AttackKind.INTRUSION, "account-compromised"),
        (AttackKind.LEAKED_KEY, "leaked-key"),
        (AttackKind.FALSE_COMPLAINT, "false-complaint"),
        (AttackKind.REVIEW_BOMBING, "review-attack"),
        (AttackKind.RETURNS, "order-abuse"),
        (AttackKind.CLICK_FRAUD, "click-fraud"),
        (AttackKind.PRICE_WAR, ""),
    ],
)
async def test_the_attack_tells_what_is_needed(team: Team, kind: AttackKind, need: str) -> None:
    case = await attacked(team, kind)
    start = asked(await team.press("support", case.key, BEN))
    assert initial(start)["need"] == need
    account = need in ("account-compromised", "leaked-key")
    assert initial(start)["about"] == ("Our selling account" if account else ASIN)


async def test_a_request_tells_what_happened_and_what_was_done(team: Team) -> None:
    start = asked(await team.type("/support click-fraud", BEN))
    matter = {
        **MATTER,
        "need": "click-fraud",
        "about": "Campaign 'Pans'",
        "merchant": "A3ALDERFINCH01",
    }
    ask = asked(await team.submit(start, {**matter}, BEN))
    [choices] = [each for each in ask.form.inputs if isinstance(each, Choices)]
    assert choices.options[0].label == "We have paused the campaigns."
    assert choices.initial == ()
    again = asked(await team.submit(ask, {**STORY, "happened": "", "steps": (), "done": ""}, BEN))
    assert list(again.errors) == ["happened"]
    story = {**STORY, "happened": "900 clicks at 3 am.", "steps": (), "done": ""}
    again = asked(await team.submit(again, {**story}, BEN))
    assert again.errors == {"done": "Choose what you have done, or write it here."}
    text = proposed(asked(await team.submit(again, {**story, "steps": ("paused",)}, BEN)))
    assert "What happened:\n900 clicks at 3 am.\n" in text
    assert "Our steps so far:\nWe have paused the campaigns.\n\n" in text
    assert "Our merchant token: A3ALDERFINCH01 (amazon.com)" in text


async def test_a_leaked_key_is_told_with_its_own_steps_and_asks_what_was_done_with_it(
    team: Team,
) -> None:
    start = asked(await team.type("/support leaked-key", BEN))
    ask = asked(await team.submit(start, {**MATTER, "need": "leaked-key"}, BEN))
    [choices] = [each for each in ask.form.inputs if isinstance(each, Choices)]
    assert [each.value for each in choices.options] == [
        "revoked",
        "rotated",
        "removed",
        "neighbors",
        "compared",
    ]
    story = {**STORY, "steps": ("revoked", "rotated"), "done": "", "wish": initial(ask)["wish"]}
    text = proposed(asked(await team.submit(ask, story, BEN)))
    assert "An API key" in text
    assert "We have revoked the app's authorization.\nWe have created a new client" in text
    assert "which calls were made" in text


async def test_a_merchant_token_that_is_none_is_refused(team: Team) -> None:
    ask = asked(await team.type("/support", BEN))
    again = asked(await team.submit(ask, {**MATTER, "merchant": "Alder & Finch"}, BEN))
    assert again.errors == {"merchant": "Enter a seller ID like A3ALDERFINCH01, or leave it empty."}


async def test_a_dispute_is_of_a_complaint_and_goes_to_account_health(team: Team) -> None:
    case = await attacked(team, AttackKind.FALSE_COMPLAINT)
    ask = await asking(
        team,
        asked(await team.press("support", case.key, BEN)),
        need="false-complaint",
        complainant="Pan Rights Ltd",
    )
    text = proposed(ask)
    assert "We dispute complaint 16872213344 of Nov 20, 2026 by Pan Rights Ltd" in text
    await team.submit(ask, {"text": text}, BEN)
    shown = team.chat.cards["L-1"]
    assert "Account Health" in shown.body
    assert "Don't use 'Get support' for it." in shown.body
    assert not [each.label for each in shown.buttons if each.label.startswith("Open:")]


@pytest.mark.parametrize(
    ("need", "where", "not_there"),
    [
        ("account-compromised", "sign-in page to recover the account", "Account Health"),
        ("leaked-key", "Read Amazon's Data Protection Policy first", "sign-in page"),
        ("listing-taken-over", "ask Brand Registry support", "Get support"),
        ("review-attack", "open Report Abuse", "Get support"),
        ("order-abuse", "choose 'Get support'", "Report Abuse"),
        ("click-fraud", "In the advertising console", "Get support"),
        ("other", "choose 'Get support'", "Report Abuse"),
    ],
)
async def test_each_request_is_sent_where_its_matter_belongs(
    team: Team, need: str, where: str, not_there: str
) -> None:
    shown = card(await requested(team, need=need))
    assert where in shown.body
    assert not_there not in shown.body
    assert shown.body.endswith("Brandwarden sends nothing to Amazon.")


async def test_what_a_request_lacks_is_refused_mended_and_accepted(team: Team) -> None:
    ask = await asking(team, asked(await team.type("/support", BEN)))
    text = proposed(ask)
    worse = text.replace("Nov 20, 2026", "last week") + "\nThey sell counterfeits."
    again = asked(await team.submit(ask, {"text": worse}, BEN))
    assert "Says when it started" in again.errors["text"]
    assert "'Counterfeit' needs grounds" in again.errors["text"]
    assert proposed(again) == worse
    assert card(await team.submit(again, {"text": text}, BEN)).title == "L-1 is ready to send"


async def test_counterfeit_may_be_said_where_a_test_buy_is(team: Team) -> None:
    case = await attacked(team)
    piece = EvidenceItem(case=case.key, place=0, at=team.clock.now, kind=EvidenceKind.TEST_BUY)
    async with team.app.store.transaction() as tx:
        await add_items(team.app, tx, case, BEN[0], [piece])
    ask = await asking(team, asked(await team.press("support", case.key, BEN)))
    assert "- E-1: Test buy" in proposed(ask)
    text = proposed(ask) + "\nWe bought one: it is a counterfeit."
    assert "L-1" in notice(await team.submit(ask, {"text": text}, BEN))


async def test_the_german_request_is_german(team: Team) -> None:
    start = asked(await team.type("/support click-fraud", BEN))
    assert initial(start)["need"] == "click-fraud"
    ask = await asking(
        team,
        start,
        language="de",
        need="click-fraud",
        done="Wir haben die Anzeigen angehalten.",
        wish="Bitte prüfen Sie die Klicks.",
    )
    assert proposed(ask).startswith("Guten Tag,")
    assert card(await team.submit(ask, {"text": proposed(ask)}, BEN)).buttons[0].url == ""


async def test_a_matter_that_is_none_and_a_day_to_come_are_refused(team: Team) -> None:
    said = notice(await team.type("/support help", BEN))
    assert said.startswith("Unknown topic 'help'. Choose one of: account-compromised, ")
    ask = asked(await team.type("/support", BEN))
    again = asked(await team.submit(ask, {**MATTER, "since": "2026-11-24"}, BEN))
    assert list(again.errors) == ["since"]


async def test_a_viewer_asks_nobody(team: Team) -> None:
    assert "Only members can" in notice(await team.type("/support", VIK))


async def sent(team: Team, ticket: str = "") -> None:
    ask = asked(await team.press("letter-sent", "000001", BEN))
    await team.submit(ask, {"ticket": ticket}, BEN)


async def test_a_request_is_sent_and_its_case_id_may_follow(team: Team) -> None:
    case = await attacked(team)
    ask = await asking(team, asked(await team.press("support", case.key, BEN)))
    await team.submit(ask, {"text": proposed(ask)}, BEN)
    await sent(team)
    buttons = [each.label for each in team.chat.cards["L-1"].buttons]
    assert buttons == ["Amazon answered", "Amazon's case ID", "Discard"]
    before = await letter(team)
    team.clock.advance(hours=1)
    await sent(team, "12345678901")
    after = await letter(team)
    assert (after.sent_at, after.due_at) == (before.sent_at, before.due_at)
    await sent(team, "")
    assert (await letter(team)).ticket == "12345678901"
    assert "Ben sent L-1." in await entries(team)
    assert "Ben updated L-1. Amazon's case ID: 12345678901." in await entries(team)


@pytest.mark.parametrize(
    ("outcome", "opened"),
    [(Outcome.SOLVED, False), (Outcome.WANTED, True), (Outcome.REFUSED, False)],
)
async def test_amazons_answer_closes_it_or_puts_it_off(
    team: Team, outcome: Outcome, opened: bool
) -> None:
    case = await attacked(team)
    ask = await asking(team, asked(await team.press("support", case.key, BEN)))
    await team.submit(ask, {"text": proposed(ask)}, BEN)
    await sent(team)
    ask = asked(await team.press("letter-answered", "000001", BEN))
    await team.submit(ask, {"outcome": outcome.value, "words": "We have looked."}, BEN)
    kept = await letter(team)
    assert (kept.open, kept.outcome, kept.words) == (opened, outcome, "We have looked.")
    assert (kept.due_at is not None) is opened
    said = f"Amazon's support on L-1: {outcome.label.lower()} (Ben)."
    assert said in await entries(team)
    assert "We have looked." in str(team.chat.cards["L-1"].fields)


async def test_the_team_is_asked_five_times_in_work_hours(team: Team) -> None:
    await requested(team)
    await sent(team)
    asked_on: list[datetime] = []
    for _ in range(24 * 200):
        team.clock.advance(hours=1)
        before = (await letter(team)).reminded
        await FollowUps(team.app).tick()
        if (await letter(team)).reminded > before:
            asked_on.append(team.clock.now)
    assert len(asked_on) == REMINDERS
    assert all(9 <= at.hour < 18 and at.weekday() < 5 for at in asked_on)
    days = [(at.date() - datetime(2026, 11, 23, tzinfo=UTC).date()).days for at in asked_on]
    assert days == [2, 7, 15, 31, 63]


async def test_a_request_in_no_case_is_asked_for_in_the_channel(team: Team) -> None:
    await requested(team)
    await sent(team)
    team.clock.advance(days=2)
    await FollowUps(team.app).tick()
    await team.dispatcher.deliver()
    [reminder] = [each for key, each in team.chat.messages.items() if "reminder" in key]
    assert reminder.thread is None
    assert [each.label for each in reminder.card.buttons] == ["Open L-1"]
    shown = card(await team.press("run", reminder.card.buttons[0].ref, BEN))
    assert shown.title == "L-1 was sent to Amazon's support"


async def test_a_letter_to_a_buyer_is_never_asked_for(team: Team) -> None:
    await written(team)
    await team.press("letter-sent", "000001", BEN)
    team.clock.advance(days=20)
    await FollowUps(team.app).tick()
    assert (await letter(team)).reminded == 0


async def test_what_waits_stands_in_todo(team: Team) -> None:
    await requested(team)
    assert "L-1 to Amazon's support: not sent yet" in card_text(await team.type("/todo"))
    await sent(team)
    assert "L-1" not in card_text(await team.type("/todo"))
    team.clock.advance(days=2)
    assert "L-1 to Amazon's support: any answer?" in card_text(await team.type("/todo"))
    await team.press("drop-letter", "000001", BEN)
    assert "L-1" not in card_text(await team.type("/todo"))


async def test_letters_are_listed_in_pages_and_opened(team: Team) -> None:
    assert "No letters yet" in card_text(await team.type("/letters", VIK))
    for _ in range(9):
        await requested(team)
    await written(team)
    first = card(await team.type("/letters", VIK))
    assert first.title == "10 letters"
    assert first.fields[0].label == "L-10 · A buyer"
    assert first.buttons[0].ref == "letters L-10"
    assert "L-1 " in card_text(await team.type("/letters 2", VIK))
    opened = card(await team.press("run", "letters L-10", ANA))
    assert opened.title == "L-10 is ready to send"
    assert "no letter 'L-99'" in notice(await team.type("/letters L-99"))


async def test_a_request_is_changed_under_the_same_rules(team: Team) -> None:
    await requested(team)
    ask = asked(await team.press("change-letter", "000001", BEN))
    text = proposed(ask)
    again = asked(await team.submit(ask, {"text": text.replace(ASIN, "it")}, BEN))
    assert "Says what it is about" in again.errors["text"]
    await team.submit(again, {"text": text + "\nIt goes on."}, BEN)
    assert (await letter(team)).text.endswith("It goes on.")
