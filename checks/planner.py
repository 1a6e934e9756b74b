"""Which question is asked next: of which products, by which operation. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Protocol

from bot.core.listing import Watch
from bot.core.questions import BY_SKU, Bucket, Question, batched, spacing
from checks.agenda import Group, Urgency, group_of

AHEAD = 2.5
"""Seconds by which a question may be chosen before its quota lets it go: it is sent to the moment,
however seldom the planner is asked."""

ON_DEMAND = 5
"""Places of a batch that people may take from products that are due."""


class State(Protocol):
    """What waits, as a planner sees it; `checks.agenda.PollingAgenda` is one."""

    lead: float
    """Seconds by which a product may be asked before its time where that costs nothing."""

    def groups(self, region: str, *, own: bool) -> Iterator[Group]:
        """Yield the groups of a region that are asked by SKU, or those that are not."""
        ...

    def first(
        self, group: Group, urgency: Urgency, until: float, limit: int
    ) -> list[tuple[float, str]]:
        """Return at most ``limit`` products that are due until then, first due first, with when."""
        ...

    def is_unpaced(self, group: Group) -> bool:
        """Tell whether the group's products are asked for as fast as the quota allows."""
        ...


Planner = Callable[[State, Sequence[Bucket], float], list[Question]]
"""Takes what waits, the quotas and the present second; returns what to ask, without a change."""


def next_questions(state: State, buckets: Sequence[Bucket], now: float) -> list[Question]:
    """Choose as many questions as the quotas take, the most pressing of each operation first.

    Doubts and people go by the operations for one product. What these cannot take goes into the
    batches: doubts at the front, people into a few places. The marketplaces of a region take turns
    by who is most overdue, and each batch is filled from one of them. What is asked for as fast as
    the quota allows goes by the operations for one product, too, where nobody needs those now.
    """
    choice = _Choice(state, now)
    singles = [bucket for bucket in buckets if bucket.operation.products == 1]
    left = {bucket: choice.fill(choice.alone, bucket, bucket.ready(AHEAD)) for bucket in singles}
    for bucket in buckets:
        if bucket not in left:
            choice.fill(choice.batch, bucket, bucket.ready(AHEAD))
    for bucket, room in left.items():
        choice.fill(choice.spare, bucket, min(room, bucket.ready(0.0) - _reserve(bucket)))
    return choice.questions


def _reserve(bucket: Bucket) -> int:
    """Return how many requests are left for who may ask in the next moment."""
    return 1 if bucket.operation.burst > 1 else 0


class _Choice:
    """The questions chosen so far, and what is left."""

    def __init__(self, state: State, now: float) -> None:
        self.questions: list[Question] = []
        self._state = state
        self._now = now
        self._taken: set[str] = set()

    def fill(self, choose: Callable[[Bucket], bool], bucket: Bucket, room: int) -> int:
        """Choose at most so many questions; return for how many there was nothing to ask."""
        for place in range(room):
            if not choose(bucket):
                return room - place
        return 0

    def alone(self, bucket: Bucket) -> bool:
        """Ask for the product in doubt that is due first, else for the one a person waits for."""
        groups = list(self._groups(bucket))
        return any(
            self._first(bucket, groups, urgency)
            for urgency in (Urgency.CONFIRMATION, Urgency.DEMAND)
        )

    def spare(self, bucket: Bucket) -> bool:
        """Ask for the product whose turn it is, of those that are asked for without a rest."""
        groups = [group for group in self._groups(bucket) if self._state.is_unpaced(group)]
        return self._first(bucket, groups, Urgency.REGULAR)

    def _first(self, bucket: Bucket, groups: Iterable[Group], urgency: Urgency) -> bool:
        heads = [
            (*head, group) for group in groups for head in self._left(group, urgency, self._now, 1)
        ]
        if not heads:
            return False
        _, key, group = min(heads)
        self._ask(bucket, group, [key])
        return True

    def batch(self, bucket: Bucket) -> bool:
        """Ask for products of the group that is most pressing."""
        pressing = [
            (*pressure, group)
            for group in self._groups(bucket)
            if (pressure := self._pressure(group)) is not None
        ]
        if not pressing:
            return False
        *_, group = min(pressing)
        keys = dict.fromkeys(self._wanted(group, bucket.operation.products))
        self._ask(bucket, group, islice(keys, bucket.operation.products))
        return True

    def _pressure(self, group: Group) -> tuple[int, float] | None:
        """Rank the group: a doubt before all that is due, and that before people."""
        for rank, urgency in enumerate((Urgency.CONFIRMATION, Urgency.REGULAR, Urgency.DEMAND)):
            for due_at, _ in self._left(group, urgency, self._now, 1):
                return rank, due_at
        return None

    def _wanted(self, group: Group, places: int) -> Iterator[str]:
        """Yield the group's products in the order in which they get the places of a batch."""
        demand = self._left(group, Urgency.DEMAND, self._now, places)
        orders = (
            self._left(group, Urgency.CONFIRMATION, self._now, places),
            demand[:ON_DEMAND],
            self._left(group, Urgency.REGULAR, self._now, places),
            demand,
            self._left(group, Urgency.REGULAR, self._now + self._state.lead, places),
        )
        return (key for order in orders for _, key in order)

    def _left(
        self, group: Group, urgency: Urgency, until: float, limit: int
    ) -> list[tuple[float, str]]:
        found = self._state.first(group, urgency, until, limit + len(self._taken))
        return [pair for pair in found if pair[1] not in self._taken][:limit]

    def _groups(self, bucket: Bucket) -> Iterator[Group]:
        return self._state.groups(bucket.region, own=bucket.operation in BY_SKU)

    def _ask(self, bucket: Bucket, group: Group, keys: Iterable[str]) -> None:
        question = Question(bucket.operation, group.marketplace, tuple(keys))
        self._taken.update(question.keys)
        self.questions.append(question)


def documented_rounds(watches: Iterable[Watch]) -> dict[tuple[str, bool], timedelta]:
    """Return how long a round of them takes at Amazon's documented quotas.

    By region, and whether the products are asked for by our own SKUs.
    """
    counts = Counter((group.region, group.own) for group in map(group_of, watches))
    rounds = {}
    for (region, own), count in counts.items():
        operation = batched(own=own)
        interval = spacing(operation.rate, operation.burst)
        bucket = Bucket(operation=operation, region=region, tokens=1.0, interval=interval)
        rounds[region, own] = round_of(count, bucket)
    return rounds


def round_of(products: int, bucket: Bucket) -> timedelta:
    """Return how long it takes to ask for so many products by full batches of an operation."""
    return timedelta(seconds=products * bucket.interval / bucket.operation.products)
