"""What the heads of threads are about, asked of the features: a head's name is its label."""

from __future__ import annotations

import msgspec

from bot.core.events import Query


class Over(msgspec.Struct, frozen=True):
    """Something that a thread was about and that is over."""

    label: str
    """How people call it, and the name of its thread's head, for example ``C-12``."""
    point: str
    """What it was about, in a few words."""


class WhichAreOver(Query[tuple[Over, ...]], frozen=True):
    """Which of the threads with these heads are about something that is over? In their order."""

    heads: tuple[str, ...]
