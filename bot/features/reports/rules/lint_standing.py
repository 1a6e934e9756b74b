"""The lint's rules on who is reported, and on which right: what makes a report pointless."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.core.interface import together, tr
from bot.core.labeled import Recommendation
from bot.features.reports.models.claims import PAGES, Claim
from bot.features.reports.models.lint_input import LintInput, Objection, stop, warn
from bot.features.reports.models.observations import RightValidity
from bot.features.reports.rules.grounds import speaking
from bot.features.reports.rules.repeats import repeated
from bot.features.reports.rules.routing import validity_of
from bot.features.rights.models import BrandRight

SETTLING = timedelta(hours=48)
"""How long a vendor advises to wait after an offer vanished: until then it is not found (facts)."""
STALE = timedelta(hours=24)
"""An offer that nobody saw for so long may not be there."""


def lawful_reseller(lint_input: LintInput) -> Iterator[Objection]:
    """A lawful reseller is never reported for infringement, nor is an authorised one."""
    infringement = lint_input.report.recommendation is Recommendation.INFRINGEMENT
    if lint_input.left_alone:
        says = tr(
            "Your team marked this seller as a lawful reseller, and a false claim can get you "
            "sued. If that is wrong, type /withdraw SELLER first."
        )
        rule = "lawful-reseller"
        yield stop(rule, says) if infringement else warn(rule, says)
    elif lint_input.allowed:
        says = tr(
            "Your records list this seller as authorized, so don't report them. If that is wrong, "
            "withdraw the authorization first."
        )
        rule = "authorised-distributor"
        yield stop(rule, says) if infringement else warn(rule, says)


def live(lint_input: LintInput) -> Iterator[Objection]:
    """Listing not found: the offer is live in the last check.

    A page stays changed when the seller has left, and an order ID can be reported for ever.
    """
    observation = lint_input.last_observation
    report = lint_input.report
    lasting = report.claim in PAGES or bool(speaking(lint_input))
    if not report.seller:
        return
    if observation.seen_at is None:
        says = tr("Could not check whether the offer is still there. Check the page.")
        yield warn("live", says)
    elif not observation.there:
        gone = observation.gone_at or observation.seen_at
        wait = lint_input.now - gone < SETTLING
        advice = (
            tr("Wait 48 hours. If it comes back, report it then.")
            if wait
            else tr("If it comes back, file a new report.")
        )
        says = (
            tr("The offer has been gone since {time}.", time=_time(gone))
            if observation.gone_at
            else tr("The offer was not found in the check of {time}.", time=_time(gone))
        )
        yield warn("live", says) if lasting else stop("live", together(says, advice))
    elif abs(lint_input.now - observation.seen_at) > STALE:
        time = _time(observation.seen_at)
        says = tr("The offer was last seen on {time}. Check again first.", time=time)
        yield warn("live", says)


def right_here(lint_input: LintInput) -> Iterator[Objection]:
    """Wrong right, wrong country: registered, in force, and of the marketplace's country.

    A copyright needs no registration, and counts everywhere (facts).
    """
    report = lint_input.report
    if report.claim.right is None or report.claim is Claim.COPYRIGHT:
        return
    right = lint_input.right
    if right is None or right.kind is not report.claim.right:
        kind = report.claim.right.said.lower()
        says = tr("No {kind} in /rights supports this report. Type /rights add.", kind=kind)
        yield stop("right", says)
        return
    validity = validity_of(right, report.marketplace, lint_input.now.date())
    if says := _against(right, validity, report.marketplace):
        yield stop("right", together(says, tr("Type /rights to check it.")))
    elif not right.registration:
        says = tr("Add the registration number of {right}. The report names it.", right=right.said)
        yield stop("right", says)


def _against(right: BrandRight, validity: RightValidity, marketplace: str) -> str:
    """Say why a report cannot rest on the right in that marketplace; empty: it can."""
    match validity:
        case RightValidity.PENDING:
            return tr(
                "{right} is pending, and a report should rest on a registered right.",
                right=right.said,
            )
        case RightValidity.EXPIRED:
            return tr("{right} has expired.", right=right.said)
        case RightValidity.GRACE:
            return tr("{right} has expired, and may or may not still count.", right=right.said)
        case RightValidity.UNKNOWN:
            return tr(
                "{right} may not be valid in {marketplace}: it names no countries.",
                right=right.said,
                marketplace=marketplace,
            )
        case RightValidity.ELSEWHERE:
            return tr(
                "{right} is not valid in {marketplace}.", right=right.said, marketplace=marketplace
            )
    return ""


def duplicate(lint_input: LintInput) -> Iterator[Objection]:
    """A second report of the same violation is a risk: users call it abuse (facts).

    What Amazon rejected is tried again by its own button, and a seller's return is a new matter.
    """
    report = lint_input.report
    same = repeated(lint_input.others, report.claim, report.seller, report.asins)
    if same is not None and not same.came_back:
        yield stop("duplicate", together(same.says, tr("Discard this report.")))


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
