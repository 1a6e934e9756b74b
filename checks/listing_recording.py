"""Writes down how our listings are, and brings what is news into cases: one batch at once.

Nothing is written of a look that shows what is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from bot.core.context import AppContext
from bot.core.findings import Finding
from bot.core.listing_status import ListingState
from bot.core.scheduler import Work
from bot.core.store import Store, Transaction, run_in_transaction
from bot.errors import SourceError
from bot.features.cases.service.alerts import take_findings
from bot.features.watchlist.collections import LISTING_RECORDS, WATCHES
from checks.listing_watch import ListingLook
from checks.own_listings.judging import ListingJudgement, judge_listing
from checks.recording import NotKept, Proofs

AGAIN = 3600.0
"""Seconds after which a problem that goes on is held up again to what people said of it."""


class ListingRecording:
    """Records looks at our listings."""

    def __init__(self, app: AppContext) -> None:
        """Write into the application's store."""
        self._app = app
        self._held_up: dict[str, float] = {}
        """By product, the second at which what goes on was last compared with its case."""

    async def take_in(self, looks: Sequence[ListingLook]) -> tuple[str, ...]:
        """Record a batch in one transaction, if there is anything to record.

        No listing is to be asked for again at once: what is new was confirmed already.
        """
        worth = [look for look in looks if await self._is_news(look)]
        if worth:
            await self._record_all(worth)
        return ()

    async def _record_all(self, worth: Sequence[ListingLook]) -> None:
        proofs = Proofs(self._app.evidence, "listing")
        told: bool | None = None
        while told is None:
            # Each time that a proof is lost, once more: the alert says that it is missing.
            with suppress(NotKept):
                told = await run_in_transaction(
                    self._app.store, lambda tx: self._record(tx, worth, proofs)
                )
        now = self._app.monotonic()
        self._held_up |= {look.watch.key: now for look in worth}
        if told:
            self._app.scheduler.trigger(Work.OUTBOX)

    async def _is_news(self, look: ListingLook) -> bool:
        """Tell whether a look has to be recorded."""
        key = look.watch.key
        if isinstance(look.result, SourceError):
            return False
        record = await self._app.store.get(LISTING_RECORDS, key)
        found = judge_listing(look.watch, record, look.result, look.sure)
        if found is None:
            return False
        return found.record != record or (bool(found.lasting) and self._due(key))

    def _due(self, key: str) -> bool:
        last = self._held_up.get(key)
        return last is None or self._app.monotonic() - last >= AGAIN

    async def _record(self, tx: Transaction, looks: Sequence[ListingLook], proofs: Proofs) -> bool:
        findings: list[Finding] = []
        for look in looks:
            found = await _judged(tx, look)
            if found is not None:
                tx.put(LISTING_RECORDS, found.record)
                findings += [*found.findings, *found.lasting]
        news = await take_findings(self._app, tx, proofs.marked(findings))
        await proofs.keep(looks, news)
        return bool(news)


async def _judged(tx: Store | Transaction, look: ListingLook) -> ListingJudgement | None:
    """Judge a look by what is stored; None where the product is not ours any more."""
    watch = await tx.get(WATCHES, look.watch.key)
    if watch is None or watch.sku != look.watch.sku or not isinstance(look.result, ListingState):
        return None
    record = await tx.get(LISTING_RECORDS, watch.key)
    return judge_listing(watch, record, look.result, look.sure)
