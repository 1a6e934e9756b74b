"""How much evidence a case has."""

from __future__ import annotations

import msgspec


class EvidenceLog(msgspec.Struct, frozen=True, kw_only=True):
    """How much evidence a case has, so that the next piece and entry find their place."""

    case: str
    items: int = msgspec.field(name="pieces", default=0)
    entries: int = 0
    """Of its custody log."""
