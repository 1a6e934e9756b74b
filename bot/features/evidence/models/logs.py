"""How much evidence a case has."""

from __future__ import annotations

from datetime import datetime

import msgspec


class EvidenceLog(msgspec.Struct, frozen=True, kw_only=True):
    """How much evidence a case has, so that the next piece and entry find their place."""

    case: str
    items: int = msgspec.field(name="pieces", default=0)
    entries: int = 0
    """Of its custody log."""
    cleared: datetime | None = None
    """When the case was closed whose evidence was deleted, because the team keeps it no longer."""
