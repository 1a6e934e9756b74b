"""What the products of a case come to, changed in constant work when one of them changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeVar

import msgspec

from bot.core.findings import Severity
from bot.core.money import Money
from bot.features.cases.models.signals import Affected

K = TypeVar("K", str, int)
N = TypeVar("N", int, Decimal)


class Tally(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the products of a case come to: sums alone, so that one of them changes each."""

    products: int = 0
    """Products that it touches, or touched."""
    hit: int = 0
    """Products on which something goes on."""
    kinds: dict[str, int] = {}
    """Signals by kind, those that are over too."""
    active: dict[str, int] = {}
    """Signals that go on, by kind."""
    severities: dict[int, int] = {}
    """Signals that go on, by severity."""
    losing: dict[str, int] = {}
    """Signals that go on and of which it is known what they cost, by currency."""
    losses: dict[str, Decimal] = {}
    """About what these cost us a day, by currency."""

    @property
    def running(self) -> bool:
        """Tell whether anything goes on."""
        return bool(self.active)

    @property
    def severity(self) -> Severity:
        """How bad it is now: the worst of what is going on."""
        return Severity(max(self.severities, default=Severity.INFO))

    @property
    def daily_loss(self) -> Money | None:
        """About what it costs us a day in all; None where nobody can tell."""
        currency = min(self.losses, default="")
        return Money(self.losses[currency], currency) if currency else None

    def with_change(self, before: Affected | None, after: Affected) -> Tally:
        """Return the tally after a product came or changed."""
        if before is not None and _weight(before) == _weight(after):
            # As with most changes, only facts are others now.
            return self
        gone = _alone(before) if before else Tally()
        come = _alone(after)
        losing = _sum(self.losing, come.losing, gone.losing)
        losses = _sum(self.losses, come.losses, gone.losses)
        return Tally(
            products=self.products + come.products - gone.products,
            hit=self.hit + come.hit - gone.hit,
            kinds=_counted(_sum(self.kinds, come.kinds, gone.kinds)),
            active=_counted(_sum(self.active, come.active, gone.active)),
            severities=_counted(_sum(self.severities, come.severities, gone.severities)),
            losing=_counted(losing),
            losses={each: losses[each] for each in _counted(losing)},
        )


def _weight(on: Affected) -> list[tuple[str, bool, Severity, Money | None]]:
    """Return what of a product the tally counts."""
    return [(each.kind, each.active, each.severity, each.daily_loss) for each in on.signals]


def _alone(on: Affected) -> Tally:
    active = on.active
    costs = [signal.daily_loss for signal in active if signal.daily_loss]
    return Tally(
        products=int(bool(on.asin and on.signals)),
        hit=int(bool(on.asin and active)),
        kinds={signal.kind: 1 for signal in on.signals},
        active={signal.kind: 1 for signal in active},
        severities=_each(int(signal.severity) for signal in active),
        losing=_each(cost.currency for cost in costs),
        losses={
            each: sum((cost.amount for cost in costs if cost.currency == each), Decimal())
            for each in {cost.currency for cost in costs}
        },
    )


def _each(names: Iterable[K]) -> dict[K, int]:
    return dict(Counter(names))


def _sum(known: Mapping[K, N], come: Mapping[K, N], gone: Mapping[K, N]) -> dict[K, N]:
    if not come and not gone:
        return dict(known)
    total = dict(known)
    for name, number in come.items():
        total[name] = total[name] + number if name in total else number
    for name, number in gone.items():
        total[name] = total[name] - number
    return total


def _counted(numbers: Mapping[K, int]) -> dict[K, int]:
    """Leave out what there is none of, so that equal tallies look alike."""
    return {name: number for name, number in numbers.items() if number}
