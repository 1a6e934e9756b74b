"""The patrol of our own listings: how they stand, asked by their SKUs around and around."""

from __future__ import annotations

from collections.abc import Callable

from bot.core.context import AppContext
from bot.core.listing import Watch
from bot.core.listing_status import StatusSource
from bot.core.patrols import PatrolSubject
from bot.features.watchlist.collections import WATCHES
from checks.listing_recording import ListingRecording
from checks.listing_watch import ListingLook, ListingWatch
from checks.patrol_question import PatrolQuestion

LEAST = 10.0
"""Seconds between two looks at a listing, however few there are: nobody is told sooner anyway."""


def listing_question(
    app: AppContext, source: StatusSource, ours: Callable[[Watch], bool]
) -> PatrolQuestion[ListingLook]:
    """Return the question how our listings are; ``ours`` tells whether a product has our SKU.

    A SKU that is not used to ask for offers is asked for here: it may be just what was closed.
    """
    watch = ListingWatch(app, source)

    async def find(key: str) -> Watch | None:
        found = await app.store.get(WATCHES, key)
        return found if found and found.sku else None

    return PatrolQuestion(
        subject=PatrolSubject.LISTINGS,
        quota=watch.quota,
        ask=watch.ask,
        take_in=ListingRecording(app).take_in,
        concerns=ours,
        find=find,
        least=LEAST,
    )
