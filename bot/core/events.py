"""What features hear and ask of each other, in the transaction in which it happens.

A feature knows only those before it in the order. What happens in it is told as an event, and the
features behind it say in their ``FEATURE`` what they do then. What a card of its own has to know
of them it asks; they say in the same place what they answer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from bot.core.store import Transaction

if TYPE_CHECKING:
    from bot.core.context import AppContext

E = TypeVar("E")
A = TypeVar("A")
Q = TypeVar("Q")

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


class Query(msgspec.Struct, Generic[A], frozen=True):
    """Something that a feature asks of those behind it; they answer with an ``A``."""


@dataclass(frozen=True)
class Responder:
    """What a feature answers when a query of that type is asked."""

    query: type[Any]
    answer: Callable[[AppContext, Transaction, Any], Awaitable[Any]]


def answers(
    query: type[Q], answer: Callable[[AppContext, Transaction, Q], Awaitable[Any]]
) -> Responder:
    """Have a feature answer such queries. One feature answers each type."""
    return Responder(query, answer)
