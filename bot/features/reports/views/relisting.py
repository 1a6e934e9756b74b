"""The alert that a reported seller is back, and what became of it."""

from __future__ import annotations

import msgspec

from bot.core import cards
from bot.core.cards import Button, Card, Style, Tone
from bot.core.text import at_word, one_line
from bot.core.views.context import ViewContext, field
from bot.features.cases.models.profiles import SellerProfile, seller_called
from bot.features.reports.models.reports import Report
from bot.features.reports.rules.followups import away, lasted

NAME = 32
"""Characters of a product's name that say which one it is, next to its ASIN."""

FILE_AGAIN = "File a new report"


class Return(msgspec.Struct, frozen=True):
    """A reported seller's return; without ``returned_at`` they have left again."""

    report: Report
    case: str
    """The label of the case in which it was seen."""
    profile: SellerProfile | None = None
    """What the seller's page says; None: not read."""
    draft: Report | None = None
    """The report that was drafted upon it."""


def back_card(told: Return, view: ViewContext) -> Card:
    """Show who is back, how long they stayed away, and what to do."""
    report = told.report
    return Card(
        title=one_line(f"Back after removal: {_products(report, view)}", cards.TITLE),
        body=" ".join(_body(told)),
        tone=Tone.CRITICAL if report.is_back and told.draft is None else Tone.QUIET,
        fields=(
            field("Seller", seller_called(report.seller, told.profile)),
            field("Products", ", ".join(report.asins)),
            *((field("Complaint ID", report.complaint),) if report.complaint else ()),
            *((field("Back since", view.clock(report.returned_at)),) if report.returned_at else ()),
        ),
        buttons=_buttons(told, view),
        footer=f"{report.label} \N{MIDDLE DOT} {told.case}",
    )


def _products(report: Report, view: ViewContext) -> str:
    """Name the first product with its ASIN, and count the others."""
    if not report.asins:
        return "all products"
    asin, *others = report.asins
    name = view.name_of(report.marketplace, asin)
    named = asin if name == asin else f"{at_word(name, NAME)} ({asin})"
    return f"{named} and {len(others)} more" if others else named


def _body(told: Return) -> list[str]:
    report, stayed = told.report, away(told.report)
    if stayed is None:
        return [f"The seller of {report.label} left again."]
    verdict = (report.verdict or report.state).label.lower()
    said = [
        f"{report.label} ({report.claim.label}, {verdict}) was followed by a removal. "
        f"The seller stayed away for {lasted(stayed)}."
    ]
    if told.draft is not None:
        return [*said, f"{told.draft.label} was drafted: see {told.case}."]
    if report.trusted:
        return [*said, "The team trusts this seller now, so no new report is needed."]
    quoting = " that quotes the complaint ID" if report.complaint else ""
    return [*said, f"A relisting needs a new report{quoting}."]


def _buttons(told: Return, view: ViewContext) -> tuple[Button, ...]:
    report = told.report
    url = view.links.product(report.marketplace, report.asins[0], report.seller)
    listing = Button(label="Open the listing", url=url)
    if not report.is_back or told.draft is not None:
        return (listing,)
    return (again_button(report), listing)


def again_button(report: Report) -> Button:
    """Return the button that drafts a new report upon a return."""
    return Button(label=FILE_AGAIN, action="report-return", ref=report.key, style=Style.PRIMARY)
