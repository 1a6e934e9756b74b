"""All patrols of a program, which share nothing but the clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bot.core.listing import Watch
from bot.core.patrols import PatrolState, PatrolSubject, scope_of
from bot.features.watchlist.models.health import SourceFault
from checks.patrol import Patrol


class Patrols:
    """The patrols by their subjects, at most one of each."""

    def __init__(self) -> None:
        """Begin with none."""
        self._all: dict[PatrolSubject, Patrol[Any]] = {}

    def __iter__(self) -> Iterator[Patrol[Any]]:
        return iter(self._all.values())

    def add(self, patrol: Patrol[Any]) -> None:
        """Send this one out, too."""
        self._all[patrol.question.subject] = patrol

    def follow(self, watch: Watch) -> None:
        """Ask for the product from now on, as far as it is concerned."""
        for patrol in self:
            patrol.follow(watch)

    def forget(self, key: str) -> None:
        """Ask for the product no more."""
        for patrol in self:
            patrol.forget(key)

    def look_soon(self, subject: PatrolSubject, *keys: str) -> None:
        """Ask this question of the products before all others, where it is asked at all."""
        if patrol := self._all.get(subject):
            patrol.look_soon(*keys)

    def pass_over(self, subject: PatrolSubject, key: str) -> None:
        """Let its next turn come a whole gap from now: what it is asked for was told already."""
        if patrol := self._all.get(subject):
            patrol.pass_over(key)

    def age(self, subject: PatrolSubject, key: str) -> float | None:
        """Return how old the last answer of a product to this question is; None: there is none."""
        patrol = self._all.get(subject)
        return patrol.age(key) if patrol else None

    def resume(self, faults: Iterable[SourceFault]) -> None:
        """Take up what could not be asked before a stop of the program."""
        known = {fault.scope: fault for fault in faults}
        for patrol in self:
            for state in patrol.states():
                fault = known.get(scope_of(patrol.question.subject, state.region))
                if fault is not None:
                    patrol.resume(state.region, fault.why, fault.since)

    def send(self) -> None:
        """Send what the quotas take now."""
        for patrol in self:
            patrol.send()

    def faults(self) -> dict[str, str]:
        """Return why something cannot be asked, by the names under which that is stored."""
        return {scope: why for patrol in self for scope, why in patrol.faults().items()}

    def states(self) -> list[PatrolState]:
        """Return how far each comes in each region."""
        return [state for patrol in self for state in patrol.states()]

    async def settle(self) -> None:
        """Wait until all that is asked for is answered and recorded."""
        for patrol in self:
            await patrol.under_way.settle()

    async def stop(self) -> None:
        """Give up what is asked for; all of it is asked for again after a start."""
        for patrol in self:
            await patrol.under_way.stop()
