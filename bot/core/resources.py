"""What is given from outside when everything is put together: cameras, printers, checklists.

Each part declares what it needs beside its port, and what it makes do with where nobody gives it.
So the core hands on what features need, and knows the types of none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Resource(Generic[T]):
    """Something that a part needs from outside. The object itself is the key, and has its type."""

    name: str
    without: T
    """What the part gets where nobody gives it."""


class Resources:
    """All that was given. Immutable: ``having`` returns another one."""

    def __init__(self, given: Mapping[Resource[Any], object] | None = None) -> None:
        """Begin with what is given: nothing, where it is left out."""
        self._given = dict(given or {})

    def __getitem__(self, wanted: Resource[T]) -> T:
        """Return what was given, or what the part makes do with."""
        return cast("T", self._given.get(wanted, wanted.without))

    def having(self, wanted: Resource[T], given: T) -> Resources:
        """Return the same with one more, or with another one in its place."""
        return Resources({**self._given, wanted: given})
