"""Evidence: what a case has, what it lacks, and what is deleted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import msgspec
import pytest

from bot.core import forgetting
from bot.core.collections import JOBS, MEMBERS
from bot.core.forgetting import FORGET
from bot.core.forms import Choice, Paragraph, Text
from bot.core.interactions import Post
from bot.core.jobs import job_runner
from bot.core.resources import Resources
from bot.core.router import Router
from bot.core.scanning import each_found
from bot.core.store import Naming, Store
from bot.core.undo.announcing import end_undo
from bot.core.vault_sweep import VaultSweep
from bot.errors import StoreError
from bot.features.cases.collections import ENTRIES
from bot.features.cases.models.cases import case_key
from bot.features.evidence.collections import CUSTODY, EVIDENCE_ITEMS
from bot.features.evidence.models.capture import PageElement
from bot.features.evidence.models.custody import CustodyAction, broken
from bot.features.evidence.models.items import EvidenceItem, EvidenceJob, EvidenceKind
from bot.features.evidence.service import deleting
from bot.features.evidence.service.deleting import Retention
from bot.features.evidence.service.evidence import items_of
from bot.features.rights.collections import RIGHTS_DOCUMENTS
from bot.features.rights.models import RightsDocument
from tests.fakes import MemoryEvidence
from tests.unit.conftest import (
    ANA,
    ASIN,
    BEN,
    SECOND,
    VIK,
    Team,
    asked,
    confirmed_after,
    notice,
    offer,
)
from tests.unit.features.reports.reporting import (
    CASE,
    COPY,
    OURS,
    REPORT,
    TEST_BUY,
    answer,
    capture,
    collect,
    draft,
    everything,
    photo,
    report,
    shown,
    start,
)


@pytest.fixture
async def hit(team: Team) -> Team:
    await start(team)
    return team


async def pieces(team: Team) -> list[EvidenceItem]:
    return await team.app.store.find(EVIDENCE_ITEMS, "case", CASE)


async def delete(team: Team, piece: EvidenceItem) -> str:
    ask = asked(await team.press("delete-evidence", piece.key))
    told = await answer(team, ask, {"why": "A buyer's name can be read."}, who=ANA)
    await team.work()
    return told


async def test_the_list_shows_what_is_there_and_what_is_missing(hit: Team) -> None:
    [empty] = await hit.type("/evidence 1", VIK)
    assert isinstance(empty, Post)
    assert "no evidence yet" in empty.card.title
    await collect(hit, EvidenceKind.TEST_BUY, TEST_BUY)
    [post] = await hit.type("/evidence 1", VIK)
    assert isinstance(post, Post)
    assert "E-1 Test buy" in shown(post.card)
    assert "✗ Screenshot of the offer page" in shown(post.card)


async def test_a_screenshot_says_what_has_a_box_and_what_was_not_found(hit: Team) -> None:
    await capture(hit)
    [post] = await hit.type("/evidence 1", VIK)
    assert isinstance(post, Post)
    told = "Boxes: 1 Seller, 2 Price. Ships from: no box, its element was not found"
    assert told in shown(post.card)
    assert told in shown(hit.chat.cards[hit.chat.order[-1]])
    page, text, *_ = await pieces(hit)
    assert (page.boxed, page.unboxed) == (
        (PageElement.SELLER, PageElement.PRICE),
        (PageElement.SHIPS_FROM,),
    )
    assert (text.boxed, text.unboxed) == ((), ())
    await delete(hit, page)
    assert (await pieces(hit))[0].boxes_told == ""


async def test_deleted_evidence_is_gone_and_the_log_says_so(hit: Team) -> None:
    await photo(hit, EvidenceKind.RECEIVED)
    [piece] = await pieces(hit)
    assert piece.file is not None
    assert "Deleted " in await delete(hit, piece)
    with pytest.raises(StoreError):
        await hit.app.evidence.read(piece.file.content)
    entries = await hit.app.store.find(CUSTODY, "case", CASE)
    assert broken(entries) == []
    assert entries[-1].deed is CustodyAction.DELETED
    assert "buyer's name" in entries[-1].detail
    assert "already deleted" in notice(
        await hit.submit(
            asked(await hit.press("delete-evidence", piece.key)), {"why": "Again"}, who=ANA
        )
    )
    assert await hit.app.store.count(JOBS) == 0


async def test_bytes_that_another_piece_has_too_are_kept(hit: Team) -> None:
    for _ in range(2):
        await photo(hit, EvidenceKind.RECEIVED)
    first, second = await pieces(hit)
    assert first.file is not None
    await delete(hit, first)
    assert await hit.app.evidence.read(first.file.content)
    await delete(hit, second)
    with pytest.raises(StoreError):
        await hit.app.evidence.read(first.file.content)


class SlowEvidence(MemoryEvidence):
    """Lets other work go on between what it keeps and what comes next."""

    def __init__(self, known: MemoryEvidence) -> None:
        super().__init__()
        self.kept, self.keepings = known.kept, known.keepings
        self.meanwhile: Callable[[], Awaitable[None]] | None = None
        self.begun: asyncio.Task[None] | None = None

    async def keep(self, content: bytes, facts: Mapping[str, str]) -> str:
        digest = await super().keep(content, facts)
        if self.meanwhile is not None and self.begun is None:
            self.begun = asyncio.ensure_future(self.meanwhile())
            # It ends within this time, or waits until all is kept.
            await asyncio.wait([self.begun], timeout=0.2)
        return digest


async def test_the_form_begins_with_what_is_missing_first_and_can_be_had(hit: Team) -> None:
    async def offered() -> str:
        form = asked(await hit.press("collect", CASE, BEN)).form
        return next(each.initial for each in form.inputs if isinstance(each, Choice))

    assert await offered() == EvidenceKind.CAPTURE
    hit.router = Router(replace(hit.app, resources=Resources()), hit.monitor)
    assert await offered() == EvidenceKind.RECEIVED


async def test_a_capture_is_kept_under_the_name_of_whoever_asked_for_it(hit: Team) -> None:
    await answer(hit, asked(await hit.press("collect", CASE, BEN)), {"what": "capture"}, who=BEN)
    await hit.work()
    assert {piece.who for piece in await pieces(hit)} == {BEN[0]}


async def test_what_a_capture_keeps_is_not_deleted_with_an_older_piece_of_the_same_bytes(
    hit: Team,
) -> None:
    await capture(hit)
    for piece in await pieces(hit):
        ask = asked(await hit.press("delete-evidence", piece.key))
        await answer(hit, ask, {"why": "A buyer's name can be read."}, who=ANA)
    await answer(hit, asked(await hit.press("collect", CASE, BEN)), {"what": "capture"})
    assert isinstance(hit.app.evidence, MemoryEvidence)
    evidence = SlowEvidence(hit.app.evidence)
    work = job_runner(replace(hit.app, evidence=evidence))
    evidence.meanwhile = partial(work.tick, FORGET)
    await work.tick(EvidenceJob.CAPTURE)
    assert evidence.begun is not None
    await evidence.begun
    there = [piece for piece in await pieces(hit) if piece.here and piece.file]
    assert len(there) == 2
    for piece in there:
        assert piece.file is not None
        assert await evidence.read(piece.file.content)
    assert await hit.app.store.count(JOBS) == 0


async def test_the_bytes_of_a_paper_stay_as_long_as_undo_may_bring_it_back(hit: Team) -> None:
    await photo(hit, EvidenceKind.RECEIVED)
    [piece] = await pieces(hit)
    assert piece.file is not None
    ask = asked(await hit.type("/papers add"))
    ask = asked(await hit.submit(ask, {"kind": "invoice", "name": "Steel", "file": (piece.file,)}))
    await hit.submit(ask, {"since": "", "until": ""})
    await hit.type("/papers remove 1")
    await delete(hit, piece)
    await hit.work()
    assert await hit.app.evidence.read(piece.file.content)
    await hit.undo()
    [paper] = await hit.app.store.page(RIGHTS_DOCUMENTS)
    assert paper.file is not None
    assert paper.file.content == piece.file.content


async def test_a_paper_that_is_removed_while_files_are_forgotten_can_come_back(
    hit: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    await photo(hit, EvidenceKind.RECEIVED)
    [piece] = await pieces(hit)
    assert piece.file is not None
    ask = asked(await hit.type("/papers add"))
    ask = asked(await hit.submit(ask, {"kind": "invoice", "name": "Steel", "file": (piece.file,)}))
    await hit.submit(ask, {"since": "", "until": ""})
    await confirmed_after(hit, minutes=11)
    await end_undo(hit.app)
    await hit.work()
    whole = forgetting.documents

    async def removed_on_the_way(store: Store, *naming: Naming) -> AsyncIterator[msgspec.Struct]:
        early = [found async for found in whole(store, *naming)]
        await hit.type("/papers remove 1")
        for found in early:
            if not isinstance(found, RightsDocument):
                yield found

    monkeypatch.setattr(forgetting, "documents", removed_on_the_way)
    await delete(hit, piece)
    await hit.undo()
    assert await hit.app.evidence.read(piece.file.content)


async def test_members_delete_nothing(hit: Team) -> None:
    await photo(hit, EvidenceKind.RECEIVED)
    [piece] = await pieces(hit)
    assert "admin" in notice(await hit.press("delete-evidence", piece.key, BEN))


async def test_evidence_of_cases_closed_long_ago_is_deleted_where_the_team_wants_that(
    hit: Team,
) -> None:
    await photo(hit, EvidenceKind.RECEIVED)
    ask = asked(await hit.press("close", CASE))
    await hit.submit(ask, {"reason": "false-alarm", "note": ""})
    await confirmed_after(hit, days=400)
    await Retention(hit.app).tick()
    assert all(piece.here for piece in await pieces(hit))
    await hit.type("/settings keep 365")
    await confirmed_after(hit, days=6)
    await Retention(hit.app).tick()
    assert all(piece.here for piece in await pieces(hit))
    await confirmed_after(hit, days=2)
    await Retention(hit.app).tick()
    await hit.work()
    assert not any(piece.here for piece in await pieces(hit))


async def closed_long_ago(team: Team) -> Retention:
    """Close case, and let its time pass."""
    ask = asked(await team.press("close", CASE))
    await team.submit(ask, {"reason": "false-alarm", "note": ""})
    await team.type("/settings keep 365")
    await confirmed_after(team, days=400)
    retention = Retention(team.app)
    await retention.tick()
    await team.work()
    return retention


async def test_with_the_evidence_go_its_packets_and_the_raw_answers(hit: Team) -> None:
    await everything(hit)
    await draft(hit)
    assert "Confirmed R-" in notice(await hit.press("confirm-report", REPORT, ANA))
    await hit.work()
    packed = await report(hit)
    assert packed.packet is not None
    seen = [entry.evidence async for entry in each_found(hit.app.store, ENTRIES, "case", CASE)]
    assert any(seen)
    await closed_long_ago(hit)
    left = await report(hit)
    assert (left.packet, left.text) == (None, packed.text)
    assert left.packet_deleted_at == hit.clock.now
    assert "Evidence packet: deleted" in shown(hit.chat.cards[left.label])
    evidence = hit.app.evidence
    assert isinstance(evidence, MemoryEvidence)
    # What was seen last of a product stays as long as it is watched.
    assert set(evidence.kept.values()) <= {b"raw"}
    async for entry in each_found(hit.app.store, ENTRIES, "case", CASE):
        assert (entry.evidence, entry.files) == ("", ())
    custody = await hit.app.store.find(CUSTODY, "case", CASE)
    assert broken(custody) == []
    assert any("the packet of R-1 was deleted" in entry.detail for entry in custody)


async def test_what_is_deleted_is_told_to_whoever_rests_on_it(hit: Team) -> None:
    await everything(hit)
    await draft(hit)
    assert "✓ A test buy" in shown(hit.chat.cards["R-1"])
    await closed_long_ago(hit)
    assert "✗ A test buy" in shown(hit.chat.cards["R-1"])


async def test_a_raw_answer_that_another_case_rests_on_stays(hit: Team) -> None:
    evidence = hit.app.evidence
    answer = await evidence.keep(b"raw", {"at": "now"})
    own = (await hit.app.store.find(ENTRIES, "case", CASE))[0]
    async with hit.app.store.transaction() as tx:
        tx.put(ENTRIES, msgspec.structs.replace(own, evidence=answer))
        tx.put(ENTRIES, msgspec.structs.replace(own, case=case_key(2), evidence=answer))
    await closed_long_ago(hit)
    assert await evidence.read(answer) == b"raw"
    assert (await hit.app.store.find(ENTRIES, "case", CASE))[0].evidence == ""


async def test_a_case_that_was_reopened_and_closed_again_is_looked_at_again(hit: Team) -> None:
    retention = await closed_long_ago(hit)
    await hit.press("reopen", CASE)
    await photo(hit, EvidenceKind.RECEIVED)
    ask = asked(await hit.press("close", CASE))
    await hit.submit(ask, {"reason": "false-alarm", "note": ""})
    await confirmed_after(hit, days=10)
    await retention.tick()
    assert all(piece.here for piece in await pieces(hit))
    await confirmed_after(hit, days=400)
    await retention.tick()
    assert not any(piece.here for piece in await pieces(hit))


async def test_nothing_of_a_case_that_is_reopened_meanwhile_is_deleted(
    hit: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    await photo(hit, EvidenceKind.RECEIVED)
    answer = await hit.app.evidence.keep(b"raw", {"at": "now"})
    own = (await hit.app.store.find(ENTRIES, "case", CASE))[0]
    async with hit.app.store.transaction() as tx:
        tx.put(ENTRIES, msgspec.structs.replace(own, evidence=answer))

    async def reopened_meanwhile(store: Store, case: str) -> tuple[EvidenceItem, ...]:
        items = await items_of(store, case)
        await hit.press("reopen", CASE)
        return items

    monkeypatch.setattr(deleting, "items_of", reopened_meanwhile)
    await closed_long_ago(hit)
    assert [piece.here for piece in await pieces(hit)] == [True]
    assert (await hit.app.store.find(ENTRIES, "case", CASE))[0].evidence == answer


async def test_nothing_of_a_deleted_piece_is_named_or_told(hit: Team) -> None:
    await collect(hit, EvidenceKind.TEST_BUY, TEST_BUY)
    await photo(hit, EvidenceKind.RECEIVED)
    for piece in await pieces(hit):
        await delete(hit, piece)
    for piece in await pieces(hit):
        assert (piece.file, piece.caption, piece.purchase) == (None, "", None)
    async for entry in each_found(hit.app.store, ENTRIES, "case", CASE):
        assert entry.files == ()


async def test_the_words_of_a_deleted_piece_without_a_file_leave_the_disk(
    hit: Team, tmp_path: Path
) -> None:
    log = tmp_path / "brandwarden.jsonl"
    await collect(hit, EvidenceKind.TEST_BUY, {**TEST_BUY, "verified": "Jane Roe of Elm Street"})
    assert b"Elm Street" in log.read_bytes()
    [piece] = await pieces(hit)
    await delete(hit, piece)
    await VaultSweep(hit.app).tick()
    assert b"Elm Street" not in log.read_bytes()


async def test_evidence_of_an_open_case_is_never_deleted_by_itself(hit: Team) -> None:
    await photo(hit, EvidenceKind.RECEIVED)
    await hit.type("/settings keep 30")
    await confirmed_after(hit, days=4000)
    await Retention(hit.app).tick()
    assert all(piece.here for piece in await pieces(hit))


async def test_a_case_that_does_not_exist_has_no_evidence(hit: Team) -> None:
    assert "no case" in notice(await hit.type("/evidence 99"))


async def test_one_who_works_alone_confirms_their_own_report(team: Team) -> None:
    await team.look(OURS)
    await start(team)
    ask = asked(await team.press("collect", CASE))
    await answer(team, ask, {"what": "capture"}, who=ANA)
    await team.work()
    ask = asked(await team.press("collect", CASE))
    await answer(team, ask, {"what": "test-buy"}, *[TEST_BUY] * 3, who=ANA)
    ask = asked(await team.press("report", CASE))
    await answer(team, ask, *COPY, who=ANA)
    assert await team.app.store.count(MEMBERS) == 1
    assert "Confirmed R-" in notice(await team.press("confirm-report", REPORT))


async def test_two_can_be_asked_for_or_not_whatever_the_team(hit: Team) -> None:
    await everything(hit)
    await draft(hit)
    assert "someone else must" in notice(await hit.press("confirm-report", REPORT, BEN))
    await hit.type("/settings confirm one")
    assert "Confirmed R-" in notice(await hit.press("confirm-report", REPORT, BEN))


async def test_a_capture_of_another_case_is_its_own(hit: Team) -> None:
    other = case_key(2)
    await hit.look(OURS, offer("A2SOMEONEELSE9", "17.20"), asin=SECOND)
    for case in (CASE, other):
        ask = asked(await hit.press("collect", case, BEN))
        await answer(hit, ask, {"what": "capture"})
    await hit.work()
    theirs = await hit.app.store.find(EVIDENCE_ITEMS, "case", other)
    assert {piece.asin for piece in await pieces(hit)} == {ASIN}
    assert {piece.asin for piece in theirs} == {SECOND}
    assert [piece.label for piece in theirs] == [piece.label for piece in await pieces(hit)]


async def test_without_an_open_case_a_note_asks_for_the_number_of_one(team: Team) -> None:
    [which, words, *_] = asked(await team.type("/note It is a copy")).form.inputs
    assert which == Text(
        name="case", label="Which case?", hint="The case number, like 12.", most=10
    )
    assert isinstance(words, Paragraph)
    assert words.initial == "It is a copy"
