"""Amazon rates our account as at risk, closed it, or counts figures against it."""

from __future__ import annotations

from bot.core.account_health import AT_RISK, CLOSED, NORMAL, AccountHealth
from bot.core.findings import Fact, Severity
from bot.core.interface import noted
from checks.own_listings.facts import FIRST
from checks.own_listings.problems import Conclusion, ListingProblem, NoProblem

READ = (
    "Open Performance, Account Health, in Seller Central. Write down each notice and its deadline "
    "before you answer anything"
)
APPEAL = (
    "Open Account Health in Seller Central and read the notice: it says how to appeal. Gather the "
    "documents first, and appeal once"
)
SHOWN = 5
"""So many figures are named; the rest is counted."""
FIGURES = {
    "lateShipmentRate": "late shipments",
    "orderDefectRate": "order defects",
    "onTimeDeliveryRate": "on-time delivery",
    "unitOnTimeDeliveryRate": "on-time delivery of units",
    "validTrackingRate": "valid tracking",
    "preFulfillmentCancellationRate": "canceled orders",
    "prefulfillmentCancelRate": "canceled orders",
    "invoiceDefectRate": "invoices",
    "listingPolicyViolations": "listing policy",
    "productAuthenticityCustomerComplaints": "complaints about authenticity",
    "productConditionCustomerComplaints": "complaints about condition",
    "productSafetyCustomerComplaints": "complaints about safety",
    "receivedIntellectualPropertyComplaints": "intellectual property complaints",
    "suspectedIntellectualPropertyViolations": "suspected intellectual property violations",
    "restrictedProductPolicyViolations": "restricted products",
    "foodAndProductSafetyIssues": "food and product safety",
    "otherPolicyViolations": "other policies",
    "documentRequests": "requested documents",
}
"""What figures are called (source: accountHealthReport-2020-11-18 and its example)."""
STATUSES = {NORMAL: "normal", AT_RISK: "at risk of deactivation"}


def rating(health: AccountHealth) -> Conclusion:
    """Find what Amazon counts against the account; how grave it is follows from its status."""
    closed = health.status in CLOSED
    if health.status == NORMAL and not health.bad and not health.warned:
        return NoProblem.CLEAR
    return ListingProblem(
        severity=Severity.CRITICAL if closed or health.status == AT_RISK else Severity.WARNING,
        headline=_headline(health, closed=closed),
        brief=_brief(health, closed=closed),
        mark=" ".join((health.status, *health.bad)),
        facts=(
            Fact(FIRST, APPEAL if closed else READ),
            Fact("Marketplace", health.marketplace),
            Fact("Account status", _status(health)),
            Fact("Below Amazon's target", _figures(health)),
        ),
    )


def _headline(health: AccountHealth, *, closed: bool) -> str:
    market = health.marketplace
    if closed:
        return noted("Amazon deactivated your account in {market}", market=market)
    if health.status == AT_RISK:
        return noted("Your account in {market} is at risk of deactivation", market=market)
    if health.status == NORMAL:
        return noted("Amazon counts problems against your account in {market}", market=market)
    return noted("Amazon changed the status of your account in {market}", market=market)


def _brief(health: AccountHealth, *, closed: bool) -> str:
    if closed:
        return "account deactivated"
    return "account at risk" if health.status == AT_RISK else "account health"


def _status(health: AccountHealth) -> str:
    if health.status in CLOSED:
        return "deactivated"
    return STATUSES.get(health.status) or f"'{health.status}', as Amazon says"


def _figures(health: AccountHealth) -> str:
    if not health.bad:
        return "none that the report shows"
    named = [FIGURES.get(each, each) for each in health.bad[:SHOWN]]
    if len(health.bad) > SHOWN:
        named.append(f"{len(health.bad) - SHOWN} more")
    return ", ".join(dict.fromkeys(named))
