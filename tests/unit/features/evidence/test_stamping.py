"""Outside time-stamps: what one authority gave is kept, and the others are asked again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.core.collections import JOBS, Job
from bot.core.job_queues import FIRST_PAUSE
from bot.errors import StampError, StoreError
from bot.features.cases.collections import ENTRIES
from bot.features.evidence.collections import CUSTODY, STAMPS
from bot.features.evidence.models.custody import CustodyAction, CustodyEntry, Stamp, broken
from bot.features.evidence.models.items import EvidenceJob, EvidenceKind
from bot.features.evidence.resources import AUTHORITIES
from bot.features.evidence.service.jobs import STAMP_TRIES
from bot.features.evidence.service.stamping import UNCHECKED, TimestampJob
from tests.fakes import START
from tests.unit.conftest import Team
from tests.unit.features.reports.reporting import CASE, photo, start


class Authority:
    """Answers with the hash that it got, or is silent."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.asked: list[bytes] = []
        self.silent = False
        self.meanwhile: Callable[[], Awaitable[None]] | None = None

    async def stamp(self, digest: bytes) -> bytes:
        self.asked.append(digest)
        if self.silent:
            message = f"{self.name} did not answer in time."
            raise StampError(message)
        if self.meanwhile is not None:
            work, self.meanwhile = self.meanwhile, None
            await work()
        return self.name.encode() + digest

    def root_of(self, answer: bytes) -> str:
        assert answer
        return ""


class Known(Authority):
    """Its root certificate is known here."""

    def root_of(self, answer: bytes) -> str:
        assert answer
        return "CN=Root"


@pytest.fixture
def one() -> Authority:
    return Authority("one.example")


@pytest.fixture
def two() -> Known:
    return Known("two.example")


@pytest.fixture
async def hit(team: Team, one: Authority, two: Known) -> Team:
    resources = team.app.resources.having(AUTHORITIES, (one, two))
    # The context is frozen, and the router and all others hold it.
    object.__setattr__(team.app, "resources", resources)
    await start(team)
    await photo(team, EvidenceKind.RECEIVED)
    return team


async def stamps(team: Team) -> list[Stamp]:
    return await team.app.store.find(STAMPS, "case", CASE)


async def stamped(team: Team) -> list[CustodyEntry]:
    entries = await team.app.store.find(CUSTODY, "case", CASE)
    assert broken(entries) == []
    return [entry for entry in entries if entry.deed is CustodyAction.STAMPED]


async def test_every_authority_stamps_the_newest_entry(
    hit: Team, one: Authority, two: Known
) -> None:
    [job] = await hit.app.store.page(JOBS)
    entry = await hit.app.store.get(CUSTODY, job.ref)
    assert entry is not None
    await hit.work()
    assert one.asked == two.asked == [bytes.fromhex(entry.hash)]
    assert [stamp.authority for stamp in await stamps(hit)] == ["one.example", "two.example"]
    for stamp in await stamps(hit):
        assert stamp.number == entry.number
        answer = await hit.app.evidence.read(stamp.token)
        assert answer == stamp.authority.encode() + bytes.fromhex(entry.hash)
    assert await hit.app.store.count(JOBS) == 0


async def test_the_custody_log_says_whose_signature_was_checked(hit: Team) -> None:
    await hit.work()
    said = {entry.detail.partition("; ")[2] for entry in await stamped(hit)}
    assert said == {UNCHECKED, "its signature chains to CN=Root"}


async def test_what_one_gave_is_kept_and_the_silent_one_is_asked_again(
    hit: Team, one: Authority, two: Known
) -> None:
    one.silent = True
    await hit.work()
    assert [stamp.authority for stamp in await stamps(hit)] == ["two.example"]
    await hit.work()
    assert len(one.asked) == 1
    one.silent = False
    hit.clock.advance(seconds=FIRST_PAUSE.total_seconds())
    await hit.work()
    assert {stamp.authority for stamp in await stamps(hit)} == {"one.example", "two.example"}
    assert (len(one.asked), len(two.asked)) == (2, 1)
    assert await hit.app.store.count(JOBS) == 0


async def test_after_many_tries_the_thread_is_told_once_and_nobody_is_asked_any_more(
    hit: Team, one: Authority
) -> None:
    one.silent = True
    for _ in range(STAMP_TRIES + 3):
        hit.clock.advance(days=1)
        await hit.work()
    assert len(one.asked) == STAMP_TRIES
    entries = await hit.app.store.find(ENTRIES, "case", CASE)
    told = [entry.text for entry in entries if "one.example did not answer" in entry.text]
    assert len(told) == 1
    assert await hit.app.store.count(JOBS) == 0


async def test_killed_between_answer_and_entry_it_is_asked_once_more_and_stamped_once(
    hit: Team, one: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def killed(*_: object) -> None:
        message = "killed"
        raise StoreError(message)

    monkeypatch.setattr(TimestampJob, "_write", killed)
    await hit.work()
    assert await stamps(hit) == []
    monkeypatch.undo()
    hit.clock.advance(minutes=1)
    await hit.work()
    assert len(one.asked) == 2
    assert len(await stamps(hit)) == len(await stamped(hit)) == 2


async def test_two_at_work_on_one_entry_stamp_it_once(hit: Team, one: Authority) -> None:
    [job] = await hit.app.store.page(JOBS)
    one.meanwhile = lambda: TimestampJob(hit.app).run(job)
    await TimestampJob(hit.app).run(job)
    assert len(await stamps(hit)) == len(await stamped(hit)) == 2


async def test_an_entry_before_a_stamped_one_is_not_asked_for(
    hit: Team, one: Authority, two: Known
) -> None:
    one.silent = True
    await hit.work()
    await photo(hit, EvidenceKind.RECEIVED)
    one.silent = False
    await hit.work()
    later = len(one.asked)
    hit.clock.advance(minutes=1)
    await hit.work()
    assert len(one.asked) == later
    assert await hit.app.store.count(JOBS) == 0


async def test_a_job_for_an_entry_that_is_not_there_ends(hit: Team, one: Authority) -> None:
    job = Job(kind=EvidenceJob.STAMP, ref="000099-000001", asked_at=START, due_at=START)
    async with hit.app.store.transaction() as tx:
        tx.put(JOBS, job)
    await TimestampJob(hit.app).run(job)
    assert await hit.app.store.get(JOBS, job.key) is None
    assert one.asked == []


async def test_without_authorities_nobody_is_asked(team: Team) -> None:
    await start(team)
    await photo(team, EvidenceKind.RECEIVED)
    assert await team.app.store.count(JOBS) == 0
