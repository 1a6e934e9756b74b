"""The head of the vault's log, as it is kept apart from the vault."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.vault import NOTHING_KEPT, VaultHead

VAULT = "vault"
"""The one vault's name."""


class VaultAnchor(msgspec.Struct, frozen=True, kw_only=True):
    """What the log of the vault must still have, and when that was looked at."""

    name: str = VAULT
    head: VaultHead = NOTHING_KEPT
    """The last entry that was told to people: in a digest, in a packet."""
    verified_at: datetime | None = None
