"""Two photos side by side, with numbered differences that are marked on both."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from bot.core.interface import tr
from bot.core.spots import Spot
from bot.errors import UserError
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind

__all__ = (
    "COMPARED",
    "DIFFERENCES_AT_MOST",
    "Comparison",
    "Difference",
    "Spot",
    "comparable",
    "label_of",
    "photos_of",
)

COMPARED = frozenset({EvidenceKind.RECEIVED, EvidenceKind.GENUINE})
"""The kinds of evidence that are compared."""
DIFFERENCES_AT_MOST = 9
"""The most differences of one comparison."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One difference between the seller's product and the genuine one; its number is its place."""

    words: str
    """What differs: ``Logo printed, not cast``."""
    received: Spot | None = None
    """Where it is on the photo of the seller's product."""
    genuine: Spot | None = None
    """Where it is on the photo of the genuine product."""


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """The photos of a case that are shown side by side, and what differs between them."""

    case: str
    """The case's key."""
    received: int
    """The place among the case's evidence of the photo of the seller's product."""
    genuine: int
    """The place among the case's evidence of the photo of the genuine product."""
    differences: tuple[Difference, ...] = ()
    drawn: tuple[str, ...] = ()
    """SHA-256 of each copy of the photos that was drawn on; these go when a photo goes."""

    @property
    def label(self) -> str:
        """Return what is compared: ``E-3 and E-4``."""
        return label_of(*self.photos)

    @property
    def photos(self) -> tuple[int, int]:
        """The places of both photos: the seller's product first."""
        return self.received, self.genuine

    @property
    def said(self) -> str:
        """The same in the language of the interface."""
        return tr("{first} and {second}", first=f"E-{self.received}", second=f"E-{self.genuine}")

    @property
    def full(self) -> bool:
        """Tell whether it takes no more differences."""
        return len(self.differences) >= DIFFERENCES_AT_MOST

    def require_room(self) -> None:
        """Raise UserError if it takes no more differences."""
        if self.full:
            message = tr(
                "{photos} already have {count} differences. Remove one to mark another.",
                photos=self.said,
                count=len(self.differences),
            )
            raise UserError(message)


def label_of(received: int, genuine: int) -> str:
    """Return how people call two photos by their places: ``E-3 and E-4``."""
    return f"E-{received} and E-{genuine}"


def photos_of(items: Iterable[EvidenceItem], kind: EvidenceKind) -> tuple[EvidenceItem, ...]:
    """Return the photos of the seller's product, or those of the genuine one."""
    return tuple(item for item in items if item.kind is kind and item.picture)


def comparable(items: Iterable[EvidenceItem]) -> bool:
    """Tell whether there is a photo of both."""
    return {item.kind for item in items if item.picture} >= COMPARED
