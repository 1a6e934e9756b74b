"""On which days the digest was posted, so that each day has one."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from bot.core.money import Money
from bot.core.vault import NOTHING_KEPT, VaultHead

REMEMBERED = 8
"""Days that are remembered: a clock may be set back and forward over some of them."""


class DigestFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a digest says besides the cases that it names."""

    losses: tuple[Money, ...] = ()
    """What all open cases may cost a day, by currency."""
    uncalled: int = 0
    """For how many alerts on-call was not mentioned, because that was often enough."""
    vault: VaultHead = NOTHING_KEPT


class DigestDays(msgspec.Struct, frozen=True, kw_only=True):
    """The last days on which a digest was posted."""

    name: str = "now"
    days: tuple[date, ...] = ()
    """As they were posted."""
    doubtful: frozenset[date] = frozenset()
    """Those of them on which the clock may have been ahead."""

    def known(self, today: date) -> DigestDays:
        """Return it without days that have not come: a clock that was ahead told of them."""
        came = tuple(day for day in self.days if day <= today or day not in self.doubtful)
        return msgspec.structs.replace(self, days=came, doubtful=self.doubtful & set(came))

    def last_before(self, today: date) -> date:
        """Return the day from which today's digest goes on."""
        return max((day for day in self.days if day < today), default=today - timedelta(days=1))

    def posted(self, today: date, *, in_doubt: bool) -> DigestDays:
        """Note today's digest."""
        days = (*self.days, today)[-REMEMBERED:]
        doubtful = self.doubtful | ({today} if in_doubt else frozenset())
        return msgspec.structs.replace(self, days=days, doubtful=doubtful & set(days))
