"""What is done for a kind of job, and what follows when it comes to nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import msgspec

from bot.core.collections import Job
from bot.core.store import Transaction

FEW = 3


Run = Callable[[Job], Awaitable[None]]
"""Does a job; its own transaction ends it with ``take_off``."""


GaveUp = Callable[[Transaction, Job, str], Awaitable[None]]
"""Writes, in the transaction that ends a job, what follows when it came to nothing, and why."""


class JobHandler(msgspec.Struct, frozen=True):
    """What is done for a kind of job."""

    run: Run
    limit: timedelta = timedelta(minutes=2)
    """How long it may take before it counts as failed."""
    tries: int = FEW
    """So often it is tried before people are told that it came to nothing."""
    gave_up: GaveUp | None = None
