"""A record of prices as it is looked at: from a moment on, and to where it is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.core.price_history import UNCHECKED, PriceChange


def within(known: Sequence[PriceChange], since: datetime) -> list[PriceChange]:
    """Leave out what was before ``since``; what was so then is so from there on."""
    later = [change for change in known if change.at > since]
    earlier = known[: len(known) - len(later)]
    if not earlier or not earlier[-1].state.checked:
        return later
    return [msgspec.structs.replace(earlier[-1], at=since), *later]


def ended(known: Sequence[PriceChange], seen_at: datetime) -> list[PriceChange]:
    """Say that nothing is known any more since the last look, where it was too long ago."""
    if not known or not known[-1].state.checked:
        return [*known]
    return [*known, PriceChange(max(seen_at, known[-1].at), UNCHECKED)]
