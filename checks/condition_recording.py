"""Asks who offers a product in which condition, slowly, and records what that comes to.

Amazon lets forty products a minute be asked for so: it holds up nothing else, and changes of used
offers are no matter of minutes. What an answer lists is told at once; that an offer is gone, when
the next round agrees.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from datetime import timedelta

import msgspec

from bot.core.competitive_summary import CompetitiveSummary, SummaryReading, SummarySource
from bot.core.condition_history import ConditionHistory
from bot.core.context import AppContext
from bot.core.findings import Finding
from bot.core.listing import Watch
from bot.core.patrols import PatrolSubject
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.errors import SourceError
from bot.features.cases.service.alerts import take_findings
from bot.features.watchlist.collections import CONDITION_HISTORIES, WATCHES
from bot.features.watchlist.service.trusting import trusted_among
from checks.conditions import evaluate_conditions
from checks.conditions.context import ConditionContext
from checks.patrol_question import PatrolQuestion
from checks.recording import NotKept, Proofs


class ConditionRecording:
    """Judges summaries and writes down what they come to."""

    def __init__(self, app: AppContext, apart: timedelta) -> None:
        """A departure is confirmed by an answer at least ``apart`` later."""
        self._app = app
        self._apart = apart

    def question(
        self, source: SummarySource, find: Callable[[str], Awaitable[Watch | None]]
    ) -> PatrolQuestion[SummaryReading]:
        """Return what is asked: of each product whose offers are not to be new ones alone."""
        return PatrolQuestion(
            subject=PatrolSubject.CONDITIONS,
            quota=source.summary_quota,
            ask=source.competitive_summaries,
            take_in=self.take_in,
            concerns=lambda watch: not watch.new_only,
            find=find,
        )

    async def take_in(self, readings: Sequence[SummaryReading]) -> Collection[str]:
        """Record a batch in one transaction; a proof that the disk refuses holds nothing back."""
        proofs = Proofs(self._app.evidence, "offers in every condition")
        news: bool | None = None
        while news is None:
            # Each time that a proof is lost, once more: the alert says that it is missing.
            with suppress(NotKept):
                news = await run_in_transaction(
                    self._app.store, lambda tx: self._record_all(tx, readings, proofs)
                )
        if news:
            self._app.scheduler.trigger(Work.OUTBOX)
        return ()

    async def _record_all(
        self, tx: Transaction, readings: Sequence[SummaryReading], proofs: Proofs
    ) -> bool:
        findings: list[Finding] = []
        for reading in readings:
            if not isinstance(reading.result, SourceError):
                findings += await self._record(tx, reading.watch.key, reading.result)
        news = await take_findings(self._app, tx, proofs.marked(findings))
        await proofs.keep(readings, news)
        return bool(news)

    async def _record(
        self, tx: Transaction, key: str, summary: CompetitiveSummary
    ) -> list[Finding]:
        watch = await tx.get(WATCHES, key)
        if watch is None or watch.new_only:
            return []
        before = await tx.get(CONDITION_HISTORIES, key) or ConditionHistory(key=key)
        now = before.apply(summary, self._apart)
        if now is not before:
            tx.put(CONDITION_HISTORIES, now)
        sellers = [stay.seller for stay in now.stays]
        context = ConditionContext(
            watch=watch,
            summary=summary,
            before=before,
            now=now,
            own=self._app.brand.own_sellers,
            trusted=await trusted_among(tx, sellers, watch.asin, summary.at),
        )
        return [
            msgspec.structs.replace(finding, evidence=summary.digest)
            for finding in evaluate_conditions(context)
        ]
