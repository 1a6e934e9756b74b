"""Time-stamps by authorities outside, over an entry of the custody log."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """An outside time-stamp (RFC 3161) over the hash of a custody entry."""

    case: str
    number: int
    """The entry's number: it and all before it existed then."""
    authority: str
    """The authority's host."""
    token: str
    """SHA-256 of the authority's answer in the vault."""
    at: datetime

    @property
    def key(self) -> str:
        """The stamp's name in the store."""
        return f"{self.case}-{self.number:06d}-{self.authority}"
