"""Says when each product is asked for next: by a fixed period, or by its share of the quota."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.core.context import AppContext
from bot.core.history import History
from bot.core.listing import Watch, WatchStatus
from bot.core.questions import BY_SKU, Bucket, MeteredSource, batched
from checks.agenda import PollingAgenda, Urgency, backoff, due_in, group_of
from checks.earlier import earlier_cases
from checks.patrols import Patrols
from checks.plan import Plan, Round, plan_of
from checks.planner import round_of
from checks.strides import Lane, Strides, track_of

LEAD = 0.1
"""The part of a period by which a product may be asked before its time, in a free place."""
USUAL_PERIOD = timedelta(minutes=10)
"""How often products are looked at whose source has no quota that says how often it may be."""


@dataclass(frozen=True)
class PollingPolicy:
    """How often products are looked at."""

    period: timedelta | None
    """None: as often as the quota allows, and most often those that are likely to be attacked."""
    confirm_after: timedelta

    @property
    def least_apart(self) -> float:
        """Return the seconds between two questions of one kind about a product, at least."""
        return self.period.total_seconds() if self.period else 0.0

    @property
    def usual(self) -> timedelta:
        """Return the period where no quota says what is possible."""
        return self.period or USUAL_PERIOD


class Timing:
    """Puts products where they wait for their next look, whatever the clock on the wall does."""

    def __init__(self, app: AppContext, source: MeteredSource, pace: PollingPolicy) -> None:
        """Begin with no product."""
        self.agenda = PollingAgenda(lead=LEAD * pace.usual.total_seconds())
        self.strides = Strides(app.clock, random.random)
        self._app = app
        self._source = source
        self._pace = pace
        self.patrols = Patrols()
        """What else is asked of the products."""
        self._lanes: dict[str, Lane] = {}
        self._earlier: dict[str, int] = {}
        """Cases on products before they were watched."""
        self._in_lane: Counter[Lane] = Counter()

    def __len__(self) -> int:
        return len(self._lanes)

    def lane(self, key: str) -> Lane | None:
        """Return the quota by which the product is asked for; None where it is not watched."""
        return self._lanes.get(key)

    def lay(self, watch: Watch) -> bool:
        """Let all questions be asked of the product; tell whether that is news."""
        news = self.expect(watch)
        self.patrols.follow(watch)
        return news

    def expect(self, watch: Watch) -> bool:
        """Count the product to the quota by which it is asked for; tell whether that is news.

        Of many that come at once, all are expected before any is laid: a turn is a part of a round
        of all of them.
        """
        group = group_of(watch)
        lane = (group.region, group.own)
        news = self._lanes.get(watch.key) != lane
        if news:
            self._uncount(watch.key)
            self._lanes[watch.key] = lane
            self._in_lane[lane] += 1
            if self._in_lane[lane] == 1:
                self.reckon()
        if self._has_turns(lane):
            self.strides.enter(lane, watch.key)
        return news

    def is_swept(self, watch: Watch) -> bool:
        """Tell whether a product is looked at cheaply: by SKU, full looks are as fast."""
        group = group_of(watch)
        return not group.own and self._has_turns((group.region, group.own))

    def lift(self, key: str) -> None:
        """Count the product no more."""
        self._uncount(key)
        self._earlier.pop(key, None)
        self.strides.leave(key)
        self.patrols.forget(key)

    def _uncount(self, key: str) -> None:
        lane = self._lanes.pop(key, None)
        if lane is not None:
            self._in_lane[lane] -= 1
            if not self._in_lane[lane]:
                del self._in_lane[lane]

    def learn(self, watch: Watch, history: History) -> None:
        """Take in what is known of a product."""
        own, earlier = self._app.brand.own_sellers, self._earlier.get(watch.key, 0)
        self.strides.learn(watch.key, track_of(watch, history, own, earlier))

    async def look_back(self, watch: Watch) -> None:
        """Take in which cases there were on a product before it was watched."""
        earlier = await earlier_cases(self._app.store, watch)
        self._earlier.pop(watch.key, None)
        if earlier:
            self._earlier[watch.key] = earlier

    def put(self, watch: Watch, status: WatchStatus, turn: float | None = None) -> None:
        """Let the product wait for its next look.

        ``turn`` is the one by which it was looked at now, if it was its turn.
        """
        self.lay(watch)
        urgency = Urgency.CONFIRMATION if status.hurry else Urgency.REGULAR
        group = group_of(watch)
        if urgency is Urgency.REGULAR and self._has_turns((group.region, group.own)):
            due_at = self.strides.after(watch.key, turn, self._wait(watch.key, status))
        else:
            due_at = self._due(status, random.random())  # noqa: S311 (jitter is no secret)
        self.agenda.put(watch.key, group, urgency, due_at)

    def resume(self, watch: Watch, status: WatchStatus) -> None:
        """Let the product wait after a start of the program, by when it was last looked at."""
        self.lay(watch)
        group = group_of(watch)
        urgency = Urgency.CONFIRMATION if status.hurry else Urgency.REGULAR
        if urgency is Urgency.REGULAR and self._has_turns((group.region, group.own)):
            waited = None
            if status.tried_at is not None:
                waited = max(0.0, (self._app.clock() - status.tried_at).total_seconds())
            due_at = self.strides.entry(watch.key, waited)
        else:
            due_at = self._due(status, 0.5)
        self.agenda.put(watch.key, group, urgency, due_at)

    def spread(self, watch: Watch, part: float) -> float:
        """Return when one of many new products is asked for, over one round; ``part`` of it."""
        if self._has_turns(self._lanes[watch.key]):
            return self.strides.after(watch.key, None, part * self.strides.gap(watch.key))
        return self._app.monotonic() + part * self._app.tempo.of(watch).total_seconds()

    def reckon(self) -> None:
        """Say how long a round takes, so that nobody takes a full quota for an outage."""
        for region in {region for region, _ in self._in_lane}:
            buckets = self._source.buckets(region)
            for own in (False, True):
                if self._in_lane[region, own]:
                    self._reckon(region, buckets, own=own)

    def _reckon(self, region: str, buckets: Sequence[Bucket], *, own: bool) -> None:
        lane = (region, own)
        asked = [bucket for bucket in buckets if (bucket.operation in BY_SKU) == own]
        batches = next(each for each in asked if each.operation is batched(own=own))
        took = round_of(self._in_lane[lane], batches)
        if self._pace.period is not None or not batches.interval:
            self._app.tempo.rounds[lane] = max(took, self._pace.usual)
            return
        rate = sum(each.operation.products / each.interval for each in asked)
        self.strides.set_rate(lane, rate, self._app.monotonic())
        self.agenda.unpaced.add(lane)
        self._app.tempo.by_risk = True
        # A round is what the batches promise; singles are taken by whoever needs them.
        self._app.tempo.rounds[lane] = took

    def plan(self) -> Plan:
        """Return how often products are asked for, and why."""
        rounds = self._app.tempo.rounds
        took = {
            lane: Round(count, rounds.get(lane, self._pace.usual).total_seconds())
            for lane, count in self._in_lane.items()
        }
        return plan_of(took, self.strides, self.patrols.states())

    def _has_turns(self, lane: Lane) -> bool:
        return lane in self.agenda.unpaced

    def _wait(self, key: str, status: WatchStatus) -> float:
        """Return the seconds until the product's next turn, which comes sooner after a failure."""
        gap = self.strides.gap(key)
        if not status.failures:
            return gap
        period = timedelta(seconds=gap)
        return backoff(status, period, self._pace.confirm_after).total_seconds()

    def _due(self, status: WatchStatus, jitter: float) -> float:
        pace = self._pace
        wait = due_in(status, self._app.clock(), pace.usual, pace.confirm_after, jitter)
        return self._app.monotonic() + wait.total_seconds()
