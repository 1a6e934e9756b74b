"""Asks how our listings are, and has what is new confirmed at once.

A listing that Amazon is processing flickers: what one answer shows counts when the next request,
about that listing alone, shows it as well. That Amazon does not name a listing may be a false zero,
which lasts: a listing counts as gone when it is still missing a minute later.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec
import structlog

from bot.core.context import AppContext
from bot.core.listing import Watch
from bot.core.listing_status import ListingState, StatusReading
from bot.core.marketplaces import Marketplace
from bot.core.questions import Bucket
from bot.errors import LoginError, Refused, SourceError
from bot.features.watchlist.collections import LISTING_RECORDS
from bot.features.watchlist.models.listing_records import ListingRecord
from checks.own_listings import RULES
from checks.own_listings.judging import judge_listing
from checks.planner import AHEAD

ALL = frozenset(RULES)
NONE = frozenset[str]()
SHORT = 0.8
"""Seconds by which questions are sent ahead: a little more than passes between two ticks."""
MISSING = 60.0
"""Seconds after which a listing that is still missing counts as gone."""

log = structlog.get_logger(__name__)


class ListingLook(msgspec.Struct, frozen=True):
    """What came of asking about one listing."""

    watch: Watch
    result: ListingState | SourceError
    raw: bytes = b""
    sure: frozenset[str] = ALL
    """The signals of which something may be concluded."""


class Statuses(Protocol):
    """What tells how our listings are; see `bot.core.listing_status.StatusSource`."""

    def status_quota(self, region: str) -> Bucket:
        """Return the quota of such questions."""
        ...

    async def listing_states(self, seller: str, watches: Sequence[Watch]) -> list[StatusReading]:
        """Ask once; a reading for each."""
        ...


class ListingWatch:
    """Asks by our SKUs, under those of our seller IDs for which the account speaks."""

    def __init__(self, app: AppContext, source: Statuses) -> None:
        """Ask ``source``, and compare with what the application stores."""
        self._app = app
        self._source = source
        self._answers_first: dict[str, str] = {}
        """By region, the seller ID under which listings were found."""
        self._missing: dict[str, float] = {}
        """By product, the second at which its listing was first missing."""

    def quota(self, region: str) -> Bucket:
        """Return the quota of such questions, as far as it may be spent ahead.

        What is sent to the moment waits in the same line as what confirms, so it is kept short.
        """
        bucket = self._source.status_quota(region)
        if not bucket.interval:
            return bucket
        later = (AHEAD - SHORT) / bucket.interval
        return msgspec.structs.replace(bucket, tokens=bucket.tokens - later)

    async def ask(self, watches: Sequence[Watch]) -> list[ListingLook]:
        """Ask about at most twenty listings of one marketplace; a look for each.

        Raises:
            SourceError: nothing is known.
        """
        records = {
            watch.key: await self._app.store.get(LISTING_RECORDS, watch.key) for watch in watches
        }
        looks = [
            self._first_look(reading, records[reading.watch.key])
            for reading in await self._read(watches, records)
        ]
        doubts = {
            look.watch.key: moved
            for look in looks
            if look.sure and (moved := _moved(look, records[look.watch.key]))
        }
        again = await self._again(
            [each.watch for each in looks if each.watch.key in doubts], records
        )
        return [
            _confirmed(look, doubts[look.watch.key], again.get(look.watch.key), records)
            if look.watch.key in doubts
            else look
            for look in looks
        ]

    def _first_look(self, reading: StatusReading, record: ListingRecord | None) -> ListingLook:
        """Return the look; of a listing that has just gone missing nothing is concluded."""
        state, key = reading.result, reading.watch.key
        look = ListingLook(reading.watch, state, reading.raw)
        if not isinstance(state, ListingState):
            return look
        if state.listed:
            self._missing.pop(key, None)
        elif record is not None:
            now = self._app.monotonic()
            if now - self._missing.setdefault(key, now) < MISSING:
                return msgspec.structs.replace(look, sure=NONE)
        return look

    async def _again(
        self, watches: Sequence[Watch], records: dict[str, ListingRecord | None]
    ) -> dict[str, StatusReading]:
        """Ask again about what looks new; what cannot be told now is confirmed another time."""
        if not watches:
            return {}
        try:
            found = await self._read(watches, records)
        except SourceError as error:
            log.info("listings not confirmed", number=len(watches), why=str(error))
            return {}
        return {each.watch.key: each for each in found}

    async def _read(
        self, watches: Sequence[Watch], records: dict[str, ListingRecord | None]
    ) -> list[StatusReading]:
        """Ask each of our sellers about what was not found under the one before."""
        region = Marketplace.named(watches[0].marketplace).region
        first = self._answers_first.get(region)
        sellers = sorted(self._app.brand.own_sellers, key=lambda each: (each != first, each))
        found: dict[str, StatusReading] = {}
        absent: dict[str, dict[str, StatusReading]] = {}
        failed: SourceError | None = None
        for seller in sellers:
            left = [watch for watch in watches if watch.key not in found]
            if not left:
                break
            try:
                readings = await self._source.listing_states(seller, left)
            except (LoginError, Refused) as error:
                # It may be our seller ID of another region, which this account does not speak for.
                failed = failed or error
                continue
            there, missing = _parted(readings)
            absent[seller] = missing
            if any(isinstance(each.result, ListingState) for each in there.values()):
                self._answers_first[region] = seller
            found |= there
        if not absent:
            raise failed or SourceError(NO_SELLER)
        return [
            found.get(watch.key) or _missing_one(watch, records.get(watch.key), absent)
            for watch in watches
        ]


NO_SELLER = "Your seller ID is not set, so Amazon cannot be asked for your listings."
NOT_OURS = "Amazon does not let us see the seller's listings under which this SKU was found."


def _parted(
    readings: Sequence[StatusReading],
) -> tuple[dict[str, StatusReading], dict[str, StatusReading]]:
    """Return what was found or failed, and what the seller does not have."""
    there: dict[str, StatusReading] = {}
    missing: dict[str, StatusReading] = {}
    for each in readings:
        gone = isinstance(each.result, ListingState) and not each.result.listed
        (missing if gone else there)[each.watch.key] = each
    return there, missing


def _missing_one(
    watch: Watch, record: ListingRecord | None, absent: dict[str, dict[str, StatusReading]]
) -> StatusReading:
    """Return that a listing is missing, as the seller says under whom it was found."""
    if record is None or record.sku != watch.sku:
        return next(each[watch.key] for each in absent.values() if watch.key in each)
    told = absent.get(record.seller, {}).get(watch.key)
    return told or StatusReading(watch, SourceError(NOT_OURS))


def _moved(look: ListingLook, record: ListingRecord | None) -> frozenset[str]:
    """Return the signals of which a look shows something new; a first look has no doubts."""
    if record is None or not isinstance(look.result, ListingState):
        return NONE
    found = judge_listing(look.watch, record, look.result)
    return found.moved if found else NONE


def _confirmed(
    look: ListingLook,
    doubts: frozenset[str],
    again: StatusReading | None,
    records: dict[str, ListingRecord | None],
) -> ListingLook:
    """Return the second look, sure of what both show; without one, a look that is sure of none."""
    if again is None or not isinstance(again.result, ListingState):
        return msgspec.structs.replace(look, sure=NONE)
    second = ListingLook(look.watch, again.result, again.raw)
    both = doubts & _moved(second, records[look.watch.key])
    return msgspec.structs.replace(second, sure=both)
