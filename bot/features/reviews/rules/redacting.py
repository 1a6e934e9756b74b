"""Taking words of people out of a review: why a point was left alone, and what it quotes."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.removed_words import REMOVED, Removal, without_texts
from bot.features.reviews.models.reviews import Earlier, Point, Review


def without_reason(review: Review, place: int, removal: Removal) -> Review:
    """Return the review without the words why a point was left alone."""
    point = msgspec.structs.replace(review.points[place], left=REMOVED, removed=removal)
    points = (*review.points[:place], point, *review.points[place + 1 :])
    return msgspec.structs.replace(review, points=points)


def without_quotes(review: Review, texts: Sequence[str], removal: Removal) -> Review:
    """Return the review without these texts, and without its PDF if it quotes one of them."""
    silent = msgspec.structs.replace(
        review,
        points=tuple(_unquoted(point, texts) for point in review.points),
        earlier=tuple(_forgotten(each, texts) for each in review.earlier),
    )
    if silent == review:
        return review
    return msgspec.structs.replace(silent, file=None, removed=removal)


def _unquoted(point: Point, texts: Sequence[str]) -> Point:
    return msgspec.structs.replace(
        point,
        heading=without_texts(point.heading, texts),
        says=without_texts(point.says, texts),
        propose=without_texts(point.propose, texts),
    )


def _forgotten(earlier: Earlier, texts: Sequence[str]) -> Earlier:
    return msgspec.structs.replace(earlier, text=without_texts(earlier.text, texts))
