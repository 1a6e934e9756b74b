"""The alert that a reported seller is back, and what became of it."""

from __future__ import annotations

import msgspec

from bot.core import cards
from bot.core.cards import Button, Card, Style, Tone
from bot.core.interface import listed, together, tr
from bot.core.text import at_word, one_line
from bot.core.views.context import ViewContext, field
from bot.features.cases.models.profiles import SellerProfile, seller_called
from bot.features.reports.models.reports import Report
from bot.features.reports.rules.followups import away, lasted

NAME = 32
"""Characters of a product's name that say which one it is, next to its ASIN."""


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
        title=one_line(
            tr("Back after removal: {products}", products=_products(report, view)), cards.TITLE
        ),
        body=together(*_body(told)),
        tone=Tone.CRITICAL if report.is_back and told.draft is None else Tone.QUIET,
        fields=(
            field(tr("Seller"), seller_called(report.seller, told.profile)),
            field(tr("Products"), listed(*report.asins)),
            *((field(tr("Complaint ID"), report.complaint),) if report.complaint else ()),
            *((field(tr("Back since"), "", at=report.returned_at),) if report.returned_at else ()),
        ),
        buttons=_buttons(told, view),
        footer=f"{report.label} \N{MIDDLE DOT} {told.case}",
    )


def _products(report: Report, view: ViewContext) -> str:
    """Name the first product with its ASIN, and count the others."""
    if not report.asins:
        return tr("all products")
    asin, *others = report.asins
    name = view.name_of(report.marketplace, asin)
    named = asin if name == asin else f"{at_word(name, NAME)} ({asin})"
    return tr("{name} and {more} more", name=named, more=len(others)) if others else named


def _body(told: Return) -> list[str]:
    report, stayed = told.report, away(told.report)
    if stayed is None:
        return [tr("The seller of {label} left again.", label=report.label)]
    said = [
        tr(
            "{label} ({claim}, {verdict}) was followed by a removal.",
            label=report.label,
            claim=report.claim.said,
            verdict=(report.verdict or report.state).said.lower(),
        ),
        tr("The seller stayed away for {time}.", time=lasted(stayed)),
    ]
    if told.draft is not None:
        draft = told.draft.label
        return [*said, tr("{label} was drafted: see {case}.", label=draft, case=told.case)]
    if report.trusted:
        return [*said, tr("The team trusts this seller now, so no new report is needed.")]
    if report.complaint:
        return [*said, tr("A relisting needs a new report that quotes the complaint ID.")]
    return [*said, tr("A relisting needs a new report.")]


def _buttons(told: Return, view: ViewContext) -> tuple[Button, ...]:
    report = told.report
    url = view.links.product(report.marketplace, report.asins[0], report.seller)
    listing = Button(label=tr("Open the listing"), url=url)
    if not report.is_back or told.draft is not None:
        return (listing,)
    return (again_button(report), listing)


def again_button(report: Report) -> Button:
    """Return the button that drafts a new report upon a return."""
    label = tr("File a new report")
    return Button(label=label, action="report-return", ref=report.key, style=Style.PRIMARY)
