"""An act that can be undone: what it wrote, as it was before and as it was after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Self, TypeVar

import msgspec

from bot.core.cards import Tone
from bot.core.monitoring import Checker
from bot.core.permissions import Permission, Person
from bot.core.store import Collection, Fields, Place

T = TypeVar("T", bound=msgspec.Struct)

UNDO_FOR = timedelta(minutes=10)
"""How long an act can be undone, unless it says otherwise."""


class Image(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document that the act wrote; None where there was, or is, none."""

    collection: str
    key: str
    before: Fields | None = None
    after: Fields | None = None

    @property
    def place(self) -> Place:
        """Which document it is of."""
        return self.collection, self.key

    @classmethod
    def of(cls, collection: Collection[T], before: T | None, after: T | None) -> Self:
        """Take the image of a document that was changed, added or removed."""
        keys = {collection.key(each) for each in (before, after) if each is not None}
        return cls(
            collection=collection.name,
            key=keys.pop(),
            before=msgspec.to_builtins(before),
            after=msgspec.to_builtins(after),
        )

    def read(self, collection: Collection[T]) -> tuple[T | None, T | None]:
        """Return the document as it was before, and as it was after."""
        return _read(self.before, collection), _read(self.after, collection)


def _read(fields: Fields | None, collection: Collection[T]) -> T | None:
    return None if fields is None else msgspec.convert(fields, collection.type)


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """What is announced of an act."""

    title: str
    """One sentence: who did what."""
    body: str = ""
    """What follows from it."""
    permission: Permission
    """What somebody needs to undo it: the same as for the act."""
    images: tuple[Image, ...] = ()
    """What it wrote; without any, it cannot be undone."""
    instead: str = ""
    """A sentence: how to take it back once Undo is over."""
    tone: Tone = Tone.INFO
    lasts: timedelta = UNDO_FOR


class Undoable(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An announced act, as long as its message can be pressed."""

    key: str
    who: Person
    at: datetime
    """The moment of the act, with which everything is marked that it changed."""
    until: datetime
    title: str
    body: str = ""
    permission: Permission
    images: tuple[Image, ...] = ()
    instead: str = ""
    tone: Tone = Tone.INFO
    open: bool = True
    """Whether its message offers Undo."""
    undone_by: Person | None = None
    undone_at: datetime | None = None
    told: str = ""
    """The message of its feature that tells of it and offers Undo; empty: one of its own does."""

    @property
    def message(self) -> str:
        """The name of its message."""
        return self.told or f"act-{self.key}"


class UndoOver(msgspec.Struct, frozen=True):
    """An act was undone, or can be no more: the message that tells of it offers Undo no longer."""

    act: Undoable


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """An act was undone: what it wrote is as it was before. Features do what follows."""

    who: Person
    at: datetime
    """When it was undone."""
    of: Undoable
    checker: Checker
    """Looks at products from now on."""

    def images(self, collection: Collection[T]) -> Iterator[tuple[T | None, T | None]]:
        """Give the collection's documents as they were before the act, and after it."""
        for image in self.of.images:
            if image.collection == collection.name:
                yield image.read(collection)
