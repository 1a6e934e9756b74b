"""The lint's rules on who is reported, and on which right: what makes a report pointless."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.core.labeled import Recommendation
from bot.features.reports.models.claims import PAGES, Claim
from bot.features.reports.models.lint_input import LintInput, Objection, stop, warn
from bot.features.reports.models.observations import RightValidity
from bot.features.reports.rules.grounds import speaking
from bot.features.reports.rules.repeats import repeated
from bot.features.reports.rules.routing import validity_of

SETTLING = timedelta(hours=48)
"""How long a vendor advises to wait after an offer vanished: until then it is not found (facts)."""
STALE = timedelta(hours=24)
"""An offer that nobody saw for so long may not be there."""


def lawful_reseller(lint_input: LintInput) -> Iterator[Objection]:
    """A lawful reseller is never reported for infringement, nor is an authorised one."""
    infringement = lint_input.report.recommendation is Recommendation.INFRINGEMENT
    if lint_input.left_alone:
        says = (
            "Your team marked this seller as a lawful reseller, and a false claim can get you "
            "sued. If that is wrong, type /withdraw SELLER first."
        )
        rule = "lawful-reseller"
        yield stop(rule, says) if infringement else warn(rule, says)
    elif lint_input.allowed:
        says = (
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
        yield warn("live", "Could not check whether the offer is still there. Check the page.")
    elif not observation.there:
        gone = observation.gone_at or observation.seen_at
        wait = lint_input.now - gone < SETTLING
        advice = (
            "Wait 48 hours. If it comes back, report it then."
            if wait
            else "If it comes back, file a new report."
        )
        since = "has been gone since" if observation.gone_at else "was not found in the check of"
        says = f"The offer {since} {_time(gone)}."
        yield warn("live", says) if lasting else stop("live", f"{says} {advice}")
    elif abs(lint_input.now - observation.seen_at) > STALE:
        yield warn(
            "live", f"The offer was last seen on {_time(observation.seen_at)}. Check again first."
        )


def right_here(lint_input: LintInput) -> Iterator[Objection]:
    """Wrong right, wrong country: registered, in force, and of the marketplace's country.

    A copyright needs no registration, and counts everywhere (facts).
    """
    report = lint_input.report
    if report.claim.right is None or report.claim is Claim.COPYRIGHT:
        return
    right = lint_input.right
    if right is None or right.kind is not report.claim.right:
        kind = report.claim.right.label.lower()
        yield stop("right", f"No {kind} in /rights supports this report. Type /rights add.")
        return
    validity = validity_of(right, report.marketplace, lint_input.now.date())
    says = {
        RightValidity.PENDING: "is pending, and a report should rest on a registered right",
        RightValidity.EXPIRED: "has expired",
        RightValidity.GRACE: "has expired, and may or may not still count",
        RightValidity.UNKNOWN: f"may not be valid in {report.marketplace}: it names no countries",
        RightValidity.ELSEWHERE: f"is not valid in {report.marketplace}",
    }.get(validity)
    if says:
        yield stop("right", f"{right.label} {says}. Type /rights to check it.")
    elif not right.registration:
        yield stop("right", f"Add the registration number of {right.label}. The report names it.")


def duplicate(lint_input: LintInput) -> Iterator[Objection]:
    """A second report of the same violation is a risk: users call it abuse (facts).

    What Amazon rejected is tried again by its own button, and a seller's return is a new matter.
    """
    report = lint_input.report
    same = repeated(lint_input.others, report.claim, report.seller, report.asins)
    if same is not None and not same.came_back:
        yield stop("duplicate", f"{same.says} Discard this report.")


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
