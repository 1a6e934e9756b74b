"""The patrol of our own listings: how they stand, asked by their SKUs around and around."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.core.context import AppContext
from bot.core.listing import Watch
from bot.core.listing_status import StatusReading, StatusSource
from bot.core.patrols import PatrolSubject
from bot.core.sku_lists import fits_lists
from bot.errors import AccessRefused, Refused
from bot.features.watchlist.collections import WATCHES
from checks.listing_recording import ListingRecording
from checks.listing_watch import ListingLook, ListingWatch
from checks.patrol_question import PatrolQuestion

LEAST = 10.0
"""Seconds between two looks at a listing, however few there are: nobody is told sooner anyway."""
LEAST_ALONE = 60.0
"""The same where each costs a request, and one that Amazon refuses a new token, too."""


def listing_question(
    app: AppContext, source: StatusSource, listed: Callable[[Watch], bool]
) -> PatrolQuestion[ListingLook]:
    """Return the question how our listings are, of products whose SKU is ``listed`` with others.

    A SKU that is not used to ask for offers is asked for here: it may be just what was closed.
    """
    watch = ListingWatch(app, source)

    async def find(key: str) -> Watch | None:
        found = await app.store.get(WATCHES, key)
        return found if found and fits_lists(found.sku) else None

    return PatrolQuestion(
        subject=PatrolSubject.LISTINGS,
        quota=watch.quota,
        ask=watch.ask,
        take_in=ListingRecording(app).take_in,
        concerns=listed,
        find=find,
        least=LEAST,
    )


def lone_listing_question(
    app: AppContext, source: StatusSource, lone: Callable[[Watch], bool]
) -> PatrolQuestion[ListingLook]:
    """Return the same question of products whose SKU can only be asked for alone.

    It has a quota of its own, so that many of them do not hold up the others.
    """
    watch = ListingWatch(app, LoneStatuses(source))

    async def find(key: str) -> Watch | None:
        found = await app.store.get(WATCHES, key)
        return found if found and found.sku and not fits_lists(found.sku) else None

    async def ask(watches: Sequence[Watch]) -> Sequence[ListingLook]:
        try:
            return await watch.ask(watches)
        except (AccessRefused, Refused) as error:
            # It may be this SKU that Amazon takes for another address: no word about any other.
            return [ListingLook(each, error) for each in watches]

    return PatrolQuestion(
        subject=PatrolSubject.LONE_LISTINGS,
        quota=watch.quota,
        ask=ask,
        take_in=ListingRecording(app).take_in,
        concerns=lone,
        find=find,
        least=LEAST_ALONE,
    )


class LoneStatuses:
    """Listing states, asked for one by one."""

    def __init__(self, source: StatusSource) -> None:
        """Ask ``source``."""
        self.status_quota = source.lone_status_quota
        self._source = source

    async def listing_states(self, seller: str, watches: Sequence[Watch]) -> list[StatusReading]:
        """Ask about each; see `bot.core.listing_status.StatusSource`."""
        return [await self._source.lone_listing_state(seller, watch) for watch in watches]
