"""When each product of a patrol is asked for next: around and around, or before all others. Pure.

A turn is no second of a clock: the product with the lowest one is next, as soon as a quota takes
it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from checks.agenda import Group, PollingAgenda, Urgency
from checks.resting import Resting


class TakenTurn(NamedTuple):
    """A product whose time has come."""

    key: str
    soon: bool
    """It came before those whose turn it was."""
    turn: float
    """Its own, or the one that its region had reached when it was taken before its time."""


class TurnOrder:
    """Every product at most once, with what it waits for."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """Begin with none; ``monotonic`` tells seconds that only grow."""
        self._now = monotonic
        self._agenda = PollingAgenda()
        self._resting = Resting()
        self._groups: dict[str, Group] = {}
        self._reached: dict[str, float] = {}
        """By region, the turn of the product that was taken last."""

    def __contains__(self, key: str) -> bool:
        return key in self._groups

    def regions(self) -> set[str]:
        """Return the regions in which products wait, or waited."""
        return self._agenda.regions()

    def reached(self, region: str) -> float:
        """Return how far the region has come: the turn that it took last."""
        return self._reached.get(region, 0.0)

    def wait_for(self, key: str, group: Group, turn: float, until: float = -math.inf) -> None:
        """Let a product wait for its turn, and until that second at least."""
        self.remove(key)
        self._groups[key] = group
        if until > self._now():
            self._resting.put(key, until, turn)
        else:
            self._agenda.put(key, group, Urgency.REGULAR, turn)

    def wait_soon(self, key: str, group: Group, after: float = 0.0) -> None:
        """Let a product come before those whose turn it is, once so many seconds are over."""
        self.remove(key)
        self._groups[key] = group
        self._agenda.put(key, group, Urgency.CONFIRMATION, self._now() + after)

    def remove(self, key: str) -> None:
        """Let a product wait no more."""
        self._agenda.remove(key)
        self._resting.remove(key)
        self._groups.pop(key, None)

    def waits_for_turn(self, key: str) -> bool:
        """Tell whether a product waits for nothing but its turn."""
        return self._agenda.urgency(key) is Urgency.REGULAR

    def take(self, region: str, places: int) -> list[TakenTurn]:
        """Take products of one marketplace, those that are to come soon before others."""
        self._wake()
        heads = [
            (urgency, *head, group)
            for group in self._agenda.groups(region, own=False)
            for urgency in (Urgency.CONFIRMATION, Urgency.REGULAR)
            for head in self._first(group, urgency, 1)
        ]
        if not heads:
            return []
        first, turn, _, group = min(heads)
        if first is Urgency.REGULAR:
            self._reached[region] = turn
        soon = [
            TakenTurn(key, soon=True, turn=self.reached(region))
            for _, key in self._first(group, Urgency.CONFIRMATION, places)
        ]
        regular = [
            TakenTurn(key, soon=False, turn=turn)
            for turn, key in self._first(group, Urgency.REGULAR, places - len(soon))
        ]
        taken = [*soon, *regular]
        for each in taken:
            self.remove(each.key)
        return taken

    def _wake(self) -> None:
        for key, turn in self._resting.rested(self._now()):
            self._agenda.put(key, self._groups[key], Urgency.REGULAR, turn)

    def _first(self, group: Group, urgency: Urgency, limit: int) -> list[tuple[float, str]]:
        until = math.inf if urgency is Urgency.REGULAR else self._now()
        return self._agenda.first(group, urgency, until, limit)
