"""Taking words of people out of a review: why a point was left alone, and what it quotes."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.removed_words import LONG, REMOVED, Removal, without_texts
from bot.features.reviews.models.reviews import Earlier, Point, Review

EARLIER_HEADING = "Decided before and not done"
"""How reviews of earlier versions head what they quote; new ones say which decisions they quote."""


def without_reason(review: Review, place: int, removal: Removal) -> Review:
    """Return the review without the words why a point was left alone."""
    point = msgspec.structs.replace(review.points[place], left=REMOVED, removed=removal)
    points = (*review.points[:place], point, *review.points[place + 1 :])
    return msgspec.structs.replace(review, points=points)


def without_quotes(review: Review, texts: Sequence[str], label: str, removal: Removal) -> Review:
    """Return the review without what it quotes of these texts, which what is so labeled had.

    Of what is quoted elsewhere, only long texts go: shorter ones stand there by chance. The PDF
    goes with what it quotes.
    """
    silent = msgspec.structs.replace(
        review,
        points=tuple(_unquoted(point, texts, label) for point in review.points),
        earlier=tuple(_forgotten(each, texts, label) for each in review.earlier),
    )
    if silent == review:
        return review
    return msgspec.structs.replace(silent, file=None, removed=removal)


def _unquoted(point: Point, texts: Sequence[str], label: str) -> Point:
    gone = texts if _quotes(point, label) else _long(texts)
    return msgspec.structs.replace(
        point,
        heading=without_texts(point.heading, gone),
        says=without_texts(point.says, gone),
        propose=without_texts(point.propose, gone),
    )


def _quotes(point: Point, label: str) -> bool:
    """Tell whether the point quotes it; those of earlier versions do not say what they quote."""
    earlier = not point.quotes and point.heading.startswith(EARLIER_HEADING)
    return earlier or label in (point.quotes or point.refs)


def _forgotten(earlier: Earlier, texts: Sequence[str], label: str) -> Earlier:
    if earlier.decision not in ("", label):
        return earlier
    gone = texts if earlier.decision or earlier.text in texts else _long(texts)
    return msgspec.structs.replace(earlier, text=without_texts(earlier.text, gone))


def _long(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if len(text) >= LONG]
