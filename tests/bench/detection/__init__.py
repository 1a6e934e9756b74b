"""How long hijacks go unseen: the product's own monitor on its real store, in virtual time.

Hijacks come to each product at a rate of its own, lognormal over the products or of another shape,
and stay two hours or longer. Scored are the gaps between looks, as expected waits: how often a
product was attacked by chance does not count. The bound is what nobody can beat who knows all
rates: even gaps in the proportion of their square roots. Beside it, in the same run and on the same
world, stand the circle, the learning limit (who knows how rates lie apart, and of each hijack at
once), and who knows the rates (the oracle): all of them by full looks alone. Behind the bound
stands how many hijacks are over before anybody looks.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Iterator, Sequence

import structlog

from tests.bench.detection.monitored import monitored
from tests.bench.detection.policies import circle, learning_limit, oracle
from tests.bench.detection.world import (
    CHEAP,
    DAY,
    LOGNORMAL,
    NONE,
    SHAPES,
    Score,
    Trial,
    World,
)

WEEK = 7
"""Days."""

POLICIES: dict[str, Callable[[World], Score]] = {
    "Brandwarden": monitored,
    "circle": circle,
    "learning limit": learning_limit,
    "oracle": oracle,
}


def table(trial: Trial) -> Iterator[str]:
    """Give a line for each policy: multiples of the bound by week, and over all days."""
    weeks = [(first, min(first + WEEK, trial.days)) for first in range(0, trial.days, WEEK)]
    heads = [f"d {first}-{last}" for first, last in weeks]
    world = World(trial)
    yield f"{trial}, bound {world.bound * DAY:.0f} s"
    yield "".join(f"{head:>16}" for head in ("", *heads, "all"))
    for name, policy in POLICIES.items():
        score = policy(world)
        told = [
            f"{score.over(*each):.3f}, {score.never_seen(*each):5.1%}"
            for each in (*weeks, (0, trial.days))
        ]
        yield "".join((f"{name:>16}", *(f"{each:>16}" for each in told)))


def main(arguments: Sequence[str]) -> None:
    """Print the table of one trial."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench detection", description=__doc__)
    parser.add_argument("--products", type=int, default=1_000)
    parser.add_argument("--sigma", type=float, default=1.5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=21)
    parser.add_argument("--rate", type=float, default=0.2, help="products a second")
    parser.add_argument("--hint", type=float, default=0.0, help="what a first look tells of rates")
    parser.add_argument("--cheap", choices=CHEAP, default=NONE, help="cheap looks, and their cost")
    parser.add_argument("--shape", choices=SHAPES, default=LOGNORMAL, help="how rates lie apart")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    for line in table(Trial(**vars(parser.parse_args(arguments)))):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
