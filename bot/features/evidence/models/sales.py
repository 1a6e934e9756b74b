"""What order records show of the brand's own sales."""

from __future__ import annotations

from datetime import date

import msgspec


class Sales(msgspec.Struct, frozen=True, kw_only=True):
    """The brand's own units by day, and the days on which the other seller was there."""

    days: tuple[tuple[date, int], ...]
    since: date
    until: date
    sentence: str
    """What it means, in words."""
