"""Whose turn is next where products are asked for as fast as the quota allows. Pure.

Each product's turns lie as far apart as its share of the looks says, and the one whose turn comes
first is asked first: stride scheduling. Turns are seconds of a clock that goes on as products are
asked for, so that a quota that gives less, or an outage, changes nobody's share.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from bot.core.history import History
from bot.core.listing import Snapshot, Watch
from checks.risk import Exposure, RateModel, share
from checks.signs import Signs, SignScale

Lane = tuple[str, bool]
"""A region, and whether products are asked for by our own SKUs there: what shares one quota."""
LONGEST = 3.0
"""No product waits longer than so many rounds in which each has its turn once."""
MEMORY = timedelta(days=1)
"""After an attack, the next on the same product often comes within so long."""
REPEATS = (1.0, 4.0)
"""Attacks after which another one came, and all: what is expected before any were counted."""
FIRST_FIT = timedelta(minutes=15)
DAILY = timedelta(days=1)
SHORT = timedelta(hours=1)
LEARNED_FROM = 10_000
"""Products that say enough about all; more would hold up the program."""
WEIGHED_AT_ONCE = 500


class Track(NamedTuple):
    """What was found of a product since it is watched."""

    since: datetime
    finds: tuple[datetime, ...] = ()
    """When strangers came who were not there at the first look; the last stay of each."""
    arrivals: int = 0
    """How often strangers came, with each of their stays."""
    signs: Signs = Signs()
    """What was known before anything was counted."""


def track_of(watch: Watch, history: History, own: frozenset[str], cases: int = 0) -> Track:
    """Return what a product's history says of it.

    ``own``: sellers who are no strangers; ``cases``: how many there were before it was watched.
    """
    first = min((one.first_seen for one in history.presences), default=None)
    strangers = [one for one in history.presences if one.seller not in own]
    there = [one for one in strangers if one.first_seen == first]
    return Track(
        since=watch.added_at,
        finds=tuple(one.since for one in strangers if one.since != first),
        arrivals=sum(one.stays for one in strangers) - len(there),
        signs=Signs(
            strangers=len(there),
            cases=cases,
            rank=history.last.rank if history.last else None,
            units=watch.daily_units,
            room=_room(watch, history.last, own),
        ),
    )


def _room(watch: Watch, last: Snapshot | None, own: frozenset[str]) -> float | None:
    """Return how many times the price floor we ask; None where either is not known."""
    offers = [last.cheapest_of(seller) for seller in own] if last else []
    asked = [
        offer.landed.amount
        for offer in offers
        if offer and watch.floor and offer.landed.currency == watch.floor.currency
    ]
    if not asked or not watch.floor or not watch.floor.amount:
        return None
    return float(min(asked) / watch.floor.amount)


class Strides:
    """The products' shares of the looks, and how far each lane has come."""

    def __init__(self, now: Callable[[], datetime], chance: Callable[[], float]) -> None:
        """``chance`` returns a number from 0 to 1, so that products do not stay in step."""
        self._now = now
        self._chance = chance
        self._model = RateModel()
        self._tracks: dict[str, Track] = {}
        self._shares: dict[Lane, dict[str, float]] = {}
        self._totals: dict[Lane, float] = {}
        self._lane_of: dict[str, Lane] = {}
        self._good_until: dict[str, datetime] = {}
        """When a share is reckoned anew: what nothing is found of changes slowly."""
        self._at: dict[Lane, float] = {}
        self._rates: dict[Lane, float] = {}
        self._scale = SignScale()
        self._to_weigh: list[str] = []
        self._repeats = REPEATS[0] / REPEATS[1]
        self._began = self._fitted = self._weighed_at = now()

    def set_rate(self, lane: Lane, rate: float, now: float) -> None:
        """Say how many products a second the quota takes; ``now`` is of the monotonic clock."""
        self._rates[lane] = rate
        self._at.setdefault(lane, now)

    def learn(self, key: str, track: Track) -> None:
        """Take in what was found of a product."""
        self._tracks[key] = track
        if key in self._lane_of:
            self._weigh(key)

    def enter(self, lane: Lane, key: str) -> None:
        """Give the product a share of the lane's looks, if it has none."""
        if self._lane_of.get(key) != lane:
            self.leave(key, forget=False)
            self._lane_of[key] = lane
            self._weigh(key)

    def leave(self, key: str, *, forget: bool = True) -> None:
        """Take the product's share away."""
        lane = self._lane_of.pop(key, None)
        if lane is not None:
            self._totals[lane] -= self._shares[lane].pop(key)
            del self._good_until[key]
        if forget:
            self._tracks.pop(key, None)

    def gap(self, key: str) -> float:
        """Return the seconds from one turn of the product to its next."""
        lane = self._lane_of[key]
        # A clock that was set back is no reason to keep a share that was reckoned later.
        if not self._weighed_at <= self._now() < self._good_until[key]:
            self._weigh(key)
        shares = self._shares[lane]
        part = max(shares[key], self._totals[lane] / (LONGEST * len(shares)))
        return self._totals[lane] / part / self._rates[lane]

    def entry(self, key: str, waited: float | None) -> float:
        """Return the turn of a product that was last looked at ``waited`` seconds ago, or never."""
        gap = self.gap(key)
        return self._at[self._lane_of[key]] + (
            gap * self._chance() if waited is None else gap - waited
        )

    def after(self, key: str, turn: float | None, wait: float) -> float:
        """Return the turn ``wait`` seconds after one; None: after whose turn it is now."""
        lane = self._lane_of[key]
        if turn is None:
            turn = self._at[lane]
        self._at[lane] = max(self._at[lane], turn)
        return turn + wait

    def fit(self) -> bool:
        """Learn again, if it is time: often at first, then daily. Tell whether that was begun.

        What was learned goes over to the shares little by little, call by call.
        """
        for key in self._to_weigh[-WEIGHED_AT_ONCE:]:
            if key in self._lane_of:
                self._weigh(key)
        del self._to_weigh[-WEIGHED_AT_ONCE:]
        now = self._now()
        # A clock that was set back is no reason to learn nothing until it has caught up.
        self._began = min(self._began, now)
        age = now - self._began
        pause = min(DAILY, max(FIRST_FIT, (self._fitted - self._began) / 2))
        if age < FIRST_FIT or timedelta() <= now - self._fitted < pause:
            return False
        self._fitted = now
        every = 1 + len(self._tracks) // LEARNED_FROM
        tracks = list(self._tracks.values())[::every]
        self._scale = SignScale([(track.signs, track.arrivals) for track in tracks])
        self._model = RateModel(self._exposure(track, now) for track in tracks)
        self._repeats = self._repeating(tracks, now)
        self._to_weigh = list(self._lane_of)
        return True

    def keys(self, lane: Lane) -> list[str]:
        """Return the products that have a share of the lane's looks."""
        return list(self._shares.get(lane, ()))

    def track(self, key: str) -> Track | None:
        """Return what was found of the product; None: nothing is known of it."""
        return self._tracks.get(key)

    def rate(self, key: str) -> float:
        """Return how many attacks a day are expected of the product now."""
        now = self._now()
        return self._rate(self._tracks.get(key) or Track(since=now), now)

    def _rate(self, track: Track, now: datetime) -> float:
        ages = [max(0.0, (now - at) / MEMORY) for at in track.finds]
        fresh = sum(math.exp(-age) for age in ages)
        half = self._repeats / 2
        return (1 - half) * self._model.rate(self._exposure(track, now)) + half * fresh

    def _exposure(self, track: Track, now: datetime) -> Exposure:
        days = max(0.0, (now - track.since) / timedelta(days=1))
        return Exposure(track.arrivals, days, self._scale.hint(track.signs))

    def _repeating(self, tracks: list[Track], now: datetime) -> float:
        """Return the share of attacks that bring another one within a day, beyond chance."""
        repeats, finds = REPEATS
        for track in tracks:
            finds += len(track.finds)
            for one, other in pairwise(sorted(track.finds)):
                chance = 1 - math.exp(-self._model.rate(self._exposure(track, now)))
                repeats += (other - one < MEMORY) - chance
        return max(0.0, min(1.0, repeats / finds))

    def _weigh(self, key: str) -> None:
        lane = self._lane_of[key]
        shares = self._shares.setdefault(lane, {})
        self._totals.setdefault(lane, 0.0)
        self._weighed_at = now = self._now()
        track = self._tracks.get(key) or Track(since=now)
        worth = share(self._rate(track, now))
        self._totals[lane] += worth - shares.get(key, 0.0)
        shares[key] = worth
        # As long as it is watched already, times a tenth; a memory fades over hours.
        good = max(now - track.since, SHORT) / 10
        self._good_until[key] = now + (min(good, SHORT) if track.finds else good)
