"""What a patrol asks, of which products, and what is done with the answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from bot.core.listing import Watch
from bot.core.patrols import PatrolSubject
from bot.core.questions import Bucket


class PatrolAnswer(Protocol):
    """What came of asking for one watch."""

    @property
    def watch(self) -> Watch:
        """The watch."""
        ...

    @property
    def result(self) -> object:
        """What was told, or the SourceError that says why it is not known."""
        ...


R = TypeVar("R", bound=PatrolAnswer)


@dataclass(frozen=True, kw_only=True)
class PatrolQuestion(Generic[R]):
    """What a patrol asks, of which products, and what is done with the answers."""

    subject: PatrolSubject
    quota: Callable[[str], Bucket]
    """Returns the quota of the question in a region."""
    ask: Callable[[Sequence[Watch]], Awaitable[Sequence[R]]]
    """Sends one request about products of one marketplace.

    Raises SourceError where it failed as a whole.
    """
    take_in: Callable[[Sequence[R]], Awaitable[Collection[str]]]
    """Judges and records answers; returns the products that are to be asked for again at once."""
    concerns: Callable[[Watch], bool]
    """Tells whether a product is asked for."""
    find: Callable[[str], Awaitable[Watch | None]]
    """Returns the watch of that key; None: it is not asked for in this round."""
    gap: Callable[[str], float] = lambda _: 1.0
    """How far a product's turns lie apart beside others': at twice the gap, half as often."""
    least: float = 0.0
    """Seconds after which a product is asked for again at the earliest, unless it is to be soon."""
    retry: float | None = None
    """Seconds after which it is asked for again where no answer came that could be read.

    None: at its next turn, as every other product.
    """
