"""A disk that takes no evidence: people hear of it, and the alert comes all the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import timedelta

import pytest

from bot.core.cards import Tone
from bot.core.collections import JOBS
from bot.core.forms import Answers
from bot.core.intake import Intake
from bot.core.interactions import Click
from bot.core.listing import Snapshot
from bot.errors import Conflict, DiskError, DiskFull, StoreError
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.reports.models.reports import ReportState
from bot.features.reviews.collections import REVIEWS
from bot.features.watchlist.collections import WATCHES
from checks.monitor import ListingMonitor
from checks.timing import PollingPolicy
from tests.fakes import MemoryEvidence
from tests.files import jpeg
from tests.unit.conftest import (
    ANA,
    ASIN,
    BEN,
    OWN,
    PLACE,
    SECOND,
    THIEF,
    Team,
    asked,
    notice,
    offer,
)
from tests.unit.features.reports.reporting import CASE, REPORT, draft, everything, report, start

OURS = offer(OWN, "24.90")
PACE = PollingPolicy(timedelta(minutes=10), timedelta(minutes=1))
REFUSALS = {
    "the disk is full": DiskFull("No space left on device"),
    "could not write to the disk": DiskError("Read-only file system"),
}


@pytest.fixture(params=REFUSALS)
def why(request: pytest.FixtureRequest, team: Team) -> str:
    evidence(team).refuses = REFUSALS[request.param]
    return str(request.param)


def evidence(team: Team) -> MemoryEvidence:
    assert isinstance(team.app.evidence, MemoryEvidence)
    return team.app.evidence


async def test_an_alert_comes_and_says_that_its_evidence_is_missing(team: Team, why: str) -> None:
    await team.look(OURS, offer(THIEF, "18.70"))
    card = team.chat.cards["C-1"]
    assert ("Evidence", f"Not saved: {why}") in [(each.label, each.value) for each in card.fields]
    [entry] = await team.app.store.page(ENTRIES)
    assert entry.evidence == ""
    assert any(fact.value == f"Not saved: {why}" for fact in entry.facts)


async def test_a_whole_batch_is_told_and_what_can_be_kept_is(team: Team) -> None:
    """Of twenty products of one request, none is left out because one answer was not kept."""
    kept: list[str] = []

    class Full(MemoryEvidence):
        async def keep(self, content: bytes, facts: Mapping[str, str]) -> str:
            if facts["asin"] == ASIN:
                raise DiskFull
            kept.append(facts["asin"])
            return await super().keep(content, facts)

    app = dataclasses.replace(team.app, evidence=Full())
    monitor = ListingMonitor(app, team.source, PACE)
    for asin in (ASIN, SECOND):
        offers = (OURS, offer(THIEF, "18.70"))
        team.source.put(
            Snapshot(
                asin=asin,
                marketplace="US",
                at=team.clock.now,
                offers=offers,
                total=2,
                holders=(OWN,),
                digest=f"digest of {asin}",
            )
        )
    await monitor.check(await team.app.store.page(WATCHES))
    await team.dispatcher.deliver()
    [case] = await team.app.store.page(CASES)
    assert set(case.asins) == {ASIN, SECOND}
    assert kept == [SECOND]
    found = {entry.asin: entry.evidence for entry in await team.app.store.page(ENTRIES)}
    assert found == {ASIN: "", SECOND: f"digest of {SECOND}"}


async def test_with_space_back_the_next_news_is_kept(team: Team) -> None:
    evidence(team).refuses = DiskFull()
    await team.look(OURS, offer(THIEF, "18.70"))
    evidence(team).refuses = None
    team.clock.advance(hours=1)
    await team.look(OURS, offer(THIEF, "9.70"))
    assert len(evidence(team).kept) == 1
    assert "Not kept" not in str(team.chat.cards["C-1"].fields)


async def test_a_file_that_cannot_be_kept_is_refused_with_words(team: Team, why: str) -> None:
    await start(team)
    ask = asked(await team.type("/note"))
    files = Intake(team.app)
    note: Answers = {"note": "See the box.", "files": (await files.take("box.jpg", jpeg()),)}
    told = notice(await team.submit(ask, {**note, "case": "1"}, files=files))
    assert told.startswith(f"Nothing was changed: {why}.")
    assert await team.app.store.count(EVIDENCE_ITEMS) == 0


async def test_a_capture_that_cannot_be_kept_is_told_in_the_thread(team: Team) -> None:
    await start(team)
    ask = asked(await team.press("collect", CASE, BEN))
    await team.submit(ask, {"what": "capture"}, BEN)
    evidence(team).refuses = DiskFull("The evidence cannot be written: no space left.")
    for _ in range(3):
        await team.work()
        team.clock.advance(hours=1)
    assert await team.app.store.count(JOBS) == 0
    assert any("no space left" in str(card) for card in team.chat.cards.values())


@pytest.mark.parametrize("part", ["archive", "pdf"])
async def test_a_packet_that_cannot_be_kept_makes_the_report_a_draft_again_and_says_why(
    team: Team, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal, keep = DiskFull("No space left on device"), evidence(team).keep

    async def full(content: bytes, facts: Mapping[str, str]) -> str:
        if (facts.get("kind") == "packet's PDF") is (part == "pdf"):
            raise refusal
        return await keep(content, facts)

    await start(team)
    await everything(team)
    await draft(team)
    await team.press("confirm-report", REPORT, ANA)
    monkeypatch.setattr(evidence(team), "keep", full)
    for _ in range(3):
        await team.work()
        team.clock.advance(hours=1)
    assert await team.app.store.count(JOBS) == 0
    found = await report(team)
    assert (found.state, found.packet) == (ReportState.DRAFT, None)
    [told] = [
        card
        for card in team.chat.cards.values()
        if "Could not make the evidence packet" in str(card)
    ]
    assert str(refusal) in str(told)
    assert "Confirm it to retry" in str(told)
    monkeypatch.setattr(evidence(team), "keep", keep)
    await team.press("confirm-report", REPORT, ANA)
    await team.work()
    assert (await report(team)).packet is not None
    assert sum(key.startswith("C-1/R-1-") for key in team.chat.messages) == 1


async def test_a_review_comes_without_its_pdf(team: Team, why: str) -> None:
    await team.type("/review now")
    await team.work()
    [review] = await team.app.store.page(REVIEWS)
    assert review.file is None
    assert "review-1" in team.chat.cards


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (DiskFull(), "Nothing was changed: the disk is full. Free up some space, then try again."),
        (DiskError(), "Nothing was changed: could not write to the disk. Tell an admin."),
        (Conflict(), "Someone else just changed this."),
        (StoreError("damaged"), "Something went wrong, and nothing was changed."),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_a_press_that_could_not_be_written_down_says_so(
    team: Team, error: StoreError, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await team.look(OURS, offer(THIEF, "18.70"))

    def refuse() -> None:
        raise error

    monkeypatch.setattr(team.app.store, "transaction", refuse)
    click = Click(
        id="i1",
        who=ANA[0],
        role=ANA[1],
        where=PLACE,
        at=team.clock.now,
        action="acknowledge",
        ref=CASE,
    )
    replies = await team.router.handle(click)
    assert notice(replies).startswith(says)
    assert getattr(replies[0], "tone", None) is Tone.WARNING
