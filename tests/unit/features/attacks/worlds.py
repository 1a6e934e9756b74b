"""Invented incidents: one, a quiet past, and a world in which campaigns are planted."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import exp

from bot.core.labeled import AttackKind
from bot.features.attacks.models import Incident

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
"""A Wednesday."""
KINDS = tuple(kind for kind in AttackKind if kind is not AttackKind.COPYCAT)
"""What comes by chance: a copycat is logged when somebody looks through a search."""

CAMPAIGN, RETURNING, STUBBORN = "A1CAMPAIGN0001", "A2RETURNING001", "A3STUBBORN0001"
BURST = datetime(2026, 11, 3, 9, tzinfo=UTC)
"""In the week of Monday, 2 November."""


def incident(
    ref: str,
    at: datetime = NOW - timedelta(hours=1),
    method: AttackKind = AttackKind.FOLLOW_UP,
    source: str = "",
    asins: tuple[str, ...] = (),
    *,
    timed: bool = True,
    decided: bool = True,
    reported: bool = False,
) -> Incident:
    return Incident(
        at=at,
        method=method,
        source=source,
        asins=asins,
        ref=ref,
        timed=timed,
        decided=decided,
        reported=reported,
    )


def poisson(rng: random.Random, mean: float) -> int:
    """Draw a count (Knuth)."""
    count, left = 0, rng.random()
    while left > exp(-mean):
        count += 1
        left *= rng.random()
    return count


def background(seed: int, weeks: int, rate: float, sources: int = 1_000_000) -> Iterator[Incident]:
    """Give so many weeks of incidents that have nothing to do with one another."""
    rng = random.Random(seed)
    for week in range(weeks):
        for number in range(poisson(rng, rate)):
            yield incident(
                f"C-{seed}-{week}-{number}",
                NOW - timedelta(days=7 * week + 7 * rng.random()),
                rng.choice(KINDS),
                rng.choice(["", f"A{rng.randrange(sources):010d}"]),
                tuple(f"B{rng.randrange(500):09d}" for _ in range(rng.randrange(3))),
            )


def planted(seed: int) -> list[Incident]:
    """Return a year of noise in which are a campaign, a burst, and three who come back."""
    found = list(background(seed, 60, 1.0))
    for place in range(4):
        at = NOW - timedelta(days=30 - 3 * place)
        found.append(incident(f"A-{place}", at, source=CAMPAIGN, asins=(f"B0HIT{place:05d}",)))
    for place in range(12):
        at = BURST + timedelta(hours=7 * place)
        found.append(incident(f"A-1{place:02d}", at, AttackKind.REVIEW_BOMBING))
    for place, days in enumerate((60, 5)):
        at = NOW - timedelta(days=days)
        found.append(incident(f"A-2{place}", at, AttackKind.PHISHING, RETURNING))
    for place in range(3):
        at = NOW - timedelta(days=50 - 6 * place)
        found.append(incident(f"A-3{place}", at, AttackKind.RETURNS, STUBBORN, ("B0ONE00001",)))
    random.Random(seed).shuffle(found)
    return found
