"""A case as the headline of its thread, and as two lines of a list."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Button, Card, Field, Tone
from bot.core.findings import NOT_NEW, PAGE_CHANGES, SELLER, Severity
from bot.core.interface import listed, tr, tr_count, tr_data
from bot.core.text import clip, one_line
from bot.core.views.context import TONES, field
from bot.core.when import span
from bot.features.cases.models.cases import Case
from bot.features.cases.models.signals import Affected, Signal
from bot.features.cases.views.context import CaseContext
from bot.features.cases.views.facts import case_fields
from bot.features.cases.views.next_steps import case_buttons, case_menu
from bot.features.cases.views.product import picture_of, product_of
from bot.features.cases.views.sellers import short_name
from bot.features.cases.views.title import (
    UNREAD,
    brief,
    capital,
    case_headline,
    place,
    place_of_seller,
    point,
    spread,
)

LINES = 6
MARKET = 20
"""Characters of a marketplace's code, whatever was stored."""
GIST = " · "
"""Stands between the parts of what one must know at once."""
BADGES = {
    Severity.CRITICAL: "Critical",
    Severity.WARNING: "Warning",
    Severity.INFO: "Notice",
}
"""How bad it is, in a word."""


def case_card(case: Case, view: CaseContext) -> Card:
    """Show a case: how bad it is first, then how it stands, what it is about and what is next."""
    lines = _body(case, view)
    gist = _gist(lines) if _worrying(case, view) and case.tally.products <= 1 else []
    return Card(
        title=case_headline(case, view),
        badge=tr_data(BADGES[case.severity]) if _worrying(case, view) else "",
        gist=GIST.join(gist),
        link=_listing(case, view),
        body=clip("\n".join(lines[len(gist) :]), cards.BODY),
        tone=case_tone(case, view),
        fields=case_fields(case, view),
        thumbnail=picture_of(case, view),
        buttons=case_buttons(case, view),
        menu=case_menu(case, view),
        links=_links(case, view),
        footer=_footer(case),
    )


def case_line(case: Case, view: CaseContext, more: str = "") -> Field:
    """Show a case as two lines of a list: how bad, its number and point; where, and how it is."""
    label = f"{case_tone(case, view).symbol} {case.label} · {point(case)}"
    name = "" if spread(case) else short_name(case, view)
    value = " · ".join(filter(None, (place(case, view), name, *_progress(case, view), more)))
    return field(label, value, wide=True)


def _progress(case: Case, view: CaseContext) -> tuple[str, ...]:
    """Say how old an open case is and whose, if it is somebody's; or how it rests."""
    if not case.open:
        reason = case.reason
        return (tr("closed: {reason}", reason=reason.said_inside) if reason else tr("closed"),)
    if case.snoozed_until and case.snoozed(view.now):
        return (tr("snoozed until {time}", time=view.clock(case.snoozed_until)),)
    age = span(view.now - case.opened_at) if case.going_on else tr("over for now")
    return age, case.assignee.name if case.assignee else ""


def case_title(case: Case) -> str:
    """Say in a sentence what the case is about now, where no product's name is at hand."""
    if spread(case) and case.going_on and case.open:
        return tr("{point}: {place}", point=point(case), place=place_of_seller(case))
    headline = case.lead.headline if case.lead else capital(tr_data(UNREAD))
    if case.open and case.going_on:
        return headline
    if case.open:
        return tr("Over for now: {headline}", headline=headline)
    return tr("Closed: {headline}", headline=headline)


def case_tone(case: Case, view: CaseContext) -> Tone:
    """Return how bad it is now; what is closed or snoozed is calm."""
    if not case.open or case.snoozed(view.now):
        return Tone.QUIET
    return TONES[case.severity] if case.going_on else Tone.GOOD


def _worrying(case: Case, view: CaseContext) -> bool:
    """Tell whether it goes on and is not snoozed."""
    return case.open and case.going_on and not case.snoozed(view.now)


def _gist(lines: Sequence[str]) -> list[str]:
    """Return the first lines that find room, whole, where a notification shows them."""
    shown: list[str] = []
    for line in lines:
        if len(GIST.join((*shown, line))) > cards.GIST:
            break
        shown.append(line)
    return shown


def _body(case: Case, view: CaseContext) -> list[str]:
    """Say what the title does not: what else goes on, and on which products."""
    if case.tally.products > 1:
        return _products(case, view)
    if not case.open:
        return []
    return [
        capital(brief(signal))
        for signal in _active(case, view)
        # Parts of a page stand side by side below.
        if not _told(case, signal) and signal.kind not in PAGE_CHANGES
    ]


def _products(case: Case, view: CaseContext) -> list[str]:
    """Say in a line for each product what goes on there besides the title; what is over is last."""
    known = sorted(view.affected.get(case.key, ()), key=lambda each: each.place)
    products = [on for on in known if on.asin]
    whole = [on for on in known if not on.asin]
    lines = [
        *(f"• {capital(each)}" for on in whole for each in _besides(case, on)),
        *(_line(case, on, view) for on in products if _besides(case, on)),
        *(
            tr("✓ {product}: over", product=_name(case, on, view))
            for on in products
            if not on.active
        ),
    ]
    shown = lines[:LINES]
    hidden = len(lines) - len(shown) + case.tally.products - len(products)
    more = tr_count(hidden, "and {count} more product", "and {count} more products")
    return [*shown, more] if hidden > 0 else shown


def _line(case: Case, on: Affected, view: CaseContext) -> str:
    besides = listed(*_besides(case, on))
    return tr("• {product}: {besides}", product=_name(case, on, view), besides=besides)


def _name(case: Case, on: Affected, view: CaseContext) -> str:
    return view.name_of(case.marketplace, on.asin)


def _besides(case: Case, on: Affected) -> list[str]:
    """Say what goes on on a product besides what the title says, the worst first."""
    active = Signal.in_order([on]) if on.active else []
    return [brief(signal) for signal in active if not _told(case, signal)]


def _active(case: Case, view: CaseContext) -> list[Signal]:
    """Return what goes on on the case's worst products, the worst first."""
    return Signal.in_order(view.affected.get(case.key, ())) if case.going_on else []


def _told(case: Case, signal: Signal) -> bool:
    """Tell whether the title says all of it; of an offer it gives no price."""
    lead = case.lead
    titled = lead is not None and (lead.kind, lead.asin) == (signal.kind, signal.asin)
    return titled and not spread(case) and signal.kind not in (SELLER, *NOT_NEW)


def _footer(case: Case) -> str:
    parts = [case.label, one_line(case.marketplace, MARKET)] if case.marketplace else [case.label]
    if case.earlier:
        parts.append(tr("seen before in {case}", case=f"C-{case.earlier}"))
    return one_line(" · ".join(parts), cards.FOOTER)


def _listing(case: Case, view: CaseContext) -> str:
    """Return the address of the product that the title speaks of; nothing where there is none."""
    asin = product_of(case, view)
    return view.links.product(case.marketplace, asin, case.seller) if asin else ""


def _links(case: Case, view: CaseContext) -> tuple[Button, ...]:
    """Return where one can look oneself."""
    listing = _listing(case, view)
    links = [Button(label=tr("Open the listing"), url=listing)] if listing else []
    if case.seller:
        page = view.links.seller(case.marketplace, case.seller)
        links.append(Button(label=tr("Seller's page"), url=page))
    return tuple(links)
