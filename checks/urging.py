"""Has products looked at before their turn, and never so many that the others wait for it.

What was just told of a product is asked for like what a person waits for: doubts stay first, and a
batch keeps most of its places for products whose turn it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from checks.agenda import PollingAgenda, Urgency

AT_ONCE = 4
"""Products of one group that are ahead of their turn at the same time."""
APART = 10.0
"""Seconds between two such looks at one product: one change is told several times."""
MOST = 5000
"""So many products wait; what is beyond waits for its own turn."""


@dataclass
class _Wish:
    """A look that is wanted."""

    early: bool
    """The product is being asked for already, and that answer may not show it yet."""
    placed: bool = False


class Urging:
    """The products that are to be looked at soon, first come, first served."""

    def __init__(self, agenda: PollingAgenda, monotonic: Callable[[], float]) -> None:
        """Put them ahead in ``agenda``; ``monotonic`` tells seconds that only grow."""
        self._agenda = agenda
        self._now = monotonic
        self._wishes: dict[str, _Wish] = {}
        self._rested: dict[str, float] = {}
        """By product, from when on it may be looked at before its turn again."""

    def __len__(self) -> int:
        return len(self._wishes)

    def want(self, key: str, *, under_way: bool) -> None:
        """Have the product looked at soon; ``under_way``: it is being asked for at the moment."""
        known = self._wishes.get(key)
        if known is not None:
            known.early |= under_way
        elif len(self._wishes) < MOST:
            self._wishes[key] = _Wish(early=under_way)

    def looked(self, key: str, *, seen: bool) -> None:
        """Take note that the product was asked for; ``seen``: and that this was answered."""
        wish = self._wishes.get(key)
        if wish is None:
            return
        if wish.placed or not seen:
            self._rested[key] = self._now() + APART
        if seen and not wish.early:
            del self._wishes[key]
        wish.early = wish.placed = False

    def forget(self, key: str) -> None:
        """Look at it no more."""
        self._wishes.pop(key, None)
        self._rested.pop(key, None)

    def place(self) -> None:
        """Put as many products before their turn as there is room for.

        One that is in doubt has a better place already, and one that is being asked for has none.
        """
        now = self._now()
        self._rested = {key: until for key, until in self._rested.items() if until > now}
        ahead = Counter(
            self._agenda.group(key) for key, wish in self._wishes.items() if wish.placed
        )
        for key, wish in self._wishes.items():
            group = self._agenda.group(key)
            if wish.placed or key in self._rested or group is None or ahead[group] >= AT_ONCE:
                continue
            if self._agenda.urgency(key) is Urgency.REGULAR:
                self._agenda.put(key, group, Urgency.DEMAND, now)
                wish.placed = True
                ahead[group] += 1
