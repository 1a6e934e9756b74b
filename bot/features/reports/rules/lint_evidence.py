"""The lint's rules on evidence: what a report should show."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.interface import listed, together, tr
from bot.features.evidence.models.items import EvidenceKind
from bot.features.reports.models.claims import GOODS, PAGES, Claim
from bot.features.reports.models.lint_input import LintInput, Objection, stop, warn
from bot.features.reports.models.observations import Grounds
from bot.features.reports.rules.grounds import speaking, stray


def picture(lint_input: LintInput) -> Iterator[Objection]:
    """Insufficient evidence: at least one picture; a report on a page is weaker without one."""
    if any(item.picture for item in lint_input.here):
        return
    says = tr("There are no pictures. Take a screenshot or add photos.")
    page = lint_input.report.claim in PAGES
    yield warn("picture", says, "collect") if page else stop("picture", says, "collect")


def order_record(lint_input: LintInput) -> Iterator[Objection]:
    """Insufficient evidence of goods: one order record, or the stated reason why none exists."""
    if lint_input.report.claim not in GOODS:
        return
    recorded = lint_input.has(EvidenceKind.ORDERS) or lint_input.has(EvidenceKind.TEST_BUY)
    if not recorded and not lint_input.report.no_orders:
        yield stop(
            "order-record",
            tr(
                "There are no order records. Add your orders or a test buy, or say why there are "
                "none."
            ),
            "collect",
        )


def counterfeit_grounds(lint_input: LintInput) -> Iterator[Objection]:
    """'Counterfeit' without grounds: a test buy, or stated differences with photos."""
    if lint_input.report.claim is not Claim.COUNTERFEIT:
        return
    bought = _bought(lint_input)
    shown = lint_input.has(EvidenceKind.RECEIVED) and lint_input.has(EvidenceKind.GENUINE)
    stated = lint_input.report.grounds is Grounds.DIFFERENCES
    if not bought and not (stated and shown):
        yield stop(
            "counterfeit-grounds",
            tr(
                "To claim counterfeit, you need a test buy, or photos that show how their product "
                "differs from the genuine one."
            ),
            "collect",
        )
    elif not shown:
        yield warn(
            "counterfeit-photos",
            tr(
                "Add photos of their product next to the genuine one. "
                "They are more convincing than words."
            ),
            "collect",
        )


def test_buy(lint_input: LintInput) -> Iterator[Objection]:
    """A report about goods is strongest with the order ID of a test buy."""
    if lint_input.report.claim not in GOODS or lint_input.has(EvidenceKind.TEST_BUY):
        return
    if lint_input.report.grounds is Grounds.TEST_BUY:
        says = tr("You said you bought one. Add the test buy with its order ID.")
        yield stop("test-buy", says, "collect")
    else:
        says = tr("Such a report is strongest with a test buy's order ID. Add one if you can.")
        yield warn("test-buy", says, "collect")


def each_product(lint_input: LintInput) -> Iterator[Objection]:
    """Insufficient evidence: what a buyer gets is shown of every reported product."""
    if lint_input.report.claim not in GOODS:
        return
    shown = {item.asin for item in lint_input.here if item.shows_goods}
    missing = [asin for asin in lint_input.report.asins if asin not in shown]
    if shown and "" not in shown and missing:
        yield stop(
            "each-product",
            tr(
                "No evidence shows what a buyer gets for {asins}. Add some, or discard this report "
                "and draft one that leaves it out.",
                asins=listed(*missing[:5]),
            ),
            "collect",
        )


def stray_test_buy(lint_input: LintInput) -> Iterator[Objection]:
    """A test buy from another seller, of another product, or that was genuine proves nothing."""
    if lint_input.report.claim not in GOODS or speaking(lint_input):
        return
    for bought in lint_input.purchases[:1]:
        report = lint_input.report
        why = stray(bought, report.claim, report.seller, report.asins)
        says = together(why, tr("Add one that supports this report."))
        yield stop("stray-test-buy", says, "collect")


def bought_from_them(lint_input: LintInput) -> Iterator[Objection]:
    """A test buy from before the seller was seen raises the question from whom it was.

    One that says from whom it was raises none.
    """
    began = lint_input.last_observation.first_seen
    if any(bought.seller for bought in speaking(lint_input)):
        return
    bought = [each.ordered_on for each in lint_input.purchases]
    if began is not None and bought and max(bought) < began.date():
        yield warn(
            "test-buy-date",
            tr(
                "The test buy of {day} is older than the seller's offer, first seen on {began}. "
                "Say in the text when they started selling.",
                day=max(bought),
                began=f"{began:%Y-%m-%d}",
            ),
            "edit-report",
        )


def _bought(lint_input: LintInput) -> bool:
    """Tell whether a test buy speaks for the report, also one whose words were removed."""
    untold = any(
        item.kind is EvidenceKind.TEST_BUY and not item.purchase for item in lint_input.here
    )
    return untold or bool(speaking(lint_input))
