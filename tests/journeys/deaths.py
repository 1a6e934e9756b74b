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

from adapters.marketplace import Marketplace, SettableClock
from tests.journeys.busy_world import busy_scenario
from tests.journeys.chat_platform import ChatPlatform
from tests.journeys.lives import Parent, parent
from tests.journeys.victim import PRODUCTS

VICTIM = "tests.journeys.victim"
EVENTS_A_LIFE = 16
LONGEST_LIFE = 0.3
"""Seconds."""
STEP = 0.02


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

    async def live_and_die(self) -> None:
        """Let the product live for a random while, kill it, and wait until it is gone."""
        pid = await self.parent.born()
        dead = asyncio.Event()

        def kill() -> None:
            dead.set()
            os.kill(pid, signal.SIGKILL)

        passing = asyncio.create_task(self._pass_a_second())
        moment = self.chance.choices((self._anywhen, self._posting, self._compacting), (6, 3, 1))
        await moment[0](kill, dead)
        if not dead.is_set():
            kill()
        self.counts["kills"] += 1
        self.counts["in a compaction"] += self._new_log.exists()
        passing.cancel()
        await self.parent.killed()

    async def drain(self) -> None:
        """Let the product live until nothing is left to do, and end."""
        await self.parent.drain()
        self._count_what_was_said()

    def acknowledged(self) -> list[list[str]]:
        """Return interaction, case and effect of all that was confirmed to the team."""
        return [words[1:] for words in self.said if words[0] in ("did", "again")]

    @property
    def _new_log(self) -> Path:
        return self.folder / "store" / "brandwarden.new"

    async def _anywhen(self, _: object, dead: asyncio.Event) -> None:
        await self._until(dead, self.chance.uniform(0, LONGEST_LIFE))

    async def _posting(self, kill: Callable[[], None], dead: asyncio.Event) -> None:
        """Die when some message has arrived and its answer has not."""
        self.chat.after_posts(self.chance.randrange(1, 12), kill)
        await self._until(dead, 2 * LONGEST_LIFE)
        self.chat.after_posts(0, lambda: None)
        self.counts["with a message in flight"] += dead.is_set()

    async def _compacting(self, _: object, dead: asyncio.Event) -> None:
        """Die as soon as a new log is seen beside the old one."""
        loop = asyncio.get_running_loop()
        latest = loop.time() + 2 * LONGEST_LIFE
        while loop.time() < latest and not self._new_log.exists():
            await self._until(dead, 0.0005)

    async def _until(self, dead: asyncio.Event, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(dead.wait(), seconds)

    async def _pass_a_second(self) -> None:
        """Let a second of the world's time pass during this life, whenever it ends."""
        for _ in range(EVENTS_A_LIFE):
            self.clock.advance(1 / EVENTS_A_LIFE)
            await asyncio.sleep(STEP)

    def _count_what_was_said(self) -> None:
        for first, *rest in self.said:
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
    scenario = busy_scenario(chance, PRODUCTS, lives, EVENTS_A_LIFE)
    said: list[list[str]] = []
    async with (
        Marketplace(scenario, clock=clock, quota_scale=None) as market,
        ChatPlatform(chance) as chat,
        parent(folder, VICTIM, str(folder), market.base_url, chat.url, note=said.append) as living,
    ):
        yield Trial(folder, clock, market, chat, chance, living, said)
