"""What a person enters to compare photos: which two, and a difference with its spots."""

from __future__ import annotations

import re

import msgspec

from bot.core.interface import tr
from bot.core.spots import Spot
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.evidence.models.comparisons import (
    DIFFERENCES_AT_MOST,
    Comparison,
    Difference,
    label_of,
)

WORDS = 200
"""The most characters of a difference's words."""


_REMOVED = re.compile(r"([^/]{1,20})/([0-9]{1,3})/([0-9]{1,6})-([0-9]{1,6})", re.ASCII)


class PhotosInput(msgspec.Struct, frozen=True, kw_only=True):
    """Two photos of a case, by their places among its evidence."""

    case: str
    """The case's number or key."""
    received: int
    genuine: int

    @property
    def label(self) -> str:
        """Return what is compared: ``E-3 and E-4``."""
        return label_of(self.received, self.genuine)

    def of(self, known: Comparison | None) -> bool:
        """Tell whether these are the photos that are compared."""
        return known is not None and (self.received, self.genuine) == known.photos


class DifferenceInput(msgspec.Struct, frozen=True, kw_only=True):
    """A difference as a form gives it."""

    photos: PhotosInput
    """The photos on which it is marked."""
    words: str
    received: str = ""
    genuine: str = ""
    more: bool = False
    """Another one follows, so the marks are not drawn yet."""

    @property
    def difference(self) -> Difference:
        """The difference. Raises UserError: it says nothing, or is on neither photo."""
        words = one_line(self.words, WORDS)
        if not words:
            raise UserError(tr("Say what differs."))
        received, genuine = _spot(self.received), _spot(self.genuine)
        if received is None and genuine is None:
            raise UserError(tr("Mark the difference on at least one photo."))
        return Difference(words=words, received=received, genuine=genuine)


class RemovalInput(msgspec.Struct, frozen=True, kw_only=True):
    """A difference that is to be removed, as its button names it: ``C-1/2/3-4``.

    The button stays in the thread while other photos are chosen, so it names its photos.
    """

    photos: PhotosInput
    number: int

    @classmethod
    def of(cls, case: str, known: Comparison) -> RemovalInput:
        """Return the removal of the last difference; ``case`` is the number of its case."""
        photos = PhotosInput(case=case, received=known.received, genuine=known.genuine)
        return cls(photos=photos, number=len(known.differences))

    @classmethod
    def read(cls, text: str) -> RemovalInput:
        """Return what a button names. Raises UserError: it names no difference."""
        match = _REMOVED.fullmatch(text)
        if match is None:
            message = tr("This button is out of date. Use the newest message in the thread.")
            raise UserError(message)
        case, number = match[1], int(match[2])
        if not 0 < number <= DIFFERENCES_AT_MOST:
            raise UserError(tr("There is no difference {number}.", number=number))
        photos = PhotosInput(case=case, received=int(match[3]), genuine=int(match[4]))
        return cls(photos=photos, number=number)

    @property
    def written(self) -> str:
        """What the button names."""
        photos = self.photos
        return f"{photos.case}/{self.number}/{photos.received}-{photos.genuine}"


def _spot(text: str) -> Spot | None:
    return Spot.read(text) if text.strip() else None
