"""What a person says of two photos: which ones, and a difference with its place on both."""

from __future__ import annotations

import msgspec

from bot.core.interface import tr
from bot.core.spots import Spot
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.evidence.models.comparisons import Difference

WORDS = 200
"""Characters that say what differs."""


class PhotosInput(msgspec.Struct, frozen=True, kw_only=True):
    """The photos that are to be compared, by their places among the case's evidence."""

    case: str
    """The case's key."""
    received: int
    genuine: int


class DifferenceInput(msgspec.Struct, frozen=True, kw_only=True):
    """A difference as a form gives it."""

    case: str
    """The case's key."""
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


def _spot(text: str) -> Spot | None:
    return Spot.read(text) if text.strip() else None
