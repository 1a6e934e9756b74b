"""What is planned, and why: how often each product is asked for. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec

from checks.strides import Lane, Strides, Track

SHOWN = 10
"""Products of a lane that are named, most often asked for first."""


class PlannedProduct(msgspec.Struct, frozen=True, kw_only=True):
    """How often a product is asked for, and what that rests on."""

    key: str
    every: float
    """Seconds."""
    a_month: float
    """Attacks that are expected in thirty days, as things stand now."""
    since: datetime | None = None
    """Since when it is watched; None: nothing is known of it yet."""
    found: int = 0
    """How often an unknown seller came since then."""
    last: datetime | None = None
    """When the last one came."""
    at_first: int = 0
    """Unknown sellers who were there at the first look."""


class LanePlan(msgspec.Struct, frozen=True, kw_only=True):
    """Products that share a quota."""

    region: str
    own: bool
    """They are asked for by our own SKUs."""
    products: int
    round: float
    """Seconds until each was asked for once, if all were alike."""
    by_risk: bool
    """Those that are likely to be attacked are asked for more often; else all alike."""
    shortest: float = 0.0
    longest: float = 0.0
    """Seconds between two looks at the products that are asked for most and least often."""
    compared: float = 0.0
    """Seconds in which the number of offers and the Buy Box of each are compared; 0: never."""
    first: list[PlannedProduct] = []


class Plan(msgspec.Struct, frozen=True):
    """All lanes, by region."""

    lanes: list[LanePlan]


class Round(NamedTuple):
    """How far the quotas of a lane go."""

    products: int
    full: float
    """Seconds in which each is asked for its offers, if all are alike."""
    cheap: float = 0.0
    """Seconds in which each is looked at cheaply; 0: none is."""


def plan_of(rounds: Mapping[Lane, Round], strides: Strides) -> Plan:
    """Return the plan of these lanes."""
    return Plan([_lane(lane, rounds[lane], strides) for lane in sorted(rounds)])


def _lane(lane: Lane, rounds: Round, strides: Strides) -> LanePlan:
    gaps = sorted((strides.gap(key), key) for key in strides.keys(lane))
    region, own = lane
    return LanePlan(
        region=region,
        own=own,
        products=rounds.products,
        round=rounds.full,
        compared=rounds.cheap,
        by_risk=bool(gaps),
        shortest=gaps[0][0] if gaps else rounds.full,
        longest=gaps[-1][0] if gaps else rounds.full,
        first=[_product(key, gap, strides) for gap, key in gaps[:SHOWN]],
    )


def _product(key: str, gap: float, strides: Strides) -> PlannedProduct:
    track: Track | None = strides.track(key)
    known = PlannedProduct(key=key, every=gap, a_month=30 * strides.rate(key))
    if track is None:
        return known
    return msgspec.structs.replace(
        known,
        since=track.since,
        found=track.arrivals,
        last=max(track.finds, default=None),
        at_first=track.at_first,
    )
