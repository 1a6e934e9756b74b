"""What the buttons on a review's points do: deciding, or leaving it alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from bot.core import forms
from bot.core.cards import Tone
from bot.core.context import AppContext
from bot.core.duties import Duty
from bot.core.flows.engine import Given
from bot.core.flows.sessions import FlowSession
from bot.core.flows.starting import start_flow
from bot.core.interactions import Notice, Reply
from bot.core.permissions import Permission, Person
from bot.core.request import ClickSpec, RequestContext
from bot.core.scanning import each_found
from bot.core.sequences import next_number
from bot.core.store import Transaction
from bot.core.team import Team
from bot.core.text import one_line
from bot.core.todo import TodoItem
from bot.core.views.lists import counted
from bot.errors import UserError
from bot.features.checklists.collections import DECISIONS
from bot.features.checklists.models.decisions import Decision
from bot.features.reviews.collections import REVIEWS
from bot.features.reviews.flows import ME
from bot.features.reviews.models.facts import written
from bot.features.reviews.models.reviews import Point, Review
from bot.features.reviews.service.reviewing import head, point_message
from bot.features.reviews.views import DECIDE, LEAVE, point_card, review_card

DUE_IN = timedelta(days=28)
"""The day that is proposed for a decision."""
A_YEAR = timedelta(days=365)
KEY = 6
"""Digits of a review's number at the most."""


async def decide(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what will be done, by whom and until when."""
    review, place = await _find_open(ctx.tx, ctx.text)
    point, team = review.points[place], await ctx.app.team(ctx.tx)
    today = team.local(ctx.app.clock()).date()
    facts = {
        "title": one_line(f"{place + 1}. {point.heading}", forms.INTRO),
        "propose": point.propose,
        "owners": msgspec.json.encode(_owners(team)).decode(),
        "due": (today + DUE_IN).isoformat(),
        "today": today.isoformat(),
        "last": (today + A_YEAR).isoformat(),
    }
    return [start_flow(ctx, "decide", subject=ctx.text, facts=facts)]


async def finish_decide(ctx: RequestContext, session: FlowSession, given: Given) -> Sequence[Reply]:
    """Write the decision down; it comes back when it is due."""
    review, place = await _find_open(ctx.tx, session.subject)
    decision = Decision(
        number=await next_number(ctx.tx, "decisions"),
        review=review.key,
        text=str(given["what"]),
        owner=_owner(ctx.who, str(given["owner"]), await ctx.app.team(ctx.tx)),
        due=date.fromisoformat(str(given["due"])),
        decided_by=ctx.who,
        decided_at=ctx.app.clock(),
    )
    ctx.tx.create(DECISIONS, decision)
    point = msgspec.structs.replace(review.points[place], decision=decision.number)
    await _keep(ctx, review, place, point, decision)
    until = written(decision.due)
    told = f"Decided: {decision.owner.name}, until {until}. It comes back as a checklist's item."
    return [Notice(told, Tone.GOOD)]


async def leave(ctx: RequestContext) -> Sequence[Reply]:
    """Ask why nothing is done about it."""
    review, place = await _find_open(ctx.tx, ctx.text)
    title = one_line(f"{place + 1}. {review.points[place].heading}", forms.INTRO)
    return [start_flow(ctx, "leave", subject=ctx.text, facts={"title": title})]


async def finish_leave(ctx: RequestContext, session: FlowSession, given: Given) -> Sequence[Reply]:
    """Note the reason."""
    review, place = await _find_open(ctx.tx, session.subject)
    point = msgspec.structs.replace(review.points[place], left=str(given["why"]), left_by=ctx.who)
    await _keep(ctx, review, place, point, None)
    return [Notice(f"Point {place + 1} is left alone.")]


async def open_decisions(tx: Transaction) -> list[Decision]:
    """Return the decisions that are not done, the first to be due first."""
    found = [each async for each in each_found(tx, DECISIONS, "open", value=True)]
    return sorted(found, key=lambda each: (each.due, each.number))


async def newest_review(app: AppContext) -> Review | None:
    """Return the review that was made last."""
    return next(iter(await app.store.page(REVIEWS, limit=1, newest=True)), None)


async def tell(app: AppContext, tx: Transaction, _: Person) -> Sequence[TodoItem]:
    """Tell of points to be decided, and of decisions that are due and not asked for yet."""
    told = []
    review = await newest_review(app)
    if review is not None and review.undecided:
        points = counted(review.undecided, "point")
        told.append(f"Review of {review.quarter}: {points} to decide")
    team = await app.team(tx)
    today = team.local(app.clock()).date()
    due = [each for each in await open_decisions(tx) if each.due <= today and not each.run]
    if due:
        told.append(f"{counted(len(due), 'decision')} due, first: {due[0].text}")
    if not told:
        return []
    return [TodoItem(says=" · ".join(told), label="Open the review", command="review")]


async def _find_open(tx: Transaction, ref: str) -> tuple[Review, int]:
    """Return the review and the place of a point such as ``000001-3`` that is undecided.

    Raises:
        UserError: there is no such point, or it is decided already.
    """
    key, _, number = ref.strip().partition("-")
    review = None
    if all(part.isascii() and part.isdigit() and len(part) <= KEY for part in (key, number)):
        review = await tx.get(REVIEWS, f"{int(key):06d}")
    place = int(number) - 1 if review is not None else 0
    if review is None or not 0 <= place < len(review.points):
        message = f"There is no point {ref[:20]!r} of a review. Type /review to see them."
        raise UserError(message)
    if not review.points[place].open:
        message = f"Point {place + 1} of {review.quarter} is decided already. /review shows how."
        raise UserError(message)
    return review, place


async def _keep(
    ctx: RequestContext, review: Review, place: int, point: Point, decision: Decision | None
) -> None:
    """Write the point down, and show it and the review as they are now."""
    points = (*review.points[:place], point, *review.points[place + 1 :])
    changed = msgspec.structs.replace(review, points=points)
    changed = msgspec.structs.replace(changed, open=changed.undecided > 0)
    ctx.tx.put(REVIEWS, changed)
    outbox = ctx.app.outbox
    await outbox.edit(ctx.tx, head(changed), review_card(changed))
    card = point_card(changed, place, decision)
    message = point_message(changed, place)
    await outbox.edit(ctx.tx, message, card, thread=head(changed))


def _owners(team: Team) -> list[tuple[str, str]]:
    """Return who may be chosen: who decides, and whoever has a duty, by that duty."""
    held = [
        (duty.value, one_line(f"{duty.label}: {person.name}", forms.OPTION))
        for duty in Duty
        if (person := team.duties.get(duty.value))
    ]
    return [(ME, "Me"), *held]


def _owner(who: Person, chosen: str, team: Team) -> Person:
    if chosen == ME:
        return who
    person = team.duties.get(chosen)
    if person is None:
        message = "Nobody has that duty any more. Press 'Decide' again and choose somebody else."
        raise UserError(message)
    return person


CLICKS = (
    ClickSpec(DECIDE, Permission.WORK_CASES, decide),
    ClickSpec(LEAVE, Permission.WORK_CASES, leave),
)
