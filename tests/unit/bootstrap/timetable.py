"""A scheduler that runs what is registered when a test wants."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.core.scheduler import WorkHealth


class Timetable:
    """Runs registered work when a test wants."""

    def __init__(self) -> None:
        self.works: dict[str, Callable[[str], Awaitable[None]]] = {}

    def handle(self, name: str, work: Callable[[str], Awaitable[None]], label: str = "") -> None:
        assert label
        self.works[name] = work

    def every(self, period: timedelta, name: str) -> None:
        assert period
        assert name in self.works

    def trigger(self, name: str, key: str = "") -> None:
        raise NotImplementedError

    def health(self) -> tuple[WorkHealth, ...]:
        raise NotImplementedError
