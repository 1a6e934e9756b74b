"""Recording what was read: each product's history, the cases, and the proof of what is news.

One batch of readings is one transaction: what is known of each product, the cases and the
messages about them change together, so that a kill at any moment loses and doubles nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import msgspec
import structlog

from bot.core.context import AppContext
from bot.core.findings import Finding, RuleContext
from bot.core.history import History, remember
from bot.core.listing import Snapshot, WatchStatus
from bot.core.monitoring import Reading
from bot.core.scheduler import Work
from bot.core.store import Transaction
from bot.core.transactions import run_in_transaction
from bot.errors import LoginError, QuotaExceeded, SourceError, Unavailable
from bot.features.cases.service.alerts import take_findings
from bot.features.watchlist.collections import HISTORIES, SELLERS, STATUSES, WATCHES
from checks.offers import judge
from checks.proofs import NotKept, Proofs

log = structlog.get_logger(__name__)


class Recording:
    """Judges readings and writes down what they come to."""

    def __init__(self, app: AppContext, apart: timedelta) -> None:
        """A doubt is confirmed by a reading at least ``apart`` later."""
        self._app = app
        self._apart = apart

    async def record(self, readings: Sequence[Reading]) -> None:
        """Record a batch in one transaction; a proof that the disk refuses holds nothing back."""
        proofs = Proofs(self._app.evidence)
        news: bool | None = None
        while news is None:
            # Each time that a proof is lost, once more: the alert says that it is missing.
            with suppress(NotKept):
                news = await run_in_transaction(
                    self._app.store, lambda tx: self._record_all(tx, readings, proofs)
                )
        if news:
            self._app.scheduler.trigger(Work.OUTBOX)

    async def _record_all(
        self, tx: Transaction, readings: Sequence[Reading], proofs: Proofs
    ) -> bool:
        """Record a batch; ``proofs`` are those that an earlier try has kept, or could not keep."""
        findings: list[Finding] = []
        for reading in readings:
            findings += await self._take_in(tx, reading)
        news = await take_findings(self._app, tx, proofs.marked(findings))
        await proofs.keep(readings, news)
        return bool(news)

    async def _take_in(self, tx: Transaction, reading: Reading) -> list[Finding]:
        watch = await tx.get(WATCHES, reading.watch.key)
        if watch is None:
            return []
        before = await tx.get(STATUSES, watch.key) or WatchStatus(key=watch.key)
        if isinstance(reading.result, SourceError):
            tx.put(STATUSES, _failed(before, reading.result, self._app.clock()))
            return []
        history = await tx.get(HISTORIES, watch.key) or History(key=watch.key)
        now = remember(history, reading.result, watch.floor, self._apart)
        tx.put(STATUSES, _seen(before, reading.result, now))
        if _changed(history, now):
            tx.put(HISTORIES, now)
        look = RuleContext(
            watch=watch,
            snapshot=reading.result,
            before=history,
            now=now,
            own=self._app.brand.own_sellers,
            trusted=await _trusted(tx, now, watch.asin),
        )
        digest = reading.result.digest
        return [msgspec.structs.replace(finding, evidence=digest) for finding in judge(look)]


async def _trusted(tx: Transaction, history: History, asin: str) -> frozenset[str]:
    ids = {presence.seller for presence in history.presences} | set(history.holders or ())
    sellers = [await tx.get(SELLERS, seller) for seller in sorted(ids)]
    return frozenset(seller.id for seller in sellers if seller and seller.trusted_on(asin))


def _changed(before: History, now: History) -> bool:
    """Tell whether there is more to remember than that it was looked at."""
    if now.last is None or not now.last.same_as(before.last):
        return True
    return msgspec.structs.replace(now, last=before.last) != before


def _failed(before: WatchStatus, error: SourceError, at: datetime) -> WatchStatus:
    if not before.failure:
        log.warning("cannot check", watch=before.key, why=str(error))
    return msgspec.structs.replace(
        before,
        tried_at=at,
        failure=str(error),
        failing_since=before.failing_since or at,
        failures=before.failures + 1,
        passing=isinstance(error, Unavailable | QuotaExceeded | LoginError),
    )


def _seen(before: WatchStatus, snapshot: Snapshot, now: History) -> WatchStatus:
    if before.failure:
        log.info("can check again", watch=before.key, failures=before.failures)
    return WatchStatus(key=before.key, tried_at=snapshot.at, seen_at=snapshot.at, hurry=now.unsure)
