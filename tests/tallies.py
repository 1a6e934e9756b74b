"""What a case's tally must be, counted from the beginning."""

from __future__ import annotations

from collections.abc import Iterable

from bot.features.cases.models.signals import Affected
from bot.features.cases.models.tally import Tally


def tally_of(affected: Iterable[Affected]) -> Tally:
    """Count all products of a case."""
    tally = Tally()
    for each in affected:
        tally = tally.with_change(None, each)
    return tally
