"""Removing words of people from reviews: why a point was left alone, and what they quote."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
from bot.features.reviews.models.reviews import Point, Review
from bot.features.reviews.rules.redacting import without_quotes, without_reason
from bot.features.reviews.service.reviewing import NUMBERED, head, point_message
from bot.features.reviews.views import point_card, review_card

PATTERN = re.compile(r"([0-9]{4} Q[1-4]( so far)?) #?([0-9]{1,2})\.?(?!\S)", re.IGNORECASE)
"""A point as its card calls it: the review's quarter, and the point's number."""
ALSO = "It is the reason why the point was left alone. Who left it alone stays."


async def find_words(app: AppContext, tx: Transaction, name: str) -> FoundWords:
    """Return what people wrote of a point: a decision goes by its own label.

    Raises:
        UserError: there is no such point, or nobody wrote of it.
    """
    review, place = await _find_point(app, tx, name)
    point = review.points[place]
    decision = await _decision(tx, point)
    if decision is not None:
        return await words_of_decision(app, tx, decision)
    called = f"point {place + 1} of the review of {review.quarter}"
    by = point.removed.line(await app.team(tx)) if point.removed else ""
    left = [point.left] if _worded(point) else []
    texts = require_texts(f"{called[:1].upper()}{called[1:]}", left, by)
    return FoundWords(name=f"{review.quarter} {place + 1}", called=called, texts=texts, also=ALSO)


async def take_words_out(
    app: AppContext, tx: Transaction, found: FoundWords, removal: Removal
) -> Sequence[Place]:
    """Take the reason out of the review and the point's card. Raises UserError."""
    review, place = await _find_point(app, tx, found.name)
    silent = without_reason(review, place, removal)
    tx.put(REVIEWS, silent)
    await _show(app, tx, silent, [place])
    return [(REVIEWS.name, silent.key)]


async def remove_quotes(app: AppContext, tx: Transaction, event: TextsRemoved) -> None:
    """Take out of reviews what they quote of removed texts; the PDF goes with it.

    A decision stands on its point's card, which shows it as it is now. Who makes a review meanwhile
    either sees that words were removed, or is seen here.
    """
    await hold_numbers(tx, NUMBERED)
    async for known in each(app.store, REVIEWS):
        review = await tx.get(REVIEWS, known.key) or known
        silent = without_quotes(review, event.texts, event.removal)
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


async def _find_point(app: AppContext, tx: Transaction, name: str) -> tuple[Review, int]:
    """Return the newest review of that name whose point has words of people, and its place.

    Raises:
        UserError: no review of that name has such a point.
    """
    found = PATTERN.fullmatch(name)
    quarter, number = (found[1].lower(), int(found[3])) if found else ("", 0)
    known = [
        review
        async for review in each(app.store, REVIEWS, newest=True)
        if review.quarter.lower().startswith(quarter) and 0 < number <= len(review.points)
    ]
    for review in known:
        point = review.points[number - 1]
        if _worded(point) or point.decision is not None:
            now = await tx.get(REVIEWS, review.key) or review
            return now, number - 1
    if known:
        return known[0], number - 1
    message = f"There is no point {name[:20]!r} of a review. Type /review to see them."
    raise UserError(message)


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
