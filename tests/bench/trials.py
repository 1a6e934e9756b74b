"""Bots that are asked in turn, round by round: how long each takes, and how much work it has."""

from __future__ import annotations

import statistics
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field

from tests.bench.bots import Process
from tests.bench.measure import Series, alternate

Act = Callable[[], Awaitable[float]]
"""Lets a person do something, and returns the seconds until the bot took it."""


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    commands: int = 100
    """In a round, one after the other."""
    rounds: int = 5


@dataclass
class Trial:
    """One bot, what is done to it, and what that took in each round: ms, and us a command."""

    act: Act
    process: Process
    p50s: list[float] = field(default_factory=list)
    p99s: list[float] = field(default_factory=list)
    cpus: list[float] = field(default_factory=list)

    async def round(self, commands: int) -> float:
        """Do it so many times, one after the other."""
        before = await self.process.cpu()
        took = sorted([1e3 * await self.act() for _ in range(commands)])
        self.cpus.append(1e6 * (await self.process.cpu() - before) / commands)
        self.p99s.append(took[round(0.99 * (commands - 1))])
        self.p50s.append(statistics.median(took))
        return self.p50s[-1]


@dataclass(frozen=True)
class Took:
    """What one bot took in the rounds that count."""

    p50: Series
    p99: Series
    cpu: Series


async def alternated(
    sizes: Sizes, opening: Mapping[str, AbstractAsyncContextManager[Trial]]
) -> dict[str, Took]:
    """Let all bots run, and measure each in each round."""
    async with AsyncExitStack() as stack:
        trials = {name: await stack.enter_async_context(each) for name, each in opening.items()}
        measures = {name: _measure(trial, sizes) for name, trial in trials.items()}
        await alternate(sizes.rounds, measures)
    return {name: _took(trial, sizes.rounds) for name, trial in trials.items()}


def _measure(trial: Trial, sizes: Sizes) -> Callable[[], Awaitable[float]]:
    return lambda: trial.round(sizes.commands)


def _took(trial: Trial, rounds: int) -> Took:
    several = (trial.p50s, trial.p99s, trial.cpus)
    return Took(*(Series(tuple(values[-rounds:])) for values in several))
