"""What has to be kept up: the register, what the team knows, and that products are seen."""

from __future__ import annotations

from datetime import date

import msgspec

from bot.features.reviews.models.facts import Facts, Weighed, counted, listed, written
from bot.features.reviews.models.reviews import Point
from bot.features.rights.models import BrandRightStatus
from bot.features.training.models import hurdle


class Expiry(msgspec.Struct, frozen=True):
    """A right or a paper, and the last day on which it counts."""

    name: str
    last: date
    is_right: bool


def register(facts: Facts) -> Weighed | None:
    """Return rights and papers that expired in the quarter, or expire in the next one."""
    found = expiring(facts)
    if not found:
        return None
    told = [f"{each.name} ({written(each.last)})" for each in found]
    first = found[0]
    gone = sum(each.last <= facts.span.until for each in found)
    point = Point(
        heading=f"{counted(len(found), 'right or document', 'rights and documents')} to renew",
        says=f"Expiration dates: {listed(told)}. Already expired: {gone}.",
        propose=f"Renew {first.name}. You cannot use an expired one in a report.",
    )
    weight = 55 if any(each.is_right for each in found) else 38
    return Weighed(weight + (15 if gone else 0), point)


def expiring(facts: Facts) -> list[Expiry]:
    """Return what expired in the quarter or does in the next one, the first to expire first."""
    rights = [
        Expiry(right.label, right.expires, is_right=True)
        for right in facts.rights
        if right.expires is not None and right.status is BrandRightStatus.REGISTERED
    ]
    papers = [
        Expiry(paper.name, paper.until, is_right=False)
        for paper in facts.documents
        if paper.until is not None
    ]
    quarter = facts.span.quarter
    there = (each for each in (*rights, *papers) if quarter.since <= each.last)
    known = [each for each in there if each.last <= quarter.following.until]
    return sorted(known, key=lambda each: each.last)


def unknown(facts: Facts) -> Weighed | None:
    """Return the lesson that most got wrong at first; it points at nobody."""
    here = [each for each in facts.learnings if each.answered_at in facts.span]
    found = hurdle(facts.lessons, here)
    if found is None:
        return None
    title = found.lesson.title
    point = Point(
        heading=f"Most often answered wrong: {title}",
        says=f"{found.stumbled} of {found.answered} got its question wrong on the first try.",
        propose=f"Discuss '{title}' with everyone for five minutes.",
    )
    return Weighed(30 + round(20 * found.stumbled / found.answered), point)


def unseen(facts: Facts) -> Weighed | None:
    """Return products that cannot be seen while the review is made."""
    if not facts.unseen:
        return None
    told = [f"{each.name} ({each.why})" if each.why else each.name for each in facts.unseen]
    point = Point(
        heading=f"{len(facts.unseen)} of {counted(facts.watched, 'product')} could not be checked",
        says=f"When this review was made: {listed(told)}. Their current state is unknown.",
        propose="Check /health and fix what fails, or stop watching them.",
    )
    return Weighed(40 + round(45 * len(facts.unseen) / max(1, facts.watched)), point)
