"""What features hear of each other: an event is told in the transaction in which it happens.

A feature knows only those before it in the order. What happens in it is told as an event, and the
features behind it say in their ``FEATURE`` what they do then.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from bot.core.ports import Transaction

if TYPE_CHECKING:
    from bot.core.context import AppContext

E = TypeVar("E")

Hear = Callable[["AppContext", Transaction, E], Awaitable[None]]
"""Does what follows from an event, in its transaction."""


@dataclass(frozen=True)
class Listener:
    """What a feature does when an event of that type happens."""

    event: type[Any]
    hear: Hear[Any]


def on(event: type[E], hear: Hear[E]) -> Listener:
    """Have a feature hear of such events."""
    return Listener(event, hear)
