"""Parley, a chat of plain lines on a server of the team's own: JSON lines over one connection."""

from __future__ import annotations

CHAT = "parley"
"""The chat's name, as the store has it."""
