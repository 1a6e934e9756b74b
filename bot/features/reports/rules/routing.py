"""The router: from what a person sees to the door where it belongs, with reasons.

The table is read from the top; the first row that fits decides. Every reason repeats a fact about
Amazon's two doors, rejection reasons and the law of resale (facts: reporting).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.features.reports.models.observations import Observation, RightValidity
from bot.features.reports.models.routes import Answers, Route, RoutingRow
from bot.features.reports.rules.routing_pages import POLICIES
from bot.features.reports.rules.routing_resale import RESALE
from bot.features.reports.rules.routing_rights import RIGHTS
from bot.features.reports.rules.routing_sellers import SELLERS
from bot.features.rights.models import BrandRight, BrandRightKind, BrandRightStatus

_BEST_FIRST = tuple(RightValidity)

TABLE: tuple[RoutingRow, ...] = (*SELLERS, *RESALE, *RIGHTS, *POLICIES)
"""Every combination of answers fits a row; a test goes through all of them."""
_ABOUT = {seen: tuple(row for row in TABLE if seen in row.seen) for seen in Observation}
"""The rows about each observation, in their order."""


def route(answers: Answers) -> Route:
    """Return the door where it belongs, the claim if something is to be filed, and why."""
    return next(row.route for row in _ABOUT[answers.seen] if row.fits(answers))


def best_first(worth: Iterable[RightValidity]) -> RightValidity:
    """Return the most that one of several rights is worth; NONE without any."""
    return min(worth, key=worth_most, default=RightValidity.NONE)


def worth_most(validity: RightValidity) -> int:
    """Return by what rights are sorted, so that the one worth most comes first."""
    return _BEST_FIRST.index(validity)


def validity_of(right: BrandRight | None, marketplace: str, today: date) -> RightValidity:
    """Tell what a right is worth in the marketplace with that code."""
    if right is None:
        return RightValidity.NONE
    if right.kind is BrandRightKind.COPYRIGHT:
        return RightValidity.GOOD
    if right.expired(today) and not right.in_grace(today):
        return RightValidity.EXPIRED
    if right.status is not BrandRightStatus.REGISTERED:
        return RightValidity.PENDING
    if right.counts_in(marketplace):
        return RightValidity.GRACE if right.expired(today) else RightValidity.GOOD
    known = right.counts_in(marketplace) is not None
    return RightValidity.ELSEWHERE if known else RightValidity.UNKNOWN


def best_right(
    rights: tuple[BrandRight, ...], kind: BrandRightKind | None, marketplace: str, today: date
) -> BrandRight | None:
    """Return the right of that kind that is worth most in the marketplace; None without any."""

    def worth(right: BrandRight) -> tuple[int, int]:
        return worth_most(validity_of(right, marketplace, today)), right.number

    return min((right for right in rights if right.kind is kind), key=worth, default=None)
