"""Signals: what goes on in a case, product by product.

A case may be about thousands of products: what goes on on each is a document of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from bot.core.findings import BUY_BOX, Fact, Severity
from bot.core.listing import Watch
from bot.core.money import Money


class Signal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing going on in a case: of one kind, on one product."""

    kind: str
    asin: str
    headline: str
    brief: str = ""
    severity: Severity
    since: datetime
    mark: str = ""
    facts: tuple[Fact, ...] = ()
    daily_loss: Money | None = None
    ended_at: datetime | None = None
    told_at: datetime | None = None
    """When the thread last heard of it."""
    told: int = 0
    """How often it heard of it since ``told_from``."""
    told_from: datetime | None = None

    @property
    def active(self) -> bool:
        """Tell whether it is still going on, as far as anybody can see."""
        return self.ended_at is None

    @staticmethod
    def in_order(affected: Iterable[Affected]) -> list[Signal]:
        """Return what goes on, the worst and then the oldest first; of what is over, all."""
        several = sorted(affected, key=lambda each: each.place)
        active = [signal for each in several for signal in each.active]
        if active:
            return sorted(active, key=lambda signal: (-signal.severity, signal.since))
        return [signal for each in several for signal in each.signals]


class Affected(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One product of a case and its signals; without a product those of the case as a whole."""

    case: str
    """The case's key."""
    asin: str
    product: str | None = None
    """The product's watch, by which its cases are found; None without a product."""
    place: int = 0
    """The how-manieth product of the case it is."""
    signals: tuple[Signal, ...] = ()
    rank: str = ""
    """The case's key and how bad it is: the worst sorts first, what is over last."""

    @property
    def key(self) -> str:
        """Its name in the store; sorts by case and product."""
        return Affected.key_of(self.case, self.asin)

    @property
    def active(self) -> tuple[Signal, ...]:
        """What is still going on."""
        return tuple(signal for signal in self.signals if signal.active)

    def signal(self, kind: str) -> Signal | None:
        """Return the signal of that kind."""
        return next((signal for signal in self.signals if signal.kind == kind), None)

    def with_signal(self, signal: Signal) -> Affected:
        """Return it with a signal in place of the one of its kind."""
        signals = [signal if known.kind == signal.kind else known for known in self.signals]
        if self.signal(signal.kind) is None:
            signals.append(signal)
        changed = msgspec.structs.replace(self, signals=tuple(signals))
        return msgspec.structs.replace(changed, rank=_rank(changed))

    @staticmethod
    def key_of(case: str, asin: str) -> str:
        """Return the key of a case's product."""
        return f"{case} {asin}"

    @staticmethod
    def untouched(case: str, marketplace: str, asin: str) -> Affected:
        """Return a product on which nothing goes on yet."""
        product = Watch.key_of(marketplace, asin) if asin else None
        return Affected(case=case, asin=asin, product=product)


RANKS = tuple(f"{over}{less}{other}" for over in (0, 1) for less in (0, 1, 2) for other in (0, 1))
"""All that a rank may say behind the case's key, the worst first."""


def _rank(on: Affected) -> str:
    active = on.active
    signals = active or on.signals
    worst = max(signal.severity for signal in signals)
    taken = any(signal.kind == BUY_BOX and signal.severity == worst for signal in signals)
    return f"{on.case} {int(not active)}{Severity.CRITICAL - worst}{int(not taken)}"


class Lead(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a case is called by: the worst of what goes on in it, or went on."""

    kind: str
    asin: str
    headline: str
    brief: str = ""
    severity: Severity

    @staticmethod
    def of(worst: Iterable[Affected]) -> Lead | None:
        """Return the lead among a case's worst products; of equals, the Buy Box's loss is worst."""
        signals = Signal.in_order(worst)
        if not signals:
            return None
        first = max(signals, key=lambda signal: (signal.severity, signal.kind == BUY_BOX))
        return Lead(
            kind=first.kind,
            asin=first.asin,
            headline=first.headline,
            brief=first.brief,
            severity=first.severity,
        )
