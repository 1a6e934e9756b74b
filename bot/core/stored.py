"""What was stored is read as it is: its limits were those of the day on which it was made.

A type that checks limits when it is built, such as a card's budget, would otherwise decide whether
the team's data opens: the first limit that is lowered would shut it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_reading: ContextVar[bool] = ContextVar("reading what was stored", default=False)


@contextmanager
def as_stored() -> Iterator[None]:
    """Build values inside the block without checking limits."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def is_stored() -> bool:
    """Tell whether what is built just now was stored: limits are not checked."""
    return _reading.get()
