"""Which test buys and which pieces of evidence say something about what a report claims.

One rule for the check, the text, the dossier and its limits.
"""

from __future__ import annotations

from collections.abc import Collection

from bot.core.interface import tr
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind, Purchase
from bot.features.reports.models.claims import ON_GOODS, Claim
from bot.features.reports.models.lint_input import LintInput

_OF_GOODS = frozenset(
    {
        EvidenceKind.TEST_BUY,
        EvidenceKind.CONFIRMATION,
        EvidenceKind.RECEIVED,
        EvidenceKind.ORDERS,
    }
)


def stray(bought: Purchase, claim: Claim, seller: str, asins: Collection[str]) -> str:
    """Say why a test buy is no grounds for the claim against that seller; empty: it is.

    A genuine item may be used, incomplete or another version; it is no infringement. What an
    earlier version did not ask is not held against it.
    """
    if bought.seller and seller and bought.seller != seller:
        return tr(
            "The test buy {order} was bought from {seller}, not from this seller.",
            order=bought.order,
            seller=bought.seller_name or bought.seller,
        )
    if bought.asin and bought.asin not in asins:
        return tr(
            "The test buy {order} is of {asin}, which is not in this report.",
            order=bought.order,
            asin=bought.asin,
        )
    if bought.genuine and claim.right is not None:
        return tr("The test buy {order} showed that the product is genuine.", order=bought.order)
    return ""


def fits(bought: Purchase, claim: Claim, seller: str, asins: Collection[str]) -> bool:
    """Tell whether a test buy is grounds for the claim."""
    return not stray(bought, claim, seller, asins)


def belongs(item: EvidenceItem, claim: Claim, seller: str, asins: Collection[str]) -> bool:
    """Tell whether a piece of evidence says something about the claim against that seller.

    A test buy says nothing of a changed page, and a photo of one product nothing of another. A
    photo of the genuine product may be the original that a page copied.
    """
    if item.purchase is not None and not fits(item.purchase, claim, seller, asins):
        return False
    if item.asin and item.asin not in asins:
        return False
    return claim in ON_GOODS or item.kind not in _OF_GOODS


def speaking(lint_input: LintInput) -> tuple[Purchase, ...]:
    """Return the test buys that speak for the report."""
    report = lint_input.report
    about = (report.claim, report.seller, report.asins)
    return tuple(bought for bought in lint_input.purchases if fits(bought, *about))
