"""Reads once a day how Amazon rates our account, where we watch products.

The rating and whether the listings are active are two questions: what cannot be asked of one holds
back nothing of the other, and ends nothing that was told. What could not be read is asked for again
with the next tick, which is an hour later: Amazon cancels a report now and then.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeAlias

import msgspec
import structlog

from bot.core.account_health import AccountHealthSource, HealthReading
from bot.core.context import AppContext
from bot.core.findings import ACCOUNT_HEALTH, ACCOUNT_INACTIVE, Finding
from bot.core.marketplaces import MARKETPLACES, Marketplace
from bot.core.scanning import each_page
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.errors import SourceError, is_login_refused
from bot.features.cases.service.alerts import take_findings
from bot.features.watchlist.collections import ACCOUNT_RECORDS, WATCHES
from bot.features.watchlist.models.account_records import AccountRecord
from checks.account.inactive import inactive
from checks.account.judging import conclude
from checks.account.rating import rating
from checks.recording import NotKept, Proofs

DAILY = timedelta(hours=23)
"""After so long it is read again: a little less than a day, so that no day is left out."""

EVERYWHERE = ""
"""In place of a marketplace's code: Amazon did not say which."""

_Inactive: TypeAlias = tuple[str, ...] | SourceError
"""Where nothing is on sale, or why that is not known."""

log = structlog.get_logger(__name__)


class AccountWatch:
    """Asks where it is due, one marketplace after the other: Amazon makes a report for each."""

    def __init__(self, app: AppContext, source: object) -> None:
        """Ask ``source``, if it knows an account."""
        self._app = app
        self._source = source if isinstance(source, AccountHealthSource) else None
        self._soon: set[str] = set()

    def look_soon(self, code: str = EVERYWHERE) -> None:
        """Read it before its day is over, in one marketplace or, if none is named, in all."""
        self._soon.add(code)
        self._app.scheduler.trigger(Work.ACCOUNT)

    async def read_at(self, code: str = EVERYWHERE) -> datetime | None:
        """Return when the rating was read last, in all marketplaces if none is named.

        None: it never was, or nobody asks there.
        """
        codes = [code] if code else await self._watched()
        records = [await self._app.store.get(ACCOUNT_RECORDS, each) for each in codes]
        read = [record.read_at for record in records if record and record.read_at]
        return min(read) if codes and len(read) == len(codes) else None

    async def tick(self, _: str = "") -> None:
        """Read what is due."""
        if self._source is None:
            return
        soon, self._soon = self._soon, set()
        watched = await self._watched()
        asked = soon if EVERYWHERE not in soon else set(watched)
        await self._forget_others(watched)
        inactive_in: dict[str, _Inactive] = {}
        for code in watched:
            record = await self._app.store.get(ACCOUNT_RECORDS, code)
            whole = code in asked or self._due(record)
            rating_due = whole or bool(record and record.why)
            inactive_due = whole or bool(record and record.inactive_why)
            region = Marketplace.named(code).region
            if inactive_due and region not in inactive_in:
                inactive_in[region] = await self._inactive(self._source, code)
            told = inactive_in[region] if inactive_due else None
            if rating_due or inactive_due:
                await self._read(self._source if rating_due else None, code, told, whole=whole)

    async def _watched(self) -> list[str]:
        codes: set[str] = set()
        async for watches in each_page(self._app.store, WATCHES):
            codes |= {watch.marketplace for watch in watches if watch.sku}
        return sorted(code for code in codes if Marketplace.find(code))

    async def _forget_others(self, watched: Collection[str]) -> None:
        """Forget marketplaces where nothing is watched now: nobody reads how it stands there."""

        async def forget(tx: Transaction) -> None:
            for code in others:
                tx.delete(ACCOUNT_RECORDS, code)

        records = await self._app.store.page(ACCOUNT_RECORDS, limit=len(MARKETPLACES))
        others = [each.marketplace for each in records if each.marketplace not in watched]
        if others:
            await run_in_transaction(self._app.store, forget)

    def _due(self, record: AccountRecord | None) -> bool:
        # A clock that was set back must not put it off.
        return record is None or abs(self._app.clock() - record.tried_at) >= DAILY

    async def _inactive(self, source: AccountHealthSource, code: str) -> _Inactive:
        try:
            return await source.inactive_in(code)
        except SourceError as error:
            log.info("listing status not read", marketplace=code, why=str(error))
            return error

    async def _read(
        self,
        source: AccountHealthSource | None,
        code: str,
        inactive_in: _Inactive | None,
        *,
        whole: bool,
    ) -> None:
        """Read the rating, where there is a ``source``, and record it with the other answer.

        ``whole``: it is the look of the day, which asks for both.
        """
        reading = await self._rating(source, code) if source else None
        if is_login_refused(reading) or is_login_refused(inactive_in):
            self._soon.add(code)
        if is_login_refused(reading or inactive_in):
            return  # Nobody was asked: it is due as soon as anybody may be.
        proofs = Proofs(self._app.evidence, "account")
        told: bool | None = None
        while told is None:
            # Without room for the report the alert says that it is missing.
            with suppress(NotKept):
                told = await run_in_transaction(
                    self._app.store,
                    lambda tx: self._record(tx, code, reading, inactive_in, proofs, whole=whole),
                )
        if told:
            self._app.scheduler.trigger(Work.OUTBOX)

    async def _rating(self, source: AccountHealthSource, code: str) -> HealthReading | SourceError:
        try:
            return await source.account_health(code)
        except SourceError as error:
            log.info("account health not read", marketplace=code, why=str(error))
            return error

    async def _record(
        self,
        tx: Transaction,
        code: str,
        reading: HealthReading | SourceError | None,
        inactive_in: _Inactive | None,
        proofs: Proofs,
        *,
        whole: bool,
    ) -> bool:
        now = self._app.clock()
        known = await tx.get(ACCOUNT_RECORDS, code)
        before = known or AccountRecord(marketplace=code, tried_at=now)
        if whole:
            before = msgspec.structs.replace(before, tried_at=now)
        record, findings = _judged(before, reading, inactive_in, now)
        if record != known:
            tx.put(ACCOUNT_RECORDS, record)
        news = await take_findings(self._app, tx, proofs.marked(findings))
        if isinstance(reading, HealthReading):
            await proofs.keep([reading], news)
        return bool(news)


def _judged(
    record: AccountRecord,
    reading: HealthReading | SourceError | None,
    inactive_in: _Inactive | None,
    now: datetime,
) -> tuple[AccountRecord, Sequence[Finding]]:
    """Return what is remembered from now on, and what is said; None: it was not asked for."""
    findings: list[Finding] = []
    if isinstance(reading, SourceError):
        record = msgspec.structs.replace(record, why=str(reading))
    elif reading is not None:
        told = reading.result
        record = msgspec.structs.replace(record, why="", read_at=told.at, status=told.status)
        record, found = conclude(record, ACCOUNT_HEALTH, rating(told), told.at, told.digest)
        findings += found
    if isinstance(inactive_in, SourceError):
        record = msgspec.structs.replace(record, inactive_why=str(inactive_in))
    elif inactive_in is not None:
        record = msgspec.structs.replace(record, inactive_why="")
        off = inactive(record.marketplace, is_inactive=record.marketplace in inactive_in)
        record, found = conclude(record, ACCOUNT_INACTIVE, off, now)
        findings += found
    return record, findings
