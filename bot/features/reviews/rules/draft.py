"""Drafts a review: the quarter's weaknesses by their weight, its numbers, its pictures."""

from __future__ import annotations

from collections.abc import Callable

from bot.features.reviews.models.facts import Facts, Weighed, counted
from bot.features.reviews.models.reviews import Earlier, Point, Review
from bot.features.reviews.rules import attacks, outcomes, security, totals, upkeep

POINTS = 8
"""Points of a review at the most: what a team can talk through in an hour."""

RULES: tuple[Callable[[Facts], Weighed | None], ...] = (
    security.unknown_people,
    security.undone,
    security.changes,
    security.problems,
    security.unanswered,
    attacks.intrusion,
    attacks.offenders,
    attacks.strangers,
    attacks.campaigns,
    attacks.bursts,
    attacks.rise,
    attacks.mostly,
    outcomes.refused,
    outcomes.slow,
    outcomes.silent,
    outcomes.unanswered,
    upkeep.register,
    upkeep.unknown,
    upkeep.unseen,
)
"""Each looks at one thing and says nothing where it is well."""


def draft(facts: Facts, *, simulated: bool) -> Review:
    """Return the review of the quarter: it has no number yet, and is undecided and not printed."""
    points = weigh(facts)
    unseen = [*totals.unseen(facts)]
    more = len(points) - POINTS
    if more > 0:
        unseen.append(f"{counted(more, 'minor point')} left out: a review shows up to {POINTS}.")
    span = facts.span
    return Review(
        number=0,
        quarter=f"{span.quarter}{'' if span.whole else ' so far'}",
        since=span.quarter.since,
        until=span.until,
        points=tuple(points[:POINTS]),
        numbers=totals.numbers(facts),
        unseen=tuple(unseen),
        earlier=tuple(_earlier(facts)),
        made_at=facts.now,
        open=bool(points),
        simulated=simulated,
    )


def weigh(facts: Facts) -> list[Point]:
    """Return all weaknesses, the heaviest first."""
    found = [weighed for rule in RULES if (weighed := rule(facts))]
    return [each.point for each in sorted(found, key=lambda each: -each.weight)]


def _earlier(facts: Facts) -> list[Earlier]:
    known = sorted(facts.decisions, key=lambda each: (each.done_at is not None, each.due))
    return [
        Earlier(
            decision=decision.label,
            text=decision.text,
            owner=decision.owner.name,
            due=decision.due,
            done_on=facts.day(decision.done_at) if decision.done_at else None,
        )
        for decision in known
    ]
