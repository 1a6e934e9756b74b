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
from bot.core.listing import Watch
from checks.risk import Exposure, RateModel, share

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


class Track(NamedTuple):
    """What was found of a product since it is watched."""

    since: datetime
    finds: tuple[datetime, ...] = ()
    """When strangers came who were not there at the first look; the last stay of each."""
    arrivals: int = 0
    """How often strangers came, with each of their stays."""
    at_first: int = 0
    """Strangers who were there at the first look."""


def track_of(watch: Watch, history: History, own: frozenset[str]) -> Track:
    """Return what a product's history says of it; ``own``: sellers who are no strangers."""
    first = min((one.first_seen for one in history.presences), default=None)
    strangers = [one for one in history.presences if one.seller not in own]
    there = [one for one in strangers if one.first_seen == first]
    return Track(
        since=watch.added_at,
        finds=tuple(one.since for one in strangers if one.since != first),
        arrivals=sum(one.stays for one in strangers) - len(there),
        at_first=len(there),
    )


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
        self._at: dict[Lane, float] = {}
        self._rates: dict[Lane, float] = {}
        self._usual, self._spread = 0.0, 0.0
        self._repeats = REPEATS[0] / REPEATS[1]
        self._began = self._fitted = now()

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
        if forget:
            self._tracks.pop(key, None)

    def gap(self, key: str) -> float:
        """Return the seconds from one turn of the product to its next."""
        lane = self._lane_of[key]
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
        self._weigh(key)
        if turn is None:
            turn = self._at[lane]
        self._at[lane] = max(self._at[lane], turn)
        return turn + wait

    def fit(self) -> bool:
        """Learn from all products again, if it is time: often at first, then daily."""
        now = self._now()
        age = now - self._began
        pause = min(DAILY, max(FIRST_FIT, (self._fitted - self._began) / 2))
        # A clock that was set back is no reason to wait until it has caught up.
        if age < FIRST_FIT or timedelta() <= now - self._fitted < pause:
            return False
        self._fitted = now
        tracks = list(self._tracks.values())
        hints = [math.log1p(track.at_first) for track in tracks]
        self._usual = sum(hints) / len(hints) if hints else 0.0
        self._spread = math.sqrt(
            sum((each - self._usual) ** 2 for each in hints) / max(1, len(hints))
        )
        self._model = RateModel(self._exposure(track, now) for track in tracks)
        self._repeats = self._repeating(tracks, now)
        for key in self._lane_of:
            self._weigh(key)
        return True

    def rate(self, key: str) -> float:
        """Return how many attacks a day are expected of the product now."""
        now = self._now()
        track = self._tracks.get(key) or Track(since=now)
        ages = [max(0.0, (now - at) / MEMORY) for at in track.finds]
        fresh = sum(math.exp(-age) for age in ages)
        half = self._repeats / 2
        return (1 - half) * self._model.rate(self._exposure(track, now)) + half * fresh

    def _exposure(self, track: Track, now: datetime) -> Exposure:
        hint = (math.log1p(track.at_first) - self._usual) / self._spread if self._spread else 0.0
        return Exposure(track.arrivals, max(0.0, (now - track.since) / timedelta(days=1)), hint)

    def _repeating(self, tracks: list[Track], now: datetime) -> float:
        """Return the share of attacks that bring another one within a day, beyond chance."""
        repeats, finds = REPEATS
        for track in tracks:
            moments = sorted(track.finds)
            rate = self._model.rate(self._exposure(track, now))
            for one, other in pairwise(moments):
                repeats += (other - one < MEMORY) - (1 - math.exp(-rate))
            finds += len(moments)
        return max(0.0, min(1.0, repeats / finds))

    def _weigh(self, key: str) -> None:
        lane = self._lane_of[key]
        shares = self._shares.setdefault(lane, {})
        self._totals.setdefault(lane, 0.0)
        now = share(self.rate(key))
        self._totals[lane] += now - shares.get(key, 0.0)
        shares[key] = now
