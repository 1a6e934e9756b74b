"""discord.py's threads that keep a socket alive: each must have ended with its client."""

from __future__ import annotations

import threading

from discord.gateway import KeepAliveHandler

_AT_ONCE = 1.0
"""Seconds in which a thread ends that was told to."""


def beating() -> list[str]:
    """Return those that go on: a socket was left open, and at its next beat the loop is gone."""
    hearts = [each for each in threading.enumerate() if isinstance(each, KeepAliveHandler)]
    for heart in hearts:
        heart.join(_AT_ONCE)
    return [heart.name for heart in hearts if heart.is_alive()]
