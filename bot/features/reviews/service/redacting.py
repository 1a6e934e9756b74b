"""Removing words of people from reviews: why a point was left alone, and what they quote."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from bot.core.context import AppContext
from bot.core.forgetting import release
from bot.core.redactable import FoundWords, Redactable, TextsRemoved, require_texts
from bot.core.references import hold_numbers
from bot.core.removed_words import REMOVED, Removal
from bot.core.scanning import each
from bot.core.store import Place, Transaction
from bot.errors import UserError
from bot.features.checklists.collections import DECISIONS
from bot.features.checklists.models.decisions import Decision, decision_key
from bot.features.checklists.service.redacting_decisions import words_of_decision
from bot.features.reviews.collections import REVIEWS
from bot.features.reviews.models.facts import listed
from bot.features.reviews.models.reviews import PlacedPoint, Point, Review
from bot.features.reviews.rules.redacting import without_quotes, without_reason
from bot.features.reviews.service.reviewing import NUMBERED, head, point_message
from bot.features.reviews.views import point_card, review_card

PATTERN = re.compile(
    r"(?:review ([0-9]{1,6})|([0-9]{4} Q[1-4](?: so far)?)) #?([0-9]{1,2})\.?(?!\S)", re.IGNORECASE
)
"""A point as its card calls it: the review's quarter, and the point's number.

Several reviews may be of one quarter: each is named by its number, too.
"""
ALSO = "Removes the reason the point was dismissed. Keeps who dismissed it."


async def find_words(app: AppContext, tx: Transaction, name: str) -> FoundWords:
    """Return what people wrote of a point: a decision goes by its own label.

    Of several reviews of that name it is the newest with words there; the others are told.

    Raises:
        UserError: there is no such point, or nobody wrote of it.
    """
    known = await _find_points(app, tx, name)
    written = [each for each in known if await _written(tx, each.point)]
    found = await _words_of(app, tx, (written or known)[0])
    others = listed(f"/redact {each.name}" for each in written[1:])
    more = f" Older reviews of this quarter still have text. Type {others}." if others else ""
    return msgspec.structs.replace(found, also=f"{found.also}{more}")


async def _words_of(app: AppContext, tx: Transaction, found: PlacedPoint) -> FoundWords:
    point = found.point
    decision = await _decision(tx, point)
    if decision is not None:
        return await words_of_decision(app, tx, decision)
    called = f"point {found.place + 1} of the review of {found.review.quarter}"
    by = point.removed.line(await app.team(tx)) if point.removed else ""
    left = [point.left] if _worded(point) else []
    texts = require_texts(called, left, by)
    return FoundWords(name=found.name, called=called, texts=texts, also=ALSO)


async def take_words_out(
    app: AppContext, tx: Transaction, found: FoundWords, removal: Removal
) -> Sequence[Place]:
    """Take the reason out of the review and the point's card. Raises UserError."""
    point, *_ = await _find_points(app, tx, found.name)
    silent = without_reason(point.review, point.place, removal)
    tx.put(REVIEWS, silent)
    await _show(app, tx, silent, [point.place])
    return [(REVIEWS.name, silent.key)]


async def remove_quotes(app: AppContext, tx: Transaction, event: TextsRemoved) -> None:
    """Take out of reviews what they quote of removed texts; the PDF goes with it.

    A decision stands on its point's card, which shows it as it is now. Who makes a review meanwhile
    either sees that words were removed, or is seen here.
    """
    await hold_numbers(tx, NUMBERED)
    async for known in each(app.store, REVIEWS):
        review = await tx.get(REVIEWS, known.key) or known
        silent = without_quotes(review, event.texts, event.label, event.removal)
        changed = [
            place
            for place, point in enumerate(silent.points)
            if point != review.points[place] or _place_of_decision(point) in event.places
        ]
        if silent != review:
            tx.put(REVIEWS, silent)
            if review.file is not None:
                await release(app, tx, [review.file.content], f"review of {review.quarter}")
        if silent != review or changed:
            await _show(app, tx, silent, changed)


async def _find_points(app: AppContext, tx: Transaction, name: str) -> list[PlacedPoint]:
    """Return the points of that name, at least one: those of the newest review first.

    Raises:
        UserError: no review of that name has such a point.
    """
    parsed = PATTERN.fullmatch(name)
    number, quarter, place = parsed.groups() if parsed else (None, None, "0")
    found = [
        PlacedPoint(await tx.get(REVIEWS, review.key) or review, int(place) - 1)
        async for review in each(app.store, REVIEWS, newest=True)
        if 0 < int(place) <= len(review.points) and _called(review, number, quarter)
    ]
    if not found:
        message = f"There is no review point {name[:20]!r}. Type /review to see all points."
        raise UserError(message)
    return found


def _called(review: Review, number: str | None, quarter: str | None) -> bool:
    """Tell whether the review is meant, by its number or by its quarter, so far or not."""
    if number is not None:
        return review.number == int(number)
    return quarter is not None and review.quarter.lower().startswith(quarter.lower())


async def _written(tx: Transaction, point: Point) -> bool:
    """Tell whether there are words of people of the point."""
    decision = await _decision(tx, point)
    return _worded(point) or (decision is not None and decision.text != REMOVED)


def _worded(point: Point) -> bool:
    return point.left not in ("", REMOVED)


async def _decision(tx: Transaction, point: Point) -> Decision | None:
    number = point.decision
    return await tx.get(DECISIONS, decision_key(number)) if number is not None else None


def _place_of_decision(point: Point) -> Place | None:
    return (DECISIONS.name, decision_key(point.decision)) if point.decision is not None else None


async def _show(app: AppContext, tx: Transaction, review: Review, places: Sequence[int]) -> None:
    """Show the review and these points as they are now."""
    await app.outbox.edit(tx, head(review), review_card(review))
    for place in places:
        card = point_card(review, place, await _decision(tx, review.points[place]))
        await app.outbox.edit(tx, point_message(review, place), card, thread=head(review))


POINT_WORDS = Redactable(
    example="2026 Q4 2", pattern=PATTERN, find=find_words, remove=take_words_out
)
