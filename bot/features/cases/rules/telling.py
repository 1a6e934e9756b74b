"""How often a thread hears of a case that is about many products."""

from __future__ import annotations

from datetime import datetime

from bot.features.cases.models.cases import Case
from bot.features.cases.rules.correlation import COOLDOWN

CROWD = 10
"""Up to so many products, a thread hears of each finding at once."""


def gathers(case: Case, at: datetime) -> bool:
    """Tell whether a finding waits for others, to be told in one line with them.

    A case on many products tells its thread of findings once in a while. What makes it worse, and
    its end, never wait.
    """
    return crowded(case) and case.going_on and _fresh(case, at)


def crowded(case: Case) -> bool:
    """Tell whether the case is about many products."""
    return case.tally.products > CROWD


def due(case: Case, at: datetime) -> bool:
    """Tell whether findings that were held back are to be told now."""
    return case.open and case.held > 0 and not case.snoozed(at) and not _fresh(case, at)


def _fresh(case: Case, at: datetime) -> bool:
    # A clock that was set back must not keep findings back.
    return case.told_at is not None and abs(at - case.told_at) < COOLDOWN
