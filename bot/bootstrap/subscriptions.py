"""Looks how notifications stand at Amazon, and has them sent to the queue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from adapters.amazon.notifications import Notifications
from adapters.amazon.sp_api import SpApiSource
from bot.bootstrap.sources import amazon
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.notifications import SUBSCRIBED, NotificationKind, Way
from bot.core.queue_address import QueueAddress
from bot.core.subscriptions import (
    Destination,
    KindStatus,
    SubscriptionState,
    destination_for,
    state_of,
)
from bot.errors import LoginError, SourceError
from bot.settings import Settings


class RegionStatus(msgspec.Struct, frozen=True, kw_only=True):
    """How it stands in one of Amazon's regions."""

    region: str
    kinds: tuple[KindStatus, ...]
    bridge: Destination | None = None
    """Where what comes by EventBridge is sent; None: nowhere yet."""

    def of(self, state: SubscriptionState) -> list[NotificationKind]:
        """Return the kinds that stand so."""
        return [each.kind for each in self.kinds if each.state is state]

    @property
    def why(self) -> str:
        """Why some could not be checked; empty where all could be."""
        return next((each.why for each in self.kinds if each.why), "")


def regions_of(settings: Settings, watches: Iterable[Watch]) -> list[str]:
    """Return the regions in which products are watched; that of the home marketplace, if none."""
    markets = {watch.marketplace for watch in watches} or {settings.home}
    return sorted({market.region for each in markets if (market := Marketplace.find(each))})


def open_amazon(settings: Settings) -> SpApiSource:
    """Return what asks Amazon; whoever opens it closes it."""
    return amazon(settings)


async def read_region(source: SpApiSource, queue: QueueAddress, region: str) -> RegionStatus:
    """Look how each kind stands in a region.

    Raises:
        LoginError: Amazon refuses the credentials.
    """
    asked = source.notifications(region)
    try:
        destinations = await asked.destinations()
    except LoginError:
        raise
    except SourceError as error:
        unknown = (_unknown(kind, error) for kind in SUBSCRIBED)
        return RegionStatus(region=region, kinds=tuple(unknown))
    ways = {way: destination_for(destinations, queue, way) for way in Way}
    kinds = [await _read(asked, kind, ways) for kind in SUBSCRIBED]
    return RegionStatus(region=region, kinds=tuple(kinds), bridge=ways[Way.EVENT_BRIDGE])


async def subscribe_region(
    source: SpApiSource, queue: QueueAddress, before: RegionStatus
) -> RegionStatus:
    """Have sent to the queue what is not sent anywhere yet; return how it stands then.

    Raises:
        SourceError: Amazon does not take the queue.
    """
    asked = source.notifications(before.region)
    missing = before.of(SubscriptionState.MISSING)
    ways: dict[Way, Destination | None] = {}
    for way in dict.fromkeys(kind.way for kind in missing):
        ways[way] = await asked.create_destination(queue, way)
    made = {kind: await _subscribe(asked, kind, ways) for kind in missing}
    kinds = tuple(made.get(each.kind, each) for each in before.kinds)
    bridge = ways.get(Way.EVENT_BRIDGE) or before.bridge
    return RegionStatus(region=before.region, kinds=kinds, bridge=bridge)


async def send_test(source: SpApiSource, queue: QueueAddress, region: str) -> None:
    """Have a made-up notification sent to the queue, which Amazon's sandbox alone does.

    Raises:
        SourceError: Amazon does not send it.
    """
    asked = source.notifications(region)
    destination = await asked.create_destination(queue, Way.SQS)
    await asked.send_test(NotificationKind.OFFERS, destination)


async def _read(
    asked: Notifications, kind: NotificationKind, ways: Mapping[Way, Destination | None]
) -> KindStatus:
    try:
        return KindStatus(kind, state_of(await asked.sent_to(kind), ways[kind.way]))
    except SourceError as error:
        return _unknown(kind, error)


async def _subscribe(
    asked: Notifications, kind: NotificationKind, ways: Mapping[Way, Destination | None]
) -> KindStatus:
    destination = ways[kind.way]
    if destination is None:
        return KindStatus(kind, SubscriptionState.MISSING)
    try:
        return KindStatus(kind, state_of(await asked.subscribe(kind, destination), destination))
    except SourceError as error:
        return _unknown(kind, error)


def _unknown(kind: NotificationKind, error: SourceError) -> KindStatus:
    return KindStatus(kind, SubscriptionState.UNKNOWN, str(error))
