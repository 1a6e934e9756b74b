"""Killing a product again and again: one folder, one world, one chat."""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from adapters.simulator import Marketplace, SettableClock
from tests.journeys.busy_world import busy_scenario
from tests.journeys.chat_platform import ChatPlatform
from tests.journeys.lives import Parent, parent
from tests.journeys.victim import PRODUCTS

VICTIM = "tests.journeys.victim"
EVENTS_A_SECOND = 16
LONGEST_LIFE = 0.3
"""Seconds, of a life that ends at any moment."""
LATEST = 10.0
"""Seconds after which a life ends, if what it is to end in does not come about."""
STEP = 0.02
SECONDS_A_LIFE, SECONDS = 3, 20
"""The world's story: so many seconds for each life, and some in addition."""
TEN_LIVES = ("anywhen",) * 6 + ("posting",) * 3 + ("compacting",)
"""What the kills come in the middle of, in any order."""


@dataclass
class Trial:
    """One product and all that is around it. ``counts`` tells in what state the kills found it."""

    folder: Path
    clock: SettableClock
    market: Marketplace
    chat: ChatPlatform
    chance: Random
    parent: Parent
    said: list[list[str]]
    """What the product confirmed: ``did`` or ``again``, the interaction, its case, its effect."""
    counts: Counter[str] = field(default_factory=Counter)
    counted: int = 0
    """How much of what was said is counted."""
    moments: list[str] = field(default_factory=list)
    """What the next lives are to end in, the next one last."""

    async def live_and_die(self) -> None:
        """Let the product live for a random while, kill it, and wait until it is gone."""
        pid = await self.parent.born()
        dead = asyncio.Event()

        def kill() -> None:
            dead.set()
            os.kill(pid, signal.SIGKILL)

        passing = asyncio.create_task(self._pass())
        moments = {
            "anywhen": self._anywhen,
            "posting": self._posting,
            "compacting": self._compacting,
        }
        await moments[self._moment()](kill, dead)
        if not dead.is_set():
            kill()
        self.counts["kills"] += 1
        self.counts["in a compaction"] += self._new_log.exists()
        passing.cancel()
        await self.parent.killed()

    async def drain(self) -> None:
        """Let the product live until nothing is left to do, and end."""
        await self.parent.drain()
        self.count_what_was_said()

    def acknowledged(self) -> list[list[str]]:
        """Return interaction, case and effect of all that was confirmed to the team."""
        return [words[1:] for words in self.said if words[0] in ("did", "again")]

    @property
    def _new_log(self) -> Path:
        return self.folder / "store" / "brandwarden.new"

    def _moment(self) -> str:
        """Return what the next life is to end in."""
        if not self.moments:
            self.moments += self.chance.sample(TEN_LIVES, len(TEN_LIVES))
        return self.moments.pop()

    async def _anywhen(self, _: object, dead: asyncio.Event) -> None:
        await self._until(dead, self.chance.uniform(0, LONGEST_LIFE))

    async def _posting(self, kill: Callable[[], None], dead: asyncio.Event) -> None:
        """Die when some message has arrived and its answer has not."""
        self.chat.after_posts(self.chance.randrange(1, 12), kill)
        await self._until(dead, LATEST)
        self.chat.after_posts(0, lambda: None)
        self.counts["with a message in flight"] += dead.is_set()

    async def _compacting(self, _: object, dead: asyncio.Event) -> None:
        """Die as soon as a new log is seen beside the old one."""
        loop = asyncio.get_running_loop()
        latest = loop.time() + LATEST
        while loop.time() < latest and not self._new_log.exists():
            await self._until(dead, 0.0005)

    async def _until(self, dead: asyncio.Event, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(dead.wait(), seconds)

    async def _pass(self) -> None:
        """Let the world's time pass, an event with each step, until the life ends."""
        while True:
            self.clock.advance(1 / EVENTS_A_SECOND)
            await asyncio.sleep(STEP)

    def count_what_was_said(self) -> None:
        """Count it, and in what state each life found what the one before had left."""
        new, self.counted = self.said[self.counted :], len(self.said)
        for first, *rest in new:
            self.counts[first] += 1
            if first == "woken":
                pending, sending = (int(word) for word in rest)
                self.counts["before a claim"] += pending > 0
                self.counts["after a claim"] += sending > 0


@asynccontextmanager
async def trial(folder: Path, seed: int, lives: int) -> AsyncIterator[Trial]:
    """Make a world for so many lives, and start what will live in it."""
    chance = Random(seed)
    clock = SettableClock()
    seconds = SECONDS + lives * SECONDS_A_LIFE
    scenario = busy_scenario(chance, PRODUCTS, seconds, EVENTS_A_SECOND)
    said: list[list[str]] = []
    async with (
        Marketplace(scenario, clock=clock, quota_scale=None) as market,
        ChatPlatform(chance) as chat,
        parent(folder, VICTIM, str(folder), market.base_url, chat.url, note=said.append) as living,
    ):
        yield Trial(folder, clock, market, chat, chance, living, said)
