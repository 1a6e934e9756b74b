"""What may be asked of the process that has the data, and how it is written down."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import msgspec

Q = TypeVar("Q", bound=msgspec.Struct)
A = TypeVar("A", bound=msgspec.Struct)

SOCKET = "control.sock"
"""The socket's file in the data folder."""
LARGEST = 2_000_000
"""Bytes of a question and of an answer; who has more to say asks several times."""
LINE_END = b"\n"
"""Ends what is said: JSON has none in it."""


@dataclass(frozen=True)
class Operation(Generic[Q, A]):
    """Something that can be asked under a name."""

    name: str
    question: type[Q]
    answer: type[A]


Handler = Callable[[Q], Awaitable[A]]
"""Answers a question; raises BrandwardenError with words for the person who asked."""


class Asked(msgspec.Struct, frozen=True):
    """A question as it is sent."""

    name: str
    question: msgspec.Raw


class Answered(msgspec.Struct, frozen=True, tag=True):
    """An answer as it is sent."""

    answer: msgspec.Raw


class Refused(msgspec.Struct, frozen=True, tag=True):
    """Why there is no answer, for the person who asked."""

    why: str


class Unknown(msgspec.Struct, frozen=True, tag=True):
    """The question is none that this version knows."""


Outcome = Answered | Refused | Unknown


class Operations:
    """The operations that are answered here, by name."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known: dict[str, tuple[Operation[Any, Any], Handler[Any, Any]]] = {}

    def add(self, operation: Operation[Q, A], handler: Handler[Q, A]) -> None:
        """Answer the operation with the handler."""
        self._known[operation.name] = (operation, handler)

    def find(self, name: str) -> tuple[Operation[Any, Any], Handler[Any, Any]] | None:
        """Return the operation of that name and what answers it."""
        return self._known.get(name)

    async def ask(self, operation: Operation[Q, A], question: Q) -> A:
        """Answer in this process."""
        _, handler = self._known[operation.name]
        answer: A = await handler(question)
        return answer


class Control(Protocol):
    """Whoever answers operations: this process, or the one that has the data."""

    async def ask(self, operation: Operation[Q, A], question: Q) -> A:
        """Return the answer. Raises BrandwardenError."""
        ...
