"""The chat as a local web page: the channel, its cards, threads, buttons and forms."""

from __future__ import annotations

CHAT = "web"
"""The chat's name, as the store has it."""
