"""Threads of messages go out and people act, while one thing after the other goes wrong."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from bot.core.collections import OUTBOX
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.features.cases.collections import ENTRIES
from tests.journeys.told import write
from tests.patience import PATIENCE
from tests.unit.conftest import Team

PAUSE = 0.005
"""Seconds between two rounds of the sender; thirty seconds of the team's time pass in one."""
NOTE = "Number {} of them."

Until = Callable[[Callable[[], Any], float], Awaitable[Any]]
Blow = Callable[[], Awaitable[None] | None]
"""Makes one thing go wrong: at once, or with the next message."""
Note = Callable[[str], Awaitable[None]]
"""Lets a person write it down, in a command."""


@dataclass
class Storm:
    """With each blow a thread more is to be told, and a note more is written."""

    team: Team
    dispatcher: OutboxDispatcher
    blows: Sequence[Blow]
    until: Until
    injected: Counter[str]
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def count(self) -> int:
        return len(self.blows)

    async def rage(self, note: Note) -> None:
        """Let all of it happen, until everything is told."""
        await asyncio.gather(self._send(), self._blow(note))

    async def check_notes(self) -> None:
        """Look whether each note was written down once."""
        entries = await self.team.app.store.page(ENTRIES, limit=1000)
        notes = Counter(entry.text for entry in entries if "Number" in entry.text)
        wanted = [f"Ana: {NOTE.format(number)}" for number in range(1, self.count + 1)]
        assert notes == Counter(wanted)

    async def _blow(self, note: Note) -> None:
        for number, blow in enumerate(self.blows, 1):
            struck = partial(self._more_than, self.injected.total())
            if done := blow():
                await done
            await write(self.team.app, number, only=self.dispatcher.name)
            await note(NOTE.format(number))
            await self.until(struck, PATIENCE)
        self.over.set()

    def _more_than(self, before: int) -> bool:
        return self.injected.total() > before

    async def _send(self) -> None:
        while not self.over.is_set() or await self.team.app.store.count(
            OUTBOX, "chat", self.dispatcher.name
        ):
            self.team.clock.advance(seconds=30)
            await self.dispatcher.deliver()
            await asyncio.sleep(PAUSE)
