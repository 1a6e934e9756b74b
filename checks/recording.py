"""Recording what was read: each product's history, the cases, and the proof of what is news.

One batch of readings is one transaction: what is known of each product, the cases and the
messages about them change together, so that a kill at any moment loses and doubles nothing.
Where the disk refuses the answers that show it, the alert comes without.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

import msgspec
import structlog

from bot.core.context import AppContext
from bot.core.findings import Fact, Finding, RuleContext
from bot.core.history import History
from bot.core.listing import Snapshot, Watch, WatchStatus
from bot.core.monitoring import Reading
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.core.vault import Evidence
from bot.errors import (
    LoginError,
    QuotaExceeded,
    SkuRefused,
    SourceError,
    Unavailable,
    UnknownProduct,
    disk_words,
)
from bot.features.cases.service.alerts import take_findings
from bot.features.watchlist.collections import HISTORIES, SELLERS, STATUSES, WATCHES
from bot.features.watchlist.service.price_records import keep_prices
from checks.offers import evaluate
from checks.price_states import noted
from checks.sku_book import note_refusal

log = structlog.get_logger(__name__)

MOMENT = timedelta(minutes=1)
"""By so much at most, a status is older than the last look that it is about."""
PART = 0.05
"""Of the time after which a look is out of date, so that it never seems so."""
PASSING = (Unavailable, QuotaExceeded, LoginError)
"""What fails in a way that may pass by itself."""


class Recording:
    """Judges readings and writes down what they come to."""

    def __init__(
        self, app: AppContext, apart: timedelta, learn: Callable[[Watch, History], None]
    ) -> None:
        """A doubt is confirmed by a reading at least ``apart`` later.

        ``learn`` hears of each history that changed, perhaps more than once.
        """
        self._app = app
        self._apart = apart
        self._learn = learn

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
            if isinstance(reading.result, SkuRefused):
                await note_refusal(tx, watch, reading.result, self._app.clock())
            tx.put(STATUSES, _failed(before, reading.result, self._app.clock()))
            return []
        history = await tx.get(HISTORIES, watch.key) or History(key=watch.key)
        now = history.apply(reading.result, watch.floor, self._apart)
        if watch.sku and not reading.watch.sku:
            # A SKU that was not used to ask says nothing about the product.
            watch = msgspec.structs.replace(watch, sku="")
        look = RuleContext(
            watch=watch,
            snapshot=reading.result,
            before=history,
            now=now,
            own=self._app.brand.own_sellers,
            trusted=await _trusted(tx, now, watch.asin, reading.result.at),
        )
        await self._note(tx, before, look)
        digest = reading.result.digest
        return [msgspec.structs.replace(finding, evidence=digest) for finding in evaluate(look)]

    async def _note(self, tx: Transaction, before: WatchStatus, look: RuleContext) -> None:
        """Write down what a look came to, where that is news."""
        history, now = look.before, look.now
        status = _seen(before, look.snapshot, now)
        if not self._same(before, status):
            tx.put(STATUSES, status)
        changed = _changed(history, now)
        allowed = self._app.overdue_after(look.watch)
        prices = noted(look, before.seen_at, allowed, same=not changed)
        if prices is not history.prices:
            now = msgspec.structs.replace(now, prices=await keep_prices(tx, now.key, prices))
            changed = True
        if changed:
            tx.put(HISTORIES, now)
            self._learn(look.watch, now)

    def _same(self, before: WatchStatus, now: WatchStatus) -> bool:
        """Tell whether a status says nothing new, but that it was looked at a moment later.

        A product may be looked at every few seconds; each of its looks would be on the disk.
        """
        if before.seen_at is None or now.seen_at is None:
            return False
        moment = min(MOMENT, PART * self._app.stale_after)
        later = now.seen_at - before.seen_at
        return timedelta() <= later < moment and now == msgspec.structs.replace(
            before, tried_at=now.tried_at, seen_at=now.seen_at
        )


async def _trusted(tx: Transaction, history: History, asin: str, at: datetime) -> frozenset[str]:
    ids = {presence.seller for presence in history.presences} | set(history.holders or ())
    sellers = [await tx.get(SELLERS, seller) for seller in sorted(ids)]
    return frozenset(seller.id for seller in sellers if seller and seller.trusted_on(asin, at))


def _changed(before: History, now: History) -> bool:
    """Tell whether there is more to remember than that it was looked at."""
    if now.last is None or not now.last.same_as(before.last):
        return True
    return msgspec.structs.replace(now, last=before.last) != before


def _failed(before: WatchStatus, error: SourceError, at: datetime) -> WatchStatus:
    if not before.failure:
        log.warning("cannot check", watch=before.key, why=str(error))
    unknown = _unknown(before, error)
    # From here on it may be an outage, whatever was before.
    since = at if before.unknown and not unknown else before.failing_since or at
    return msgspec.structs.replace(
        before,
        tried_at=at,
        failure=str(error),
        failing_since=since,
        failures=before.failures + 1,
        passing=isinstance(error, PASSING),
        unknown=unknown,
    )


def _unknown(before: WatchStatus, error: SourceError) -> bool:
    """Tell whether there is no such product, as far as anybody knows: it was never seen."""
    if before.seen_at is not None:
        return False
    # What passes, and what is wrong with our SKU, says nothing about the product.
    says_nothing = isinstance(error, (*PASSING, SkuRefused))
    return before.unknown if says_nothing else isinstance(error, UnknownProduct)


def _seen(before: WatchStatus, snapshot: Snapshot, now: History) -> WatchStatus:
    if before.failure:
        log.info("can check again", watch=before.key, failures=before.failures)
    return WatchStatus(key=before.key, tried_at=snapshot.at, seen_at=snapshot.at, hurry=now.unsure)


EVIDENCE = "Evidence"
PLACE = 5
"""Behind so many facts of a finding, at the latest, a card still shows another one."""


class ProvenFacts(Protocol):
    """What was read of a product, and what names the answer that shows it."""

    @property
    def asin(self) -> str:
        """The product."""
        ...

    @property
    def marketplace(self) -> str:
        """The marketplace's code."""
        ...

    @property
    def at(self) -> datetime:
        """When it was read."""
        ...

    @property
    def digest(self) -> str:
        """SHA-256 of the raw answer, in hexadecimal."""
        ...


class ProvenReading(Protocol):
    """A reading with its answer as it came."""

    @property
    def result(self) -> ProvenFacts | SourceError:
        """What was read, or why nothing was."""
        ...

    @property
    def raw(self) -> bytes:
        """The answer as it came; empty: it is not at hand."""
        ...


class NotKept(Exception):
    """Some answers could not be kept: what they show has to be told without them."""


class Proofs:
    """The answers of one batch of readings."""

    def __init__(self, evidence: Evidence, kind: str = "offers") -> None:
        """Keep them there; ``kind`` is what the answers tell."""
        self._evidence = evidence
        self._kind = kind
        self._kept: set[str] = set()
        self._lost: dict[str, str] = {}

    def marked(self, findings: Sequence[Finding]) -> list[Finding]:
        """Say with each finding whose answer could not be kept that it was not, and why."""
        return [self._mark(finding) for finding in findings]

    async def keep(self, readings: Sequence[ProvenReading], news: Collection[str]) -> None:
        """Keep the answers that are news, each of them once.

        Raises:
            NotKept: the disk refused some of them, which ``marked`` knows from now on.
        """
        wanted: dict[str, tuple[ProvenFacts, bytes]] = {}
        for reading in readings:
            result = reading.result
            if isinstance(result, SourceError) or result.digest not in news or not reading.raw:
                continue
            wanted.setdefault(result.digest, (result, reading.raw))
        for digest in self._kept | self._lost.keys():
            wanted.pop(digest, None)
        if wanted and not await self._keep(wanted):
            raise NotKept

    async def _keep(self, wanted: Mapping[str, tuple[ProvenFacts, bytes]]) -> bool:
        """Keep all of them at once; tell whether the disk took each."""
        several = [(raw, self._described(facts)) for facts, raw in wanted.values()]
        refused = await self._evidence.keep_all(several)
        for (digest, (facts, _)), error in zip(wanted.items(), refused, strict=True):
            if error is None:
                self._kept.add(digest)
            else:
                log.warning("evidence not kept", asin=facts.asin, error=str(error))
                self._lost[digest] = disk_words(error)
        return not any(refused)

    def _mark(self, finding: Finding) -> Finding:
        why = self._lost.get(finding.evidence)
        if why is None:
            return finding
        told = Fact(EVIDENCE, f"Not saved: {why}")
        facts = (*finding.facts[:PLACE], told, *finding.facts[PLACE:])
        return msgspec.structs.replace(finding, facts=facts, evidence="")

    def _described(self, facts: ProvenFacts) -> dict[str, str]:
        return {
            "asin": facts.asin,
            "marketplace": facts.marketplace,
            "kind": self._kind,
            "at": facts.at.isoformat(),
        }
