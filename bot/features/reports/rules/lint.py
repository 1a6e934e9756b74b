"""The lint: Amazon's own reasons to reject a report, looked for before it is filed.

A rule a function; each names the row of the table that it guards against (facts: what gets a
report rejected). An error stops the packet, a warning asks for a second thought.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from bot.core.labeled import Recommendation
from bot.features.evidence.models.items import EvidenceKind
from bot.features.reports.models.claims import GOODS, Claim
from bot.features.reports.models.lint_input import LintInput, Objection
from bot.features.reports.models.observations import Grounds, RightValidity
from bot.features.reports.rules.routing import validity_of
from bot.features.reports.rules.wording import USES
from bot.features.rights.models import BrandRightKind

SETTLING = timedelta(hours=48)
"""So long after an offer vanished a report of it is not found (facts)."""
STALE = timedelta(hours=24)
"""An offer that nobody saw for so long may not be there."""
SHORTEST = 200
"""Characters in which nobody can say what was observed, when, and how it was verified."""


Rule = Callable[[LintInput], Iterable[Objection]]


def lint(lint_input: LintInput) -> tuple[Objection, ...]:
    """Return everything that would get the report rejected, errors first."""
    found = [objection for rule in RULES for objection in rule(lint_input)]
    return tuple(sorted(found, key=lambda objection: not objection.stops))


def lawful_reseller(lint_input: LintInput) -> Iterator[Objection]:
    """A lawful reseller is never reported for infringement; an authorised one is rejected."""
    infringement = lint_input.report.recommendation is Recommendation.INFRINGEMENT
    if lint_input.left_alone and infringement:
        yield _stop(
            "lawful-reseller",
            "Your team marked this seller as a lawful reseller, and a false claim can get you "
            "sued. If that is wrong, type /withdraw SELLER first.",
        )
    elif lint_input.allowed:
        says = (
            "Your records list this seller as authorized, and Amazon rejects such reports. If "
            "that is wrong, withdraw the authorization first."
        )
        rule = "authorised-distributor"
        yield _stop(rule, says) if infringement else _warn(rule, says)


def picture(lint_input: LintInput) -> Iterator[Objection]:
    """Insufficient evidence: at least one picture."""
    if not any(item.picture for item in lint_input.here):
        yield _stop("picture", "There are no pictures. Take a screenshot or add photos.", "collect")


def order_record(lint_input: LintInput) -> Iterator[Objection]:
    """Insufficient evidence: one order record, or the stated reason why none exists."""
    recorded = lint_input.has(EvidenceKind.ORDERS) or lint_input.has(EvidenceKind.TEST_BUY)
    if not recorded and not lint_input.report.no_orders:
        yield _stop(
            "order-record",
            "There are no order records. Add your orders or a test buy, or say why there are none.",
            "collect",
        )


def counterfeit_grounds(lint_input: LintInput) -> Iterator[Objection]:
    """'Counterfeit' without grounds: a test buy, or stated differences with photos."""
    if lint_input.report.claim is not Claim.COUNTERFEIT:
        return
    bought = lint_input.has(EvidenceKind.TEST_BUY)
    shown = lint_input.has(EvidenceKind.RECEIVED) and lint_input.has(EvidenceKind.GENUINE)
    stated = lint_input.report.grounds is Grounds.DIFFERENCES
    if not bought and not (stated and shown):
        yield _stop(
            "counterfeit-grounds",
            "To claim counterfeit, you need a test buy, or photos that show how their product "
            "differs from the genuine one.",
            "collect",
        )
    elif not shown:
        yield _warn(
            "counterfeit-photos",
            "Add photos of their product next to the genuine one. "
            "They are more convincing than words.",
            "collect",
        )


def test_buy(lint_input: LintInput) -> Iterator[Objection]:
    """A report about goods is strongest with the order ID of a test buy."""
    if lint_input.report.claim not in GOODS or lint_input.has(EvidenceKind.TEST_BUY):
        return
    if lint_input.report.grounds is Grounds.TEST_BUY:
        yield _stop(
            "test-buy", "You said you bought one. Add the test buy with its order ID.", "collect"
        )
    else:
        yield _warn(
            "test-buy",
            "Amazon rejects many such reports without a test buy's order ID. Add one if you can.",
            "collect",
        )


def each_product(lint_input: LintInput) -> Iterator[Objection]:
    """Insufficient evidence: what a buyer gets is shown of every reported product."""
    if lint_input.report.claim not in GOODS:
        return
    shown = {item.asin for item in lint_input.here if item.shows_goods}
    missing = [asin for asin in lint_input.report.asins if asin not in shown]
    if shown and "" not in shown and missing:
        yield _stop(
            "each-product",
            f"No evidence shows what a buyer gets for {', '.join(missing[:5])}. Add some, or "
            "discard this report and draft one that leaves it out.",
            "collect",
        )


def bought_from_them(lint_input: LintInput) -> Iterator[Objection]:
    """A test buy from before the seller was seen raises the question from whom it was."""
    began = lint_input.last_observation.first_seen
    bought = [item.purchase.ordered_on for item in lint_input.here if item.purchase]
    if began is not None and bought and max(bought) < began.date():
        yield _warn(
            "test-buy-date",
            f"The test buy of {max(bought)} is older than the seller's offer, first seen on "
            f"{began:%Y-%m-%d}. Say in the text when they started selling.",
            "edit-report",
        )


def live(lint_input: LintInput) -> Iterator[Objection]:
    """Listing not found: the offer is live in the last check."""
    observation = lint_input.last_observation
    if not lint_input.report.seller:
        return
    if observation.seen_at is None:
        yield _warn("live", "Could not check whether the offer is still there. Check the page.")
    elif not observation.there:
        gone = observation.gone_at or observation.seen_at
        wait = lint_input.now - gone < SETTLING
        advice = (
            "Wait 48 hours. If it comes back, report it then."
            if wait
            else "If it comes back, file a new report."
        )
        since = "has been gone since" if observation.gone_at else "was not found in the check of"
        yield _stop("live", f"The offer {since} {_time(gone)}. {advice}")
    elif abs(lint_input.now - observation.seen_at) > STALE:
        yield _warn(
            "live", f"The offer was last seen on {_time(observation.seen_at)}. Check again first."
        )


def right_here(lint_input: LintInput) -> Iterator[Objection]:
    """Wrong right, wrong country: registered, in force, and of the marketplace's country."""
    report = lint_input.report
    if report.claim.right is None:
        return
    right = lint_input.right
    if report.claim.right is BrandRightKind.COPYRIGHT:
        return
    if right is None or right.kind is not report.claim.right:
        kind = report.claim.right.label.lower()
        yield _stop("right", f"No {kind} in /rights supports this report. Type /rights add.")
        return
    validity = validity_of(right, report.marketplace, lint_input.now.date())
    says = {
        RightValidity.PENDING: "is pending, and Amazon accepts only registered rights",
        RightValidity.EXPIRED: "has expired",
        RightValidity.GRACE: "has expired, and may or may not still count",
        RightValidity.UNKNOWN: f"may not be valid in {report.marketplace}: it names no countries",
        RightValidity.ELSEWHERE: f"is not valid in {report.marketplace}",
    }.get(validity)
    if says:
        yield _stop("right", f"{right.label} {says}. Type /rights to check it.")
    elif not right.registration:
        yield _stop("right", f"Add the registration number of {right.label}. Amazon asks for it.")


def precise(lint_input: LintInput) -> Iterator[Objection]:
    """Vague: date and time, ASIN, seller ID, order ID stand in the text."""
    report = lint_input.report
    missing = [asin for asin in report.asins if asin not in report.text]
    if missing:
        yield _stop("vague", f"Mention {', '.join(missing[:5])} in the text.", "edit-report")
    if report.claim in GOODS | USES and report.seller and report.seller not in report.text:
        yield _stop("vague", f"Mention the seller {report.seller} in the text.", "edit-report")
    if not _DATE.search(report.text):
        yield _stop("vague", "Add the date and time to the text.", "edit-report")
    orders = [item.purchase.order for item in lint_input.here if item.purchase]
    if report.claim in GOODS and orders and not any(order in report.text for order in orders):
        yield _stop("vague", f"Mention the order {orders[0]} in the text.", "edit-report")


def observed(lint_input: LintInput) -> Iterator[Objection]:
    """Vague: what was observed against what is genuine, and how it was verified."""
    text = lint_input.report.text
    if len(text) < SHORTEST:
        yield _stop(
            "vague",
            "The text is too short. Say what you observed and how you verified it.",
            "edit-report",
        )
    if blank := _BLANK.search(text):
        yield _stop("blank", f"Fill in this blank: {blank[0][:60]}", "edit-report")


def one_violation(lint_input: LintInput) -> Iterator[Objection]:
    """One violation per report, named by its own words alone."""
    claim = lint_input.report.claim
    if claim is not Claim.COUNTERFEIT and _FAKE.search(lint_input.report.text):
        yield _stop(
            "one-violation",
            "The text says 'counterfeit' or 'fake', but this report does not claim that.",
            "edit-report",
        )
    # That our work is used without our permission is what a copyright report has to say.
    beside = claim.right is not None and claim is not Claim.COPYRIGHT
    if beside and _PRICE.search(lint_input.report.text):
        yield _warn(
            "one-violation",
            "Selling without permission or below a minimum price is not an infringement. "
            "Mentioning it weakens the report.",
            "edit-report",
        )


RULES: tuple[Rule, ...] = (
    lawful_reseller,
    counterfeit_grounds,
    picture,
    order_record,
    test_buy,
    each_product,
    bought_from_them,
    right_here,
    live,
    precise,
    observed,
    one_violation,
)

_DATE = re.compile(
    r"\b20[0-9]{2}-[01]?[0-9]-[0-3]?[0-9]\b|\b[0-3]?[0-9][./][0-3]?[0-9][./]20[0-9]{2}\b"
    r"|\b[A-Z][a-z]{2,8}\.? [0-3]?[0-9], 20[0-9]{2}\b|20[0-9]{2}年[01]?[0-9]月[0-3]?[0-9]日"
)
"""As any language writes a day."""
_BLANK = re.compile(r"\[[^\]\n]{2,80}\]|_{4,}|\{\{")
_FAKE = re.compile(
    r"\b(counterfeit|fakes?\b|knock-?offs?|forger|contrefa|falsific|contraff)"
    r"|fälsch|偽造|偽物|模倣|コピー商品",
    re.IGNORECASE,
)
"""In the languages of the texts."""
_PRICE = re.compile(
    r"\b(unauthori[sz]ed (re)?seller|minimum (advertised )?price|without our permission|MAP)\b"
)


def _stop(rule: str, says: str, fix: str = "") -> Objection:
    return Objection(rule=rule, says=says, stops=True, fix=fix)


def _warn(rule: str, says: str, fix: str = "") -> Objection:
    return Objection(rule=rule, says=says, stops=False, fix=fix)


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
