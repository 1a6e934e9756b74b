"""The forms of the flow that collects evidence. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.forms import Choice, File, Form, Option, Paragraph, Text
from bot.core.interface import tr, tr_data
from bot.features.evidence.models.items import EvidenceKind

PHOTOS = 5
REPORTS = 3
PICTURES = ("image/png", "image/jpeg", "image/webp")
PAPERS = (*PICTURES, "application/pdf")
PLAN = "plan"
"""The answer that plans a test buy instead of adding evidence."""
COVER = "It must show 'Sold by', or be the parcel label. Cover your own name and address first."
"""The hint beside an order confirmation."""

OFFERED = (
    (EvidenceKind.CAPTURE, "A screenshot of the offer page, taken now"),
    (EvidenceKind.RECEIVED, "Photos of the seller's product"),
    (EvidenceKind.GENUINE, "Photos of the genuine product"),
    (EvidenceKind.ORDERS, "Our order records, or why there are none"),
    (EvidenceKind.TEST_BUY, "A test buy"),
    (EvidenceKind.CONFIRMATION, "An order confirmation or parcel label"),
    (EvidenceKind.PAPER, "A document: invoice, letter or reply"),
)


def what_form(
    needs: str,
    missing: EvidenceKind | None,
    products: Sequence[tuple[str, str]],
    *,
    camera: bool,
    bought: bool,
    plan: bool,
) -> Form:
    """Ask what is added, and about which of the products."""
    there = {EvidenceKind.CAPTURE: camera, EvidenceKind.CONFIRMATION: bought}
    kinds = [each for each in OFFERED if there.get(each[0], True)]
    return Form(
        id="collect-what",
        title=tr("Collect evidence"),
        intro=needs,
        inputs=(
            Choice(
                name="what",
                label=tr("What do you want to add?"),
                options=(
                    *(Option(kind.value, tr_data(label)) for kind, label in kinds),
                    *([Option(PLAN, tr("Plan to buy one from this seller"))] if plan else []),
                ),
                initial=missing.value if missing else "",
            ),
            *_which(products),
        ),
    )


def _which(products: Sequence[tuple[str, str]]) -> tuple[Choice, ...]:
    """Ask for the product where there are several; a case may be about none."""
    if len(products) <= 1:
        return ()
    options = tuple(Option(asin, label) for asin, label in products)
    label = tr("For which product?")
    return (Choice(name="asin", label=label, options=options, initial=products[0][0]),)


def files_form(kind: EvidenceKind) -> Form:
    """Ask for pictures or papers."""
    hints = {
        EvidenceKind.RECEIVED: tr(
            "Packaging marks, labels, serial numbers. Leave out buyers' names and addresses."
        ),
        EvidenceKind.GENUINE: tr("The same angles as the photos of the seller's product."),
        EvidenceKind.CONFIRMATION: tr_data(COVER),
    }
    paper = kind in (EvidenceKind.PAPER, EvidenceKind.CONFIRMATION)
    return Form(
        id="collect-files",
        title=tr("Collect evidence"),
        intro=tr(
            "{kind}. The original is kept unchanged, and the chat shows a copy. If a photo "
            "contains a location or an author, you choose whether to keep that data.",
            kind=kind.said,
        ),
        inputs=(
            File(
                name="files",
                label=tr("Documents") if paper else tr("Photos"),
                hint=hints.get(kind, tr("PDF or images. Black out buyers' names first.")),
                kinds=PAPERS if paper else PICTURES,
                most=PHOTOS,
                asks=True,
            ),
            Text(
                name="caption",
                label=tr("What do the files show?"),
                hint=tr("For example: logo printed, ours is embossed"),
                most=300,
            ),
        ),
        submit=tr("Add"),
    )


def orders_form() -> Form:
    """Ask for order records, or why there are none."""
    return Form(
        id="collect-orders",
        title=tr("Collect evidence"),
        intro=tr(
            "Fill in one of these three fields. From a report, Brandwarden keeps only order ID, "
            "dates, cancellation, ASIN, SKU, quantity and price. It never keeps names or addresses."
        ),
        inputs=(
            File(
                name="files",
                label=tr("Amazon's All Orders report"),
                hint=tr("In Seller Central: Reports > Fulfillment > All Orders."),
                required=False,
                most=REPORTS,
            ),
            Paragraph(
                name="typed",
                label=tr("Or enter orders, one per line"),
                hint="123-1234567-1234567 2026-11-20 B0EXAMPLE1 2",
                required=False,
                most=2000,
            ),
            Text(
                name="none",
                label=tr("Or say why there are none"),
                hint=tr("For example: we did not sell it in this country then."),
                required=False,
                most=300,
            ),
        ),
        submit=tr("Add"),
    )
