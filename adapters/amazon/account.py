"""In which marketplaces the account sells."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from adapters.amazon.client import SpApiClient
from adapters.amazon.exchange import Unreadable, decode
from bot.core.marketplaces import MARKETPLACES, Marketplace
from bot.core.questions import Operation


class _Named(msgspec.Struct, frozen=True):
    id: str | None = None


class _TakesPart(msgspec.Struct, frozen=True, rename="camel"):
    is_participating: bool | None = None
    has_suspended_listings: bool | None = None


class _InMarketplace(msgspec.Struct, frozen=True):
    marketplace: _Named | None = None
    participation: _TakesPart | None = None


class _Participations(msgspec.Struct, frozen=True):
    payload: list[_InMarketplace] | None = None


_read_participations = msgspec.json.Decoder(_Participations).decode


async def sells_in(client: SpApiClient, region: str) -> tuple[str, ...]:
    """Return the codes of the region's marketplaces in which the account takes part.

    Amazon also names marketplaces that are no shops of its own, such as 'Non-Amazon': those are
    passed over.

    Raises:
        SourceError: Amazon did not answer, or does not let us ask.
    """
    return _codes(await _participations(client), region)


async def inactive_in(client: SpApiClient, region: str) -> tuple[str, ...]:
    """Return the codes of those of them in which the account's listing status is Inactive.

    Amazon calls that 'has suspended listings' (source: the model sellers).

    Raises:
        SourceError: Amazon did not answer, or does not let us ask.
    """
    told = await _participations(client)
    inactive = [
        each for each in told if each.participation and each.participation.has_suspended_listings
    ]
    return _codes(inactive, region)


async def _participations(client: SpApiClient) -> list[_InMarketplace]:
    content = await client.get(Operation.PARTICIPATIONS, {})
    told = decode(_read_participations, content).payload
    if told is None:
        raise Unreadable
    return told


def _codes(told: Iterable[_InMarketplace], region: str) -> tuple[str, ...]:
    found = {market for each in told if (market := _market(each)) is not None}
    return tuple(each.code for each in MARKETPLACES if each in found and each.region == region)


def _market(told: _InMarketplace) -> Marketplace | None:
    if told.marketplace is None or told.participation is None:
        return None
    if not told.participation.is_participating:
        return None
    return Marketplace.of_id(told.marketplace.id or "")
