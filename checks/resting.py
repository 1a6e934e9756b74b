"""Products that are not asked for again before some second. Pure."""

from __future__ import annotations

import heapq
from collections.abc import Iterator


class Resting:
    """Products that rest, each with the turn that it takes up afterwards."""

    def __init__(self) -> None:
        """Begin with none."""
        self._turns: dict[str, tuple[float, float]] = {}
        """By product: until when it rests, and its turn."""
        self._order: list[tuple[float, str]] = []

    def __contains__(self, key: str) -> bool:
        return key in self._turns

    def put(self, key: str, until: float, turn: float) -> None:
        """Let a product rest."""
        self._turns[key] = (until, turn)
        heapq.heappush(self._order, (until, key))

    def remove(self, key: str) -> None:
        """Let it rest no more."""
        self._turns.pop(key, None)

    def rested(self, now: float) -> Iterator[tuple[str, float]]:
        """Take out those that have rested; yield each with its turn."""
        while self._order and self._order[0][0] <= now:
            until, key = heapq.heappop(self._order)
            known = self._turns.get(key)
            # It may have been taken out since, and rest again until later.
            if known is not None and known[0] == until:
                del self._turns[key]
                yield key, known[1]
