"""Slack: cards and forms as Block Kit, and what comes back from it."""

from __future__ import annotations

CHAT = "slack"
"""The chat's name, as the store has it."""
