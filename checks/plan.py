"""What is planned, and why: how often each product is asked for. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from bot.core.patrols import PatrolState
from checks.signs import Signs
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
    signs: Signs = Signs()
    """What was known of it before."""


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
    first: list[PlannedProduct] = []


class Plan(msgspec.Struct, frozen=True):
    """All lanes, by region, and what else is asked of the products."""

    lanes: list[LanePlan]
    patrols: list[PatrolState] = []


class Round(NamedTuple):
    """How far the quota of a lane goes."""

    products: int
    seconds: float
    """In which each is asked for its offers, if all are alike."""


def plan_of(
    rounds: Mapping[Lane, Round], strides: Strides, patrols: Sequence[PatrolState] = ()
) -> Plan:
    """Return the plan of these lanes and patrols."""
    return Plan([_lane(lane, rounds[lane], strides) for lane in sorted(rounds)], [*patrols])


def _lane(lane: Lane, rounds: Round, strides: Strides) -> LanePlan:
    gaps = sorted((strides.gap(key), key) for key in strides.keys(lane))
    region, own = lane
    return LanePlan(
        region=region,
        own=own,
        products=rounds.products,
        round=rounds.seconds,
        by_risk=bool(gaps),
        shortest=gaps[0][0] if gaps else rounds.seconds,
        longest=gaps[-1][0] if gaps else rounds.seconds,
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
        signs=track.signs,
    )
