"""Two photos side by side, with numbered differences that are marked on both."""

from __future__ import annotations

import msgspec

from bot.core.spots import Spot

DIFFERENCES_AT_MOST = 9
"""Differences of one comparison."""


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
    """That of the photo of the genuine product."""
    differences: tuple[Difference, ...] = ()
