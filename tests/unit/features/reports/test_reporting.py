"""From a case to a report that Amazon accepts, and to the offer's removal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.channel_bindings import open_room
from bot.core.collections import JOBS, MEMBERS, Member
from bot.core.forms import Answers
from bot.core.interactions import Click, Place
from bot.core.jobs import job_runner
from bot.core.labeled import Recommendation
from bot.core.permissions import Identities, Person, Role
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.models.cases import case_key
from bot.features.evidence.collections import CUSTODY, EVIDENCE_ITEMS
from bot.features.evidence.models.custody import CustodyAction, broken
from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.resources import CAMERA, NO_CAMERA
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.reports import ReportState, report_key
from bot.features.reports.service.follow_ups import FollowUps
from bot.features.watchlist.collections import SELLERS
from bot.features.watchlist.models.sellers import EVERYWHERE, Seller
from tests.unit.conftest import ANA, ASIN, BEN, THIEF, Team, asked, notice
from tests.unit.features.reports.reporting import (
    CASE,
    ORDER,
    OURS,
    REPORT,
    THEIRS,
    answer,
    capture,
    draft,
    everything,
    report,
    shown,
    start,
)


@pytest.fixture
async def hit(team: Team) -> Team:
    await start(team)
    return team


async def test_from_the_alert_to_the_removal(hit: Team) -> None:
    await everything(hit)
    assert "Drafted R-1" in await draft(hit)
    drafted = await report(hit)
    assert (drafted.recommendation, drafted.claim) == (
        Recommendation.INFRINGEMENT,
        Claim.COUNTERFEIT,
    )
    for words in (ORDER, THIEF, ASIN, "embossed", "7123456"):
        assert words in drafted.text
    assert "No issues found" in shown(hit.chat.cards["R-1"])

    assert "someone else must" in notice(await hit.press("confirm-report", REPORT, BEN))
    assert "Confirmed R-1" in notice(await hit.press("confirm-report", REPORT, ANA))
    await hit.work()
    packed = await report(hit)
    assert packed.packet is not None
    handed = next(each for key, each in hit.chat.messages.items() if key.startswith("C-1/R-1"))
    assert [file.name for file in handed.files] == ["C-1-R-1.pdf", "C-1-R-1.zip"]
    assert packed.packet.seal in shown(handed.card)
    assert drafted.text in shown(handed.card)

    ask = asked(await hit.press("report-filed", REPORT, BEN))
    await answer(hit, ask, {"complaint": "13579-2468"})
    hit.clock.advance(days=1)
    ask = asked(await hit.press("report-answer", REPORT, BEN))
    await answer(hit, ask, {"outcome": "accepted", "words": ""})
    hit.clock.advance(days=2, hours=4)
    for _ in range(2):
        hit.clock.advance(minutes=10)
        await hit.look(OURS)
    gone = await report(hit)
    assert gone.removed_at is not None
    entries = await hit.app.store.find(ENTRIES, "case", CASE)
    assert any("removed after 3 d 4 h" in entry.text for entry in entries)
    assert "removed after 3 d 4 h" in shown(hit.chat.cards["R-1"])


async def test_a_relisting_opens_a_case_that_is_linked_to_the_reported_one(hit: Team) -> None:
    await everything(hit)
    await draft(hit)
    ask = asked(await hit.press("close", CASE))
    await hit.submit(ask, {"reason": "reported", "note": ""})
    for _ in range(2):
        hit.clock.advance(minutes=10)
        await hit.look(OURS)
    hit.clock.advance(days=3)
    await hit.look(OURS, THEIRS)
    linked = await hit.app.store.get(CASES, case_key(2))
    assert linked is not None
    assert linked.earlier == 1


async def test_the_headline_shows_what_is_there_and_what_is_missing(hit: Team) -> None:
    assert "Evidence" not in shown(hit.chat.cards["C-1"])
    await capture(hit)
    headline = shown(hit.chat.cards["C-1"])
    assert "✓ Screenshot of the offer page" in headline
    assert "✗ A test buy" in headline
    ask = asked(await hit.press("collect", CASE, BEN))
    assert "✓ Screenshot of the offer page" in ask.form.intro
    assert "✗ A test buy" in ask.form.intro


async def test_a_capture_takes_the_page_its_text_and_amazons_answer(hit: Team) -> None:
    await hit.app.evidence.keep(b"raw", {"at": "now"})
    [entry] = await hit.app.store.find(ENTRIES, "case", CASE)
    hit.app.evidence.kept[entry.evidence] = b"raw"  # type: ignore[attr-defined]
    await capture(hit)
    pieces = await hit.app.store.find(EVIDENCE_ITEMS, "case", CASE)
    kinds = [EvidenceKind.CAPTURE, EvidenceKind.PAGE_TEXT, EvidenceKind.ANSWER]
    assert [piece.kind for piece in pieces] == kinds
    assert THIEF in hit.camera.taken[0]
    await capture(hit)
    again = await hit.app.store.find(EVIDENCE_ITEMS, "case", CASE)
    assert [piece.kind for piece in again[3:]] == kinds[:2]


async def test_a_page_that_shows_no_offer_is_told_and_never_kept(hit: Team) -> None:
    hit.camera.trouble = "The marketplace asked for a captcha instead of showing the page."
    await capture(hit)
    for _ in range(5):
        hit.clock.advance(minutes=5)
        await hit.work()
    entries = await hit.app.store.find(ENTRIES, "case", CASE)
    assert sum("captcha" in entry.text for entry in entries) == 1
    assert await hit.app.store.find(EVIDENCE_ITEMS, "case", CASE) == []
    assert await hit.app.store.count(JOBS) == 0


async def test_what_a_person_has_to_get_first_is_told_at_once_and_once(hit: Team) -> None:
    hit.camera.missing = "There is no Chromium. Get one with `make browser`."
    await capture(hit)
    assert await hit.app.store.count(JOBS) == 0
    entries = await hit.app.store.find(ENTRIES, "case", CASE)
    assert sum("Get one with `make browser`" in entry.text for entry in entries) == 1


async def test_a_capture_that_was_asked_for_before_the_camera_went_away_is_told(hit: Team) -> None:
    ask = asked(await hit.press("collect", CASE, BEN))
    await answer(hit, ask, {"what": "capture"})
    resources = hit.app.resources.having(CAMERA, None)
    resources = resources.having(NO_CAMERA, "There is no Chromium.")
    await job_runner(replace(hit.app, resources=resources)).tick()
    entries = await hit.app.store.find(ENTRIES, "case", CASE)
    assert sum("There is no Chromium." in entry.text for entry in entries) == 1
    assert await hit.app.store.count(JOBS) == 0


async def test_every_piece_is_entered_in_a_custody_log_that_is_whole(hit: Team) -> None:
    await everything(hit)
    await draft(hit)
    await hit.press("confirm-report", REPORT, ANA)
    await hit.work()
    entries = await hit.app.store.find(CUSTODY, "case", CASE)
    assert broken(entries) == []
    pieces = await hit.app.store.find(EVIDENCE_ITEMS, "case", CASE)
    logged = {entry.sha256 for entry in entries}
    assert all(piece.file is None or piece.file.content in logged for piece in pieces)
    assert entries[-1].deed is CustodyAction.SEALED


async def test_a_weak_draft_says_what_is_missing_and_is_not_confirmed(hit: Team) -> None:
    await capture(hit)
    await draft(hit)
    card = hit.chat.cards["R-1"]
    assert "you need a test buy" in shown(card)
    assert card.buttons[0].label == "Collect evidence"
    assert "is not ready" in notice(await hit.press("confirm-report", REPORT, ANA))
    assert (await report(hit)).state is ReportState.DRAFT


async def test_evidence_that_is_added_lifts_the_objections_of_a_draft(hit: Team) -> None:
    await draft(hit)
    before = shown(hit.chat.cards["R-1"]).count("✗ ")
    await everything(hit)
    after = shown(hit.chat.cards["R-1"]).count("✗ ")
    assert after < before


GENUINE: list[Answers] = [{"matter": "resold"}, {"seen": "genuine", "grounds": "records"}]
PRICE: list[Answers] = [{"matter": "resold"}, {"seen": "price", "grounds": "supplier"}]


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([*GENUINE, {"origin": "inside"}], "Lawful reseller"),
        ([*PRICE, {"origin": "inside"}], "Lawful reseller"),
        ([*GENUINE, {"origin": "outside"}], "Ask a lawyer"),
        ([*GENUINE, {"origin": "unknown"}], "Not sure"),
        ([{"matter": "resold"}, {"seen": "genuine", "grounds": "suspicion"}], "Not sure"),
        ([{"matter": "doubt"}, {"seen": "unsure", "grounds": "suspicion"}], "Collect evidence"),
        ([{"matter": "doubt"}, {"seen": "unsure", "grounds": "test-buy"}], "Ask the seller"),
        ([{"matter": "words"}, {"seen": "ads"}], "Nothing to report"),
        ([{"matter": "page"}, {"seen": "takeover"}, {"tried": "no"}], "Brand Registry support"),
        ([{"matter": "page"}, {"seen": "duplicate"}, {"tried": "no"}], "Ask to merge"),
        ([{"matter": "doubt"}, {"seen": "copy", "grounds": "suspicion"}], "Collect evidence"),
        ([{"matter": "wrong"}, {"seen": "material", "grounds": "test-buy"}], "lawyer"),
    ],
)
async def test_where_nothing_is_to_be_filed_the_thread_says_why(
    hit: Team, steps: list[Answers], says: str
) -> None:
    assert says in await draft(hit, *steps)
    assert await hit.app.store.count(REPORTS) == 0
    entries = await hit.app.store.find(ENTRIES, "case", CASE)
    assert any(says in entry.text and entry.facts for entry in entries)


async def test_a_stranger_is_asked_for_an_invoice_in_words_that_accuse_nobody(hit: Team) -> None:
    await draft(hit, {"matter": "doubt"}, {"seen": "unsure", "grounds": "test-buy"})
    [letter] = [card for key, card in hit.chat.cards.items() if "letter" in key]
    assert ASIN in shown(letter)
    assert "counterfeit" not in shown(letter).lower()


async def test_a_letter_to_a_seller_goes_to_the_legal_address_and_after_a_test_buy(
    hit: Team,
) -> None:
    await draft(hit, {"matter": "doubt"}, {"seen": "unsure", "grounds": "test-buy"})
    [letter] = [card for key, card in hit.chat.cards.items() if "letter" in key]
    steps = letter.body.splitlines()
    assert "If you haven't bought one from this seller, do that first" in steps[0]
    assert "lawyer" in steps[1]
    assert "'Detailed Seller Information'" in steps[2]
    assert "Don't use 'Ask a question'" in steps[3]
    entries = await hit.app.store.find(ENTRIES, "case", CASE)
    [said] = [
        each.value for entry in entries for each in entry.facts if "letter below" in each.value
    ]
    assert said.startswith("If you haven't bought one from this seller, do that first.")


@pytest.mark.parametrize("where", [ASIN, EVERYWHERE])
async def test_a_seller_who_is_left_alone_gets_no_infringement_packet(
    hit: Team, where: str
) -> None:
    await everything(hit)
    await draft(hit)
    async with hit.app.store.transaction() as tx:
        tx.put(SELLERS, Seller(id=THIEF, left_alone=(where,)))
    assert "is not ready" in notice(await hit.press("confirm-report", REPORT, ANA))


async def test_a_changed_text_is_shown_as_a_difference_and_confirmed_anew(hit: Team) -> None:
    await everything(hit)
    await draft(hit)
    await hit.press("confirm-report", REPORT, ANA)
    ask = asked(await hit.press("edit-report", REPORT, BEN))
    text = (await report(hit)).text.replace("embossed", "embossed in steel")
    await answer(hit, ask, {"text": text})
    changed = await report(hit)
    assert changed.state is ReportState.DRAFT
    assert len(changed.versions) == 2
    entries = await hit.app.store.find(ENTRIES, "case", CASE)
    facts = [(fact.label, "in steel" in fact.value) for fact in entries[-1].facts]
    assert facts == [("Before", False), ("After", True)]
    await hit.work()
    assert (await report(hit)).packet is None


async def test_what_was_taken_out_of_a_text_is_removed_from_its_older_versions(hit: Team) -> None:
    await everything(hit)
    await draft(hit)
    clean = (await report(hit)).text
    for text in (f"{clean}\nThe buyer is Jane Roe of Elm Street.", f"{clean}\nThanks."):
        await answer(hit, asked(await hit.press("edit-report", REPORT, BEN)), {"text": text})
    first, second = (await hit.app.store.find(ENTRIES, "case", CASE))[-2:]
    for entry in (first, second):
        ask = asked(await hit.type(f"/redact 1 {entry.place}"))
        await answer(hit, ask, {"why": "A buyer is named."}, who=ANA)
    kept = await report(hit)
    assert [each.text for each in kept.versions] == [clean, "[removed]", f"{clean}\nThanks."]
    assert "Elm Street" not in repr(await hit.app.store.find(ENTRIES, "case", CASE))
    assert "Elm Street" not in repr(hit.chat.cards)


async def test_what_was_taken_out_of_a_text_leaves_the_message_of_its_packet(hit: Team) -> None:
    await everything(hit)
    await draft(hit)
    clean = (await report(hit)).text
    told = f"{clean}\nThe parcel came from Elm Street."
    for text in (told, clean):
        await answer(hit, asked(await hit.press("edit-report", REPORT, BEN)), {"text": text})
        assert "Confirmed R-1" in notice(await hit.press("confirm-report", REPORT, ANA))
        hit.clock.advance(minutes=1)
        await hit.work()
    outdated, present = (await report(hit)).handed_over
    assert hit.chat.cards[outdated].title == "R-1 is a draft again"
    edits = [e for e in await hit.app.store.find(ENTRIES, "case", CASE) if "Elm St" in e.words]
    for entry in edits:
        ask = asked(await hit.type(f"/redact 1 {entry.place}"))
        await answer(hit, ask, {"why": "A buyer is named."}, who=ANA)
    assert "Elm Street" not in repr(hit.chat.cards)
    assert hit.chat.cards[outdated].title == "R-1: this text was replaced"
    assert hit.chat.cards[present].title == "R-1 is ready to file"
    assert (await report(hit)).handed_over == (present,)


async def test_why_there_are_no_orders_is_removed_from_the_draft(hit: Team) -> None:
    await everything(hit)
    await draft(hit)
    ask = asked(await hit.press("collect", CASE, BEN))
    why = "Jane Roe of Elm Street has them."
    await answer(hit, ask, {"what": "orders"}, {"files": (), "typed": "", "none": why})
    assert (await report(hit)).no_orders == why
    entry = (await hit.app.store.find(ENTRIES, "case", CASE))[-1]
    ask = asked(await hit.type(f"/redact 1 {entry.place}"))
    await answer(hit, ask, {"why": "A buyer is named."}, who=ANA)
    assert (await report(hit)).no_orders == "[removed]"


async def test_a_refused_report_is_filed_again_with_its_own_text(hit: Team) -> None:
    await everything(hit)
    await draft(hit)
    text = (await report(hit)).text
    await hit.press("confirm-report", REPORT, ANA)
    await hit.work()
    await answer(hit, asked(await hit.press("report-filed", REPORT, BEN)), {"complaint": "55-1"})
    ask = asked(await hit.press("report-answer", REPORT, BEN))
    await answer(hit, ask, {"outcome": "not-accepted", "words": "No"}, {"refusal": "evidence"})
    card = hit.chat.cards["R-1"]
    assert "Add a test buy" not in shown(card)
    assert "Number the differences" in shown(card)
    assert card.buttons[0].label == "File again"
    assert "Drafted R-2" in notice(await hit.press(card.buttons[0].action, REPORT, BEN))
    again = await report(hit, report_key(2))
    assert again.refiles == 1
    assert again.text.startswith(text)
    assert "Complaint ID: 55-1" in again.text
    assert "No issues found" in shown(hit.chat.cards["R-2"])
    assert "Another report follows" in shown(hit.chat.cards["R-1"])


async def test_the_team_is_reminded_in_work_hours_and_not_for_ever(hit: Team) -> None:
    await everything(hit)
    await draft(hit)
    await hit.press("confirm-report", REPORT, ANA)
    await answer(hit, asked(await hit.press("report-filed", REPORT, BEN)), {"complaint": "C1"})
    follow_ups = FollowUps(hit.app)
    hours = set()
    for _ in range(24 * 200):
        before = hit.chat.posts
        await follow_ups.tick()
        await hit.dispatcher.deliver()
        if hit.chat.posts > before:
            hours.add((hit.clock.now.weekday() < 5, 9 <= hit.clock.now.hour < 18))
        hit.clock.advance(hours=1)
    reminders = [key for key in hit.chat.messages if "reminder" in key]
    assert len(reminders) == 5
    assert hours == {(True, True)}


async def test_the_list_of_reports_shows_the_accepted_share(hit: Team) -> None:
    await everything(hit)
    await draft(hit)
    await hit.press("confirm-report", REPORT, ANA)
    await answer(hit, asked(await hit.press("report-filed", REPORT, BEN)), {"complaint": "C1"})
    ask = asked(await hit.press("report-answer", REPORT, BEN))
    await answer(hit, ask, {"outcome": "accepted", "words": ""})
    [post] = await hit.type("/reports")
    text = shown(post.card)  # type: ignore[union-attr]
    assert "100% (1 of 1)" in text
    assert "R-1" in text


async def test_what_was_asked_for_is_done_after_a_restart(hit: Team) -> None:
    ask = asked(await hit.press("collect", CASE, BEN))
    await answer(hit, ask, {"what": "capture"})
    assert await hit.app.store.count(JOBS) == 1
    hit.clock.advance(seconds=timedelta(hours=1).total_seconds())
    await hit.work()
    assert await hit.app.store.count(JOBS) == 0
    assert await hit.app.store.find(EVIDENCE_ITEMS, "case", CASE)


async def test_what_waits_of_reports_is_in_the_list_of_things_to_do(hit: Team) -> None:
    await everything(hit)
    await draft(hit)
    [post] = await hit.type("/todo")
    assert "R-1 · Counterfeit" in shown(post.card)  # type: ignore[union-attr]
    await hit.press("retract-report", REPORT, BEN)
    [post] = await hit.type("/todo")
    assert "R-1" not in shown(post.card)  # type: ignore[union-attr]


async def confirm(team: Team, id: str, chat: str) -> str:
    """Let an admin with this id confirm the report in that chat."""
    click = Click(
        id=f"{chat}-{id}-{len(team.pressed)}",
        who=Person(id, "Ana"),
        role=Role.ADMIN,
        where=Place(chat=chat, channel="alerts"),
        at=team.clock.now,
        action="confirm-report",
        ref=REPORT,
    )
    team.pressed.append("")
    return notice(await team.router.handle(click))


@pytest.mark.parametrize(
    ("humans", "id", "chat", "says"),
    [
        ((), "U012ABC", "far", "may be the same person in two chats"),
        (({"U012ABC", "BEN"},), "U012ABC", "far", "You wrote R-1"),
        (({"U012ABC"},), "U012ABC", "far", "may be the same person in two chats"),
        (({"U012ABC"}, {"BEN"}), "U012ABC", "far", "Confirmed R-1"),
        (({"U012ABC", "CLEO"},), "cleo", "web", "Confirmed R-1"),
        ((), "cleo", "web", "Confirmed R-1"),
    ],
)
async def test_a_second_account_is_no_second_person(
    hit: Team, humans: tuple[set[str], ...], id: str, chat: str, says: str
) -> None:
    same = Identities(tuple(frozenset(human) for human in humans))
    object.__setattr__(hit.app, "identities", same)
    await open_room(hit.app.store, "far", "", "alerts")
    await open_room(hit.app.store, "web", "", "alerts")
    await everything(hit)
    await draft(hit)
    assert says in await confirm(hit, id, chat)
    assert (await report(hit)).state is (
        ReportState.CONFIRMED if says == "Confirmed R-1" else ReportState.DRAFT
    )


async def test_two_accounts_of_one_human_are_no_team_of_two(hit: Team) -> None:
    await open_room(hit.app.store, "far", "", "alerts")
    await everything(hit)
    await draft(hit)
    async with hit.app.store.transaction() as tx:
        tx.put(MEMBERS, Member("U012ABC", "far"))
        tx.delete(MEMBERS, ANA[0].id)
    assert "You wrote R-1" in notice(await hit.press("confirm-report", REPORT, BEN))
    same = Identities((frozenset({"U012ABC", "BEN"}),))
    object.__setattr__(hit.app, "identities", same)
    assert "Confirmed R-1" in notice(await hit.press("confirm-report", REPORT, BEN))
