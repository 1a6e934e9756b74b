"""Who got a case and may have to be reminded of it."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Assignment(msgspec.Struct, frozen=True, kw_only=True):
    """A case that was assigned; it is gone once its owner was reminded, or need not be."""

    case: str
    """The case's key."""
    assignee: str
    """Their id."""
    place: int
    """How many entries the case had then: what they did since stands behind it."""
    since: datetime
