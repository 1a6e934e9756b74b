"""What was true when a report was confirmed may not be true when its packet is handed over."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.collections import JOBS
from bot.core.interactions import Post
from bot.errors import StoreError
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.evidence.collections import EVIDENCE_ITEMS, STAMPS
from bot.features.evidence.models.custody import CustodyAction, Stamp
from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.service.evidence import stamps_of
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.packets import Archived, Bundle
from bot.features.reports.models.reports import ReportState
from bot.features.reports.service.follow_ups import FollowUps
from bot.features.reports.service.packets import OUR_SALES
from bot.features.rights.collections import RIGHTS_DOCUMENTS
from bot.features.rights.models import RightsDocument, RightsDocumentKind
from bot.features.watchlist.collections import HISTORIES
from tests.unit.conftest import ANA, ASIN, BEN, SECOND, THIEF, Team, asked, notice
from tests.unit.features.reports.reporting import (
    CASE,
    DRAFT,
    ORDER,
    OURS,
    REPORT,
    TEST_BUY,
    THEIRS,
    answer,
    collect,
    draft,
    everything,
    photo,
    report,
    shown,
    start,
)


@pytest.fixture
async def confirmed(team: Team) -> Team:
    await start(team)
    await everything(team)
    await draft(team)
    await team.press("confirm-report", REPORT, ANA)
    return team


async def filed(team: Team, complaint: str = "C1") -> None:
    ask = asked(await team.press("report-filed", REPORT, BEN))
    await answer(team, ask, {"complaint": complaint})


async def draft_of_a_policy_matter(team: Team) -> None:
    await everything(team)
    await draft(team, {"matter": "wrong"}, {"seen": "used", "grounds": "test-buy"}, DRAFT)


async def delete(team: Team, key: str) -> None:
    await team.submit(asked(await team.press("delete-evidence", key)), {"why": "A name"})


async def refused(team: Team) -> None:
    await filed(team)
    ask = asked(await team.press("report-answer", REPORT, BEN))
    await answer(team, ask, {"outcome": "not-accepted", "words": ""}, {"refusal": "vague"})


def packets(team: Team) -> int:
    return sum(
        bool(message.files) and "/R-1-" in key for key, message in team.chat.messages.items()
    )


async def test_a_seller_trusted_after_the_confirmation_gets_no_packet(confirmed: Team) -> None:
    await confirmed.authorise(THIEF)
    await confirmed.work()
    assert (await report(confirmed)).state is ReportState.DRAFT
    assert packets(confirmed) == 0
    assert confirmed.packer.bundles == []
    assert await confirmed.app.store.count(JOBS) == 0


async def test_a_seller_trusted_while_the_packet_is_made_gets_none(confirmed: Team) -> None:
    archive = confirmed.packer.archive

    async def archive_while_they_are_trusted(bundle: Bundle) -> Archived:
        await confirmed.authorise(THIEF)
        return await archive(bundle)

    confirmed.packer.archive = archive_while_they_are_trusted  # type: ignore[method-assign]
    await confirmed.work()
    assert (await report(confirmed)).state is ReportState.DRAFT
    assert packets(confirmed) == 0


async def test_nobody_is_reminded_to_file_against_a_seller_who_is_trusted_now(
    confirmed: Team,
) -> None:
    await confirmed.work()
    await confirmed.authorise(THIEF)
    confirmed.clock.advance(hours=24)
    await FollowUps(confirmed.app).tick()
    await confirmed.dispatcher.deliver()
    assert (await report(confirmed)).state is ReportState.DRAFT
    assert not any("reminder" in key for key in confirmed.chat.messages)
    assert any("Do not file it" in shown(card) for card in confirmed.chat.cards.values())
    [handed] = (await report(confirmed)).handed_over
    assert confirmed.chat.cards[handed].title == "R-1 is a draft again"


async def test_a_confirmed_report_that_nobody_files_is_reminded_of(confirmed: Team) -> None:
    await confirmed.work()
    for _ in range(24):
        confirmed.clock.advance(hours=1)
        await confirmed.look(OURS, THEIRS)
        await FollowUps(confirmed.app).tick()
        await confirmed.dispatcher.deliver()
    assert any("reminder" in key for key in confirmed.chat.messages)


async def test_a_report_whose_packet_cannot_be_made_is_confirmed_again(confirmed: Team) -> None:
    archive = confirmed.packer.archive

    async def refuse(bundle: Bundle) -> Archived:
        raise StoreError(f"{bundle.report}: the disk is full.")

    confirmed.packer.archive = refuse  # type: ignore[method-assign]
    for _ in range(3):
        await confirmed.work()
        confirmed.clock.advance(minutes=5)
    assert (await report(confirmed)).state is ReportState.DRAFT
    assert "Preparing the evidence packet" not in shown(confirmed.chat.cards["R-1"])
    confirmed.packer.archive = archive  # type: ignore[method-assign]
    await confirmed.press("confirm-report", REPORT, ANA)
    await confirmed.work()
    assert (await report(confirmed)).packet is not None


async def test_evidence_that_comes_while_the_packet_is_made_is_in_it(confirmed: Team) -> None:
    archive = confirmed.packer.archive

    async def archive_while_more_comes(bundle: Bundle) -> Archived:
        confirmed.packer.archive = archive  # type: ignore[method-assign]
        await photo(confirmed, EvidenceKind.RECEIVED)
        return await archive(bundle)

    confirmed.packer.archive = archive_while_more_comes  # type: ignore[method-assign]
    await confirmed.work()
    await confirmed.work()
    bundle = confirmed.packer.bundles[-1]
    pieces = await confirmed.app.store.find(EVIDENCE_ITEMS, "case", CASE)
    assert len(bundle.items) == len(pieces)
    took = sum(
        entry.deed in (CustodyAction.TAKEN_IN, CustodyAction.CAPTURED) for entry in bundle.custody
    )
    assert took == len(pieces)
    assert packets(confirmed) == 1


async def test_the_other_seller_is_said_to_be_seen_until_the_last_look_and_no_longer(
    team: Team,
) -> None:
    await start(team)
    looked = team.clock.now.date()
    await everything(team)
    typed = f"{ORDER} {looked} {ASIN} 2"
    await collect(team, EvidenceKind.ORDERS, {"files": (), "typed": typed, "none": ""})
    team.clock.advance(days=5)
    await draft(team)
    await team.press("confirm-report", REPORT, ANA)
    await team.work()
    entries = await team.app.store.find(ENTRIES, "case", CASE)
    [sales] = [f.value for e in entries for f in e.facts if f.label == OUR_SALES]
    assert f"2 on {looked}, while the other seller was there" in sales


async def test_a_seller_whom_no_look_saw_is_not_said_to_have_left(team: Team) -> None:
    await team.look(OURS, THEIRS)
    await draft_of_a_policy_matter(team)
    key = f"US-{ASIN}"
    async with team.app.store.transaction() as tx:
        history = await tx.get(HISTORIES, key)
        assert history is not None
        tx.put(HISTORIES, msgspec.structs.replace(history, presences=()))
    await photo(team, EvidenceKind.RECEIVED)
    says = shown(team.chat.cards["R-1"])
    assert "was not found in the check of" in says
    assert "gone since" not in says


async def test_an_order_that_was_deleted_is_not_offered_to_be_pasted(team: Team) -> None:
    await start(team)
    other = "123-7654321-7654321"
    await collect(team, EvidenceKind.TEST_BUY, {**TEST_BUY, "order": other})
    await delete(team, f"{CASE}-0001")
    await everything(team)
    await draft(team)
    await team.press("confirm-report", REPORT, ANA)
    await team.work()
    [handed] = [each for each in team.chat.messages.values() if "ready" in each.card.title]
    assert ORDER in shown(handed.card)
    assert other not in shown(handed.card)


async def test_all_outside_time_stamps_are_in_the_packet(confirmed: Team) -> None:
    stamps = [
        Stamp(case=CASE, number=number, authority="a", token="ab" * 32, at=confirmed.clock.now)
        for number in range(1, 151)
    ]
    async with confirmed.app.store.transaction() as tx:
        for stamp in stamps:
            tx.put(STAMPS, stamp)
    assert await stamps_of(confirmed.app.store, CASE) == tuple(stamps)
    await confirmed.work()
    assert len(confirmed.packer.bundles[-1].stamps) == len(stamps)


async def test_a_form_opened_before_the_complaint_was_known_wipes_it_out_never(
    confirmed: Team,
) -> None:
    early = asked(await confirmed.press("report-filed", REPORT, BEN))
    await filed(confirmed, "13579")
    await answer(confirmed, early, {"complaint": ""})
    assert (await report(confirmed)).complaint == "13579"


async def test_a_second_press_drafts_no_second_new_try(confirmed: Team) -> None:
    await refused(confirmed)
    assert "Drafted R-2" in notice(await confirmed.press("refile", REPORT, BEN))
    assert "R-2 already follows R-1" in notice(await confirmed.press("refile", REPORT, BEN))
    assert await confirmed.app.store.count(REPORTS) == 2


async def test_a_product_that_nobody_watches_any_more_is_not_told_as_gone(
    confirmed: Team,
) -> None:
    await filed(confirmed)
    await confirmed.look(OURS, THEIRS, asin=SECOND)
    await confirmed.type(f"/unwatch {ASIN}")
    for _ in range(3):
        confirmed.clock.advance(minutes=10)
        await confirmed.look(OURS, asin=SECOND)
    case = await confirmed.app.store.get(CASES, CASE)
    assert case is not None
    assert not case.going_on
    assert (await report(confirmed)).removed_at is None


async def test_a_capture_is_of_the_product_that_was_chosen(team: Team) -> None:
    await start(team)
    await team.look(OURS, THEIRS, asin=SECOND)
    ask = asked(await team.press("collect", CASE, BEN))
    await answer(team, ask, {"what": "capture", "asin": SECOND})
    await team.work()
    assert SECOND in team.camera.taken[-1]
    [first, *_] = await team.app.store.find(EVIDENCE_ITEMS, "case", CASE)
    assert first.asin == SECOND


async def test_bytes_that_a_paper_of_the_register_has_too_are_kept(team: Team) -> None:
    await start(team)
    await photo(team, EvidenceKind.RECEIVED)
    [piece] = await team.app.store.find(EVIDENCE_ITEMS, "case", CASE)
    assert piece.file is not None
    async with team.app.store.transaction() as tx:
        tx.put(
            RIGHTS_DOCUMENTS,
            RightsDocument(
                number=1, kind=RightsDocumentKind.INVOICE, name="Invoice", file=piece.file
            ),
        )
    await delete(team, piece.key)
    await team.work()
    assert await team.app.evidence.read(piece.file.content)


async def test_a_draft_shows_what_is_missing_once_evidence_is_deleted(team: Team) -> None:
    await start(team)
    await everything(team)
    await draft(team)
    [bought] = [
        piece
        for piece in await team.app.store.find(EVIDENCE_ITEMS, "case", CASE)
        if piece.kind is EvidenceKind.TEST_BUY
    ]
    assert "No issues found" in shown(team.chat.cards["R-1"])
    await delete(team, bought.key)
    assert "Add the test buy" in shown(team.chat.cards["R-1"])


async def test_every_piece_of_a_page_can_be_deleted(team: Team) -> None:
    await start(team)
    for _ in range(17):
        await photo(team, EvidenceKind.RECEIVED)
    for number, buttons in ((1, 8), (2, 8), (3, 1)):
        [post] = await team.type(f"/evidence 1 {number}")
        assert isinstance(post, Post)
        labels = [button.label for button in post.card.pressable]
        assert sum(label.startswith("Delete") for label in labels) == buttons
