"""Deciding the points of a review, or leaving them alone: once each."""

from __future__ import annotations

import msgspec

from bot.core import forms
from bot.core.context import AppContext
from bot.core.permissions import Person
from bot.core.store import Transaction
from bot.core.team import Team
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.checklists.models.decisions import Decision
from bot.features.checklists.service.decisions import add_decision
from bot.features.reviews.collections import REVIEWS
from bot.features.reviews.models.reviews import PlacedPoint, Point
from bot.features.reviews.rules.deciding import ME, DecisionInput
from bot.features.reviews.service.reviewing import head, point_message
from bot.features.reviews.views import point_card, review_card

KEY = 6
"""Digits of a review's number at the most."""


class OpenPoint(PlacedPoint, frozen=True):
    """A point that is undecided."""

    @property
    def title(self) -> str:
        """The point as a form names it."""
        return one_line(f"{self.place + 1}. {self.point.heading}", forms.INTRO)


async def find_point(tx: Transaction, ref: str) -> OpenPoint:
    """Return the point that a reference such as ``000001-3`` names.

    Raises:
        UserError: there is no such point, or it is decided already.
    """
    key, _, number = ref.strip().partition("-")
    review = None
    if all(part.isascii() and part.isdigit() and len(part) <= KEY for part in (key, number)):
        review = await tx.get(REVIEWS, f"{int(key):06d}")
    place = int(number) - 1 if review is not None else 0
    if review is None or not 0 <= place < len(review.points):
        message = f"There is no review point {ref[:20]!r}. Type /review to see all points."
        raise UserError(message)
    if not review.points[place].open:
        message = f"Point {place + 1} of {review.quarter} is already decided. Type /review."
        raise UserError(message)
    return OpenPoint(review, place)


async def decide_point(
    app: AppContext, tx: Transaction, who: Person, ref: str, decided: DecisionInput
) -> Decision:
    """Write the decision about a point down; it comes back when it is due.

    Raises:
        UserError: there is no such point, it is decided already, or its owner has no duty now.
    """
    found = await find_point(tx, ref)
    decision = Decision(
        number=0,
        review=found.review.key,
        text=decided.what,
        owner=_owner(who, decided.owner, await app.team(tx)),
        due=decided.due,
        decided_by=who,
        decided_at=app.clock(),
    )
    decision = await add_decision(tx, decision)
    point = msgspec.structs.replace(found.point, decision=decision.number)
    await _keep(app, tx, found, point, decision)
    return decision


async def leave_point(app: AppContext, tx: Transaction, who: Person, ref: str, why: str) -> int:
    """Note why nothing is done about a point; return its number, from 1.

    Raises:
        UserError: there is no such point, or it is decided already.
    """
    found = await find_point(tx, ref)
    point = msgspec.structs.replace(found.point, left=why, left_by=who)
    await _keep(app, tx, found, point, None)
    return found.place + 1


async def _keep(
    app: AppContext, tx: Transaction, found: OpenPoint, point: Point, decision: Decision | None
) -> None:
    """Write the point down, and show it and the review as they are now."""
    review, place = found.review, found.place
    points = (*review.points[:place], point, *review.points[place + 1 :])
    changed = msgspec.structs.replace(review, points=points)
    changed = msgspec.structs.replace(changed, open=changed.undecided > 0)
    tx.put(REVIEWS, changed)
    await app.outbox.edit(tx, head(changed), review_card(changed))
    card = point_card(changed, place, decision)
    await app.outbox.edit(tx, point_message(changed, place), card, thread=head(changed))


def _owner(who: Person, chosen: str, team: Team) -> Person:
    if chosen == ME:
        return who
    person = team.duties.get(chosen)
    if person is None:
        message = "That duty no longer has an owner. Press 'Decide' again and choose someone else."
        raise UserError(message)
    return person
