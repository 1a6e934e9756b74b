"""What a feature does by itself, again and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.core.context import AppContext
from bot.core.scheduler import Work

DUE = timedelta(seconds=20)
"""How often a feature looks whether anything of its own is due by the clock."""


class Ticking(Protocol):
    """Does what is due. Nothing about it is stored: it finds what is left to do after a restart."""

    async def tick(self, key: str = "", /) -> None:
        """Do all that is due, and let other work have its turn meanwhile."""
        ...


@dataclass(frozen=True)
class PeriodicTask:
    """Work that begins in every period, never twice at once."""

    work: Work
    make: Callable[[AppContext], Ticking]
    period: timedelta
