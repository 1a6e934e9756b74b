"""Closing a case, as a person asks for it."""

from __future__ import annotations

import msgspec

from bot.features.cases.models.cases import TRUSTING, CloseReason


class ClosingInput(msgspec.Struct, frozen=True, kw_only=True):
    """Which case is to be closed, and why."""

    case: str
    """Its key."""
    reason: CloseReason
    note: str = ""
    """What the next person should know."""

    @property
    def trusts(self) -> bool:
        """Tell whether its seller is trusted from then on."""
        return self.reason in TRUSTING
