"""Discord: cards and forms as its messages and modals, and what comes back from them."""

from __future__ import annotations

CHAT = "discord"
"""The chat's name, as the store has it."""
