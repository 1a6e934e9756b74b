"""Reads once a day how Amazon rates our account, where we watch products.

The rating and whether the listings are active are two questions: what cannot be asked of one holds
back nothing of the other, and ends nothing that was told.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import msgspec
import structlog

from bot.core.account_health import AccountHealthSource, HealthReading
from bot.core.context import AppContext
from bot.core.findings import ACCOUNT_HEALTH, ACCOUNT_INACTIVE, Finding
from bot.core.marketplaces import Marketplace
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

    async def tick(self, _: str = "") -> None:
        """Read what is due."""
        if self._source is None:
            return
        soon, self._soon = self._soon, set()
        watched = await self._watched()
        asked = soon if EVERYWHERE not in soon else set(watched)
        due = [code for code in watched if code in asked or await self._due(code)]
        inactive_in: dict[str, tuple[str, ...] | SourceError] = {}
        for code in due:
            region = Marketplace.named(code).region
            if region not in inactive_in:
                inactive_in[region] = await self._inactive(self._source, code)
            await self._read(self._source, code, inactive_in[region])

    async def _watched(self) -> list[str]:
        codes: set[str] = set()
        async for watches in each_page(self._app.store, WATCHES):
            codes |= {watch.marketplace for watch in watches if watch.sku}
        return sorted(code for code in codes if Marketplace.find(code))

    async def _due(self, code: str) -> bool:
        record = await self._app.store.get(ACCOUNT_RECORDS, code)
        # A clock that was set back must not put it off.
        return record is None or abs(self._app.clock() - record.tried_at) >= DAILY

    async def _inactive(
        self, source: AccountHealthSource, code: str
    ) -> tuple[str, ...] | SourceError:
        try:
            return await source.inactive_in(code)
        except SourceError as error:
            log.info("listing status not read", marketplace=code, why=str(error))
            return error

    async def _read(
        self,
        source: AccountHealthSource,
        code: str,
        inactive_in: tuple[str, ...] | SourceError,
    ) -> None:
        reading: HealthReading | SourceError
        try:
            reading = await source.account_health(code)
        except SourceError as error:
            log.info("account health not read", marketplace=code, why=str(error))
            reading = error
        if is_login_refused(reading) or is_login_refused(inactive_in):
            self._soon.add(code)
        if is_login_refused(reading):
            return  # Nobody was asked: it is due as soon as anybody may be.
        proofs = Proofs(self._app.evidence, "account")
        told: bool | None = None
        while told is None:
            # Without room for the report the alert says that it is missing.
            with suppress(NotKept):
                told = await run_in_transaction(
                    self._app.store, lambda tx: self._record(tx, code, reading, inactive_in, proofs)
                )
        if told:
            self._app.scheduler.trigger(Work.OUTBOX)

    async def _record(
        self,
        tx: Transaction,
        code: str,
        reading: HealthReading | SourceError,
        inactive_in: tuple[str, ...] | SourceError,
        proofs: Proofs,
    ) -> bool:
        now = self._app.clock()
        known = await tx.get(ACCOUNT_RECORDS, code)
        record = known or AccountRecord(marketplace=code, tried_at=now)
        record, findings = _judged(record, reading, inactive_in, now)
        tx.put(ACCOUNT_RECORDS, record)
        news = await take_findings(self._app, tx, proofs.marked(findings))
        if isinstance(reading, HealthReading):
            await proofs.keep([reading], news)
        return bool(news)


def _judged(
    record: AccountRecord,
    reading: HealthReading | SourceError,
    inactive_in: tuple[str, ...] | SourceError,
    now: datetime,
) -> tuple[AccountRecord, Sequence[Finding]]:
    """Return what is remembered from now on, and what is said."""
    findings: list[Finding] = []
    record = msgspec.structs.replace(
        record,
        tried_at=now,
        why=str(reading) if isinstance(reading, SourceError) else "",
        inactive_why=str(inactive_in) if isinstance(inactive_in, SourceError) else "",
    )
    if isinstance(reading, HealthReading):
        told = reading.result
        record = msgspec.structs.replace(record, read_at=told.at, status=told.status)
        record, found = conclude(record, ACCOUNT_HEALTH, rating(told), told.at, told.digest)
        findings += found
    if not isinstance(inactive_in, SourceError):
        off = inactive(record.marketplace, is_inactive=record.marketplace in inactive_in)
        record, found = conclude(record, ACCOUNT_INACTIVE, off, now)
        findings += found
    return record, findings
