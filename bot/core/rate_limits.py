"""How many commands or notes a person may send in a minute: nobody floods the others."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass

from bot.core.interface import tr, tr_data
from bot.errors import UserError

MINUTE = 60.0
PERSONS = 1000
"""So many are remembered; whoever has sent nothing for the longest time is forgotten."""
COMMANDS, NOTES = 60, 30
"""By a person in a minute."""


class TooMany(UserError):
    """A person sends more than is taken; ``first`` of those that are refused in this minute."""

    default_message = "You are sending too much at once. Try again in a minute."

    def __init__(self, message: str = "", *, first: bool = False) -> None:
        """Say how long to wait."""
        super().__init__(message)
        self.first = first


@dataclass
class _Minute:
    began: float
    taken: int = 0


class RateLimit:
    """Counts what people send, from the first of it for a minute."""

    def __init__(self, most: int, what: str) -> None:
        """Take ``most`` of ``what`` of one person in a minute."""
        self._most = most
        self._what = what
        self._minutes: OrderedDict[str, _Minute] = OrderedDict()

    def take(self, person: str, now: float) -> None:
        """Count one; ``now`` is seconds that only grow.

        Raises:
            TooMany: the person has to wait.
        """
        minute = self._minutes.pop(person, None)
        if minute is None or now - minute.began >= MINUTE:
            minute = _Minute(now)
        self._minutes[person] = minute
        if len(self._minutes) > PERSONS:
            self._minutes.popitem(last=False)
        minute.taken += 1
        if minute.taken > self._most:
            wait = max(1, math.ceil(minute.began + MINUTE - now))
            what = tr_data(self._what)
            message = tr("Too many {what}. Try again in {wait} s.", what=what, wait=wait)
            raise TooMany(message, first=minute.taken == self._most + 1)
