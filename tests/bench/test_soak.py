"""What is measured over days, in virtual time: it tells the same on a slow machine."""

from __future__ import annotations

import math
from typing import NamedTuple

import pytest

from tests.bench import detection, quota
from tests.bench.detection.world import SHARED, Trial, World


@pytest.mark.soak
async def test_the_quota_gives_over_three_days_what_it_gives_in_three_hours() -> None:
    rows = await quota.measure(quota.SOAK)
    for each in rows:
        ratio = f", {each.ratio:.2f} x {each.beside}" if each.ratio is not None else ""
        print(f"{each.figure:8.2f} {each.unit}{ratio}: {each.what}")
    missed = [f"{each.what}: {each.figure} {each.unit}" for each in rows if each.met is False]
    assert not missed


class Wanted(NamedTuple):
    """What a trial of 21 days is to come to."""

    trial: Trial
    limit: float = math.inf
    """Most, in multiples of what who must learn the rates can reach."""
    bound: float = math.inf
    """Most, in multiples of what nobody can beat with full looks alone."""
    unseen: float = 1.0
    """The largest part of the hijacks that is over before anybody looks."""


WANTED = {
    "1,000 products": Wanted(Trial(1_000, 1.5, 3, 21, 0.2), limit=1.05),
    "1,000 products, rates further apart": Wanted(Trial(1_000, 2.0, 4, 21, 0.2), limit=1.05),
    "10,000 products": Wanted(Trial(10_000, 1.5, 3, 21, 2.0), limit=1.03, bound=1.36),
    "10,000 products, rates further apart": Wanted(
        Trial(10_000, 2.0, 3, 21, 2.0), limit=1.03, bound=1.55
    ),
    "cheap looks on the same quota": Wanted(
        Trial(1_000, 1.5, 3, 21, 0.2, cheap=SHARED), bound=0.90
    ),
    "cheap looks, rates further apart": Wanted(
        Trial(1_000, 2.0, 3, 21, 0.2, cheap=SHARED), bound=1.02
    ),
    "a slow sweep": Wanted(Trial(10_000, 1.5, 3, 21, 0.2), unseen=0.28),
    "a slow sweep, rates further apart": Wanted(Trial(10_000, 2.0, 3, 21, 0.2), unseen=0.21),
}


@pytest.mark.soak
@pytest.mark.parametrize("name", WANTED)
def test_hijacks_are_seen_nearly_as_soon_as_rates_can_be_learned(name: str) -> None:
    wanted, world = WANTED[name], World(WANTED[name].trial)
    days = (0, wanted.trial.days)
    ours = detection.POLICIES["Brandwarden"](world)
    limit = detection.POLICIES["learning limit"](world)
    found = ours.over(*days), ours.over(*days) / limit.over(*days), ours.never_seen(*days)
    print(f"{name}: {found[0]:.3f} x the bound, {found[1]:.3f} x the limit, {found[2]:.1%} unseen")
    assert found[0] <= wanted.bound
    assert found[1] <= wanted.limit
    assert found[2] <= wanted.unseen
