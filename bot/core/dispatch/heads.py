"""What messages are about, asked of the features: a head's name is the label of its subject."""

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


class WhatToType(Query[str], frozen=True):
    """What does a person type to see all about what is called so? Empty: nothing shows it."""

    label: str


def subject_of(message: str) -> str:
    """Return the label of what a message is about: ``C-12`` of ``C-12/3`` and of its head."""
    return message.partition("/")[0]
