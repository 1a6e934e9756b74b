"""A case as the headline of its thread, and as two lines of a list."""

from __future__ import annotations

from bot.core import cards
from bot.core.cards import Button, Card, Field, Tone
from bot.core.findings import (
    AT_RISK,
    FIRST_STEP,
    NOT_NEW,
    PAGE_CHANGES,
    SELLER,
    TO_DO,
)
from bot.core.interface import listed, together, tr, tr_count, tr_data
from bot.core.text import clip, one_line
from bot.core.views.context import TONES, field
from bot.core.when import span
from bot.features.cases.models.cases import Case
from bot.features.cases.models.signals import Affected, Signal
from bot.features.cases.views.context import CaseContext
from bot.features.cases.views.next_steps import case_buttons, case_menu
from bot.features.cases.views.page_changes import page_fields
from bot.features.cases.views.seller_facts import who_it_is
from bot.features.cases.views.sellers import fact_fields, short_name
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

FACTS = 6
COSTS = "Costs us"
"""What earlier versions called the sales at risk."""
OF_NOW = frozenset({AT_RISK, COSTS, FIRST_STEP, TO_DO})
"""Labels of facts that say what a problem costs, and asks for, as long as it goes on."""
OF_SELLER = frozenset({"Seller", "Feedback"})
"""Labels of facts that are true of a seller wherever they sell, as the rules name them."""
LINES = 6


def case_card(case: Case, view: CaseContext) -> Card:
    """Show a case: how bad it is first, then the facts, then who works on it."""
    return Card(
        title=case_headline(case, view),
        link=_listing(case, view),
        body=clip("\n".join(_body(case, view)), cards.BODY),
        tone=case_tone(case, view),
        fields=_fields(case, view),
        buttons=case_buttons(case, view),
        menu=case_menu(case, view),
        links=_links(case, view),
        footer=_footer(case, view),
    )


def _fields(case: Case, view: CaseContext) -> tuple[Field, ...]:
    """Say how it stands, what is known, and what a report has, as far as there is room."""
    known = (*_facts(case, view), *who_it_is(case, view))
    return (*_work(case, view), *known, *_evidence(case, view))[: cards.FIELDS]


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


def _body(case: Case, view: CaseContext) -> list[str]:
    """Say what the title does not: what else goes on, and on which products."""
    if case.tally.products > 1:
        return _products(case, view)
    if case.open and not case.going_on:
        return [tr("If the problem starts again, this card shows it. Details are as last seen.")]
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


def _facts(case: Case, view: CaseContext) -> tuple[Field, ...]:
    known = view.affected.get(case.key, ())
    signals = Signal.in_order(known) if case.going_on else Signal.in_order(known)[-1:]
    if not signals:
        return ()
    if case.open and (changed := page_fields(case, known, view)):
        return changed
    if not spread(case):
        # What is over costs nothing any more, and asks for nothing.
        true = [
            fact
            for fact in signals[0].facts
            if (case.open and case.going_on) or fact.label not in OF_NOW
        ]
        return (*fact_fields(case, true, view)[:FACTS], *_profit(case, view))
    leading = [signal for signal in signals if signal.kind == signals[0].kind]
    common = [fact for fact in leading[0].facts if all(fact in each.facts for each in leading)]
    if len(known) < case.tally.products:
        # Of products that are not at hand, only what is true of the seller is known.
        common = [fact for fact in common if fact.label in OF_SELLER]
    loss = case.daily_loss if case.open else None
    total = tr("up to {loss} a day in total", loss=loss)
    costs = (field(tr_data(AT_RISK), total),) if loss else ()
    return (*fact_fields(case, common, view)[:FACTS], *costs, *_profit(case, view))


def _profit(case: Case, view: CaseContext) -> tuple[Field, ...]:
    """Show what the sales at risk would earn, where the team said what its margin is."""
    loss, margin = case.daily_loss, view.team.margin
    if loss is None or margin is None or not (case.open and case.going_on):
        return ()
    profit = loss.share(margin)
    daily = tr("up to {profit} a day at a {margin}% margin", profit=profit, margin=margin)
    return (field(tr("Profit at risk"), daily),)


def _work(case: Case, view: CaseContext) -> list[Field]:
    shown = [field(tr("State"), _state(case, view))]
    if case.assignee:
        shown.append(field(tr("Assigned to"), case.assignee.name))
    report = view.reports.get(case.key)
    if report:
        told = tr("{report}: {state}.", report=report.label, state=report.said)
        shown.append(field(tr("Report"), together(told, report.todo), wide=bool(report.todo)))
    if case.note:
        shown.append(field(tr("Note"), case.note, wide=True))
    if case.key in view.earlier:
        shown.append(field(tr("Seen before"), view.earlier[case.key], wide=True))
    return shown


def _evidence(case: Case, view: CaseContext) -> list[Field]:
    """Show what a report wants, and what of it is there, once there is any."""
    wanted = view.needs.get(case.key, ())
    if not case.open or not any(need.met for need in wanted):
        return []
    lines = [f"{'✓' if need.met else '✗'} {need.label}" for need in wanted]
    return [field(tr("Evidence"), "\n".join(lines), wide=True)]


def _state(case: Case, view: CaseContext) -> str:
    if not case.open:
        by = case.closed_by.name if case.closed_by else tr("someone")
        reason = case.reason.said if case.reason else tr("no reason given")
        return tr("Closed by {name}: {reason}", name=by, reason=reason)
    if case.snoozed_until and case.snoozed(view.now):
        return tr("Snoozed until {time}", time=view.clock(case.snoozed_until))
    if case.acknowledged_by:
        return tr("Acknowledged by {name}", name=case.acknowledged_by.name)
    return tr("New: not acknowledged yet")


def _footer(case: Case, view: CaseContext) -> str:
    parts = [case.label, tr("opened {time}", time=view.clock(case.opened_at))]
    if case.tally.products > 1:
        parts.append(tr("{count} products", count=f"{case.tally.products:,}"))
    if case.earlier:
        parts.append(tr("seen before in {case}", case=f"C-{case.earlier}"))
    return one_line(" · ".join(parts), cards.FOOTER)


def _listing(case: Case, view: CaseContext) -> str:
    """Return the address of the product that the title speaks of; nothing where there is none."""
    known = Signal.in_order(view.affected.get(case.key, ()))
    asin = next((each.asin for each in (known if case.going_on else known[::-1]) if each.asin), "")
    return view.links.product(case.marketplace, asin, case.seller) if asin else ""


def _links(case: Case, view: CaseContext) -> tuple[Button, ...]:
    """Return where one can look oneself."""
    listing = _listing(case, view)
    links = [Button(label=tr("Open the listing"), url=listing)] if listing else []
    if case.seller:
        page = view.links.seller(case.marketplace, case.seller)
        links.append(Button(label=tr("Seller's page"), url=page))
    return tuple(links)
