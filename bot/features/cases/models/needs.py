"""What a report on a case wants to rest on."""

from __future__ import annotations

import msgspec


class EvidenceNeed(msgspec.Struct, frozen=True, kw_only=True):
    """Something that Amazon wants to see, and what the case has of it."""

    name: str
    label: str
    why: str
    has: int

    @property
    def met(self) -> bool:
        """Tell whether the case has any."""
        return self.has > 0
