"""Money: a decimal amount with its currency; never a float."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import msgspec

WITHOUT_CENTS = frozenset({"JPY"})
"""Currencies that are written without decimal places."""

LARGEST = Decimal(10) ** 9
"""No offer costs more; a larger figure is an error of whoever sent it."""


class Money(msgspec.Struct, frozen=True, array_like=True):
    """An amount of one currency (ISO 4217 code, for example ``USD``)."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        """Show it as people read it: ``USD 24.99``."""
        return f"{self.currency} {self.figure}"

    @property
    def figure(self) -> str:
        """The amount as people read it, beside another of the same currency: ``24.99``."""
        places = Decimal(1) if self.currency in WITHOUT_CENTS else Decimal("0.01")
        return f"{self.amount.quantize(places, ROUND_HALF_UP):,}"

    def __add__(self, other: Money) -> Money:
        """Add an amount of the same currency."""
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        """Subtract an amount of the same currency."""
        return Money(self.amount - self._same(other), self.currency)

    def times(self, count: int) -> Money:
        """Return ``count`` times this amount."""
        return Money(self.amount * count, self.currency)

    def share(self, percent: int) -> Money:
        """Return so many percent of it."""
        return Money(self.amount * percent / 100, self.currency)

    def below(self, other: Money) -> bool:
        """Tell whether this is less; amounts of two currencies are never compared as less."""
        return self.currency == other.currency and self.amount < other.amount

    def percent_below(self, ours: Money) -> int | None:
        """Say by how many whole percent it undercuts ``ours``; None where it does not."""
        if ours.amount <= 0 or not self.below(ours):
            return None
        return int(100 * (ours.amount - self.amount) / ours.amount)

    def _same(self, other: Money) -> Decimal:
        if other.currency != self.currency:
            message = f"{self.currency} and {other.currency} cannot be added."
            raise ValueError(message)
        return other.amount
