"""A review that is being made when words are removed does not bring them back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import msgspec
import pytest

from bot.core.charts import Chart
from bot.core.collections import JOBS
from bot.core.context import AppContext
from bot.core.feature import Features
from bot.core.redactable import TextsRemoved
from bot.core.store import Transaction
from bot.features.checklists.collections import RUNS
from bot.features.checklists.models.runs import Answer, ProofDiff
from bot.features.reviews.collections import REVIEWS
from bot.features.reviews.models.reviews import Review
from tests.fakes import MemoryEvidence
from tests.unit.conftest import Team, notice
from tests.unit.features.attacks.test_attacks import log
from tests.unit.features.reviews.quarter import run, task
from tests.unit.features.reviews.quarterly import decide, first_review, last
from tests.unit.redacted import assert_gone, on_disk, redact

ROE = "roe.example"
Act = Callable[[Team], Awaitable[None]]


class SlowPrinter:
    """Prints the words of a review; something else happens while it prints the first one."""

    def __init__(self, meanwhile: Callable[[], Awaitable[None]]) -> None:
        self.meanwhile = [meanwhile]
        self.printed = 0

    async def review(self, review: Review, _: Sequence[Chart], __: str) -> bytes:
        self.printed += 1
        if self.meanwhile:
            await self.meanwhile.pop()()
        return f"%PDF {review!r}".encode()


async def attacked(team: Team) -> None:
    for _ in range(3):
        await log(team, who={"source_kind": "address", "source": ROE})


async def redact_attacks(team: Team) -> None:
    for number in range(1, 4):
        assert "Removed the text" in await redact(team, f"A-{number}")


async def decided(team: Team) -> None:
    await first_review(team)
    await decide(team, 1, what=f"Write to {ROE}")


async def redact_decision(team: Team) -> None:
    assert "Removed the text" in await redact(team, "D-1")


async def listed(team: Team) -> None:
    diff = ProofDiff(added=(ROE,), says=f"1 user: {ROE}.", alarming=True)
    users = msgspec.structs.replace(task("users", Answer.DONE), diff=diff)
    async with team.app.store.transaction() as tx:
        tx.put(RUNS, run(1, users))


async def redact_list(team: Team) -> None:
    assert "Removed the text" in await redact(team, "K-1")


@pytest.mark.parametrize(
    ("written", "removed"),
    [(attacked, redact_attacks), (decided, redact_decision), (listed, redact_list)],
)
async def test_what_is_removed_while_a_review_is_printed_is_not_in_it(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: Act, removed: Act
) -> None:
    await written(team)
    known = await team.app.store.count(REVIEWS)
    printer = SlowPrinter(lambda: removed(team))
    monkeypatch.setattr(team.printer, "review", printer.review)
    assert "will appear in the channel" in notice(await team.type("/review now"))
    assert on_disk(tmp_path, ROE)
    await team.work()
    await team.work()
    assert printer.printed == 2
    assert await team.app.store.count(REVIEWS) == known + 1
    assert await team.app.store.count(JOBS) == 0
    review = await last(team)
    assert review.file is not None
    assert team.chat.messages[f"review-{review.number}"].files == (review.file,)
    await assert_gone(team, tmp_path, ROE)
    assert isinstance(team.app.evidence, MemoryEvidence)
    assert [each for each in team.app.evidence.kept.values() if ROE.encode() in each] == []


async def test_what_is_removed_while_a_review_is_posted_goes_from_it(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await decided(team)
    await team.type("/review now")
    tell = Features.tell

    async def tell_and_post(
        self: Features, app: AppContext, tx: Transaction, event: object
    ) -> None:
        await tell(self, app, tx, event)
        # All reviews were looked through; this one comes before the transaction takes effect.
        if isinstance(event, TextsRemoved) and await team.app.store.count(REVIEWS) == 1:
            await team.work()

    with monkeypatch.context() as patched:
        patched.setattr(Features, "tell", tell_and_post)
        await redact_decision(team)
    assert await team.app.store.count(REVIEWS) == 2
    await assert_gone(team, tmp_path, ROE)
