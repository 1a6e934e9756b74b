"""What a person can do on a case's card: one next step by how far the case is, and the rest.

At most three buttons; what else makes sense now is in a menu of five. What leads to one of Amazon's
pages is no step: it stands beside the facts.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from bot.core.amazon_retail import amazon_itself
from bot.core.cards import MENU, Button, Menu, Style
from bot.core.findings import (
    ATTACK,
    BUY_BOX,
    ENDED_BY_TRUST,
    HIDDEN_SELLERS,
    NO_BUY_BOX,
    OF_OUR_ACCOUNT,
    OF_OUR_LISTING,
    PRICE_FLOOR,
    PROBLEM,
)
from bot.core.interface import tr
from bot.core.listing import Watch
from bot.features.cases.models.cases import Case
from bot.features.cases.views.context import CaseContext
from bot.features.cases.views.page_changes import page_buttons
from bot.features.watchlist.views.price_history import SHOW

BUTTONS = 3
CLOSE = "close"
PRICED = frozenset({BUY_BOX, PRICE_FLOOR, NO_BUY_BOX})
"""Signals that earlier prices tell something of."""
WITH_PLAYBOOK = OF_OUR_LISTING | OF_OUR_ACCOUNT | {NO_BUY_BOX}
"""Signals that have a playbook, and nobody to report."""


def case_buttons(case: Case, view: CaseContext) -> tuple[Button, ...]:
    """Return the next step, which stands out while somebody waits for it, and two more."""
    calm = not case.open or case.snoozed(view.now)
    first = Style.PLAIN if calm else Style.PRIMARY
    return tuple(
        msgspec.structs.replace(step, style=Style.PLAIN if place else first)
        for place, step in enumerate(_steps(case, view)[:BUTTONS])
    )


def case_menu(case: Case, view: CaseContext) -> Menu | None:
    """Return what else can be done now, what is done most often first; closing is never cut off."""
    rest = _steps(case, view)[BUTTONS:]
    ends = [step for step in rest[MENU:] if step.action == CLOSE]
    items = (*rest[: MENU - len(ends)], *ends)
    return Menu(label=tr("More"), items=items) if items else None


def _steps(case: Case, view: CaseContext) -> list[Button]:
    """Return each step once, in the order in which they matter now."""
    steps = _of_closed(case) if not case.open else _of_open(case, view)
    return list({step.id: step for step in steps}.values())


def _of_closed(case: Case) -> Iterator[Button]:
    yield Button(label=tr("Reopen"), action="reopen", ref=case.key)
    yield _note(case)


def _of_open(case: Case, view: CaseContext) -> Iterator[Button]:
    over, seen = not case.going_on, case.acknowledged_by is not None
    yield from page_buttons(case, view.affected.get(case.key, ()))
    report = view.reports.get(case.key)
    if report and report.step and (seen or over):
        yield report.step
    if over:
        yield _close(case)
    elif not seen:
        yield Button(label=tr("Acknowledge"), action="acknowledge", ref=case.key)
    yield from _remedies(case, view)
    yield Button(label=tr("Assign"), action="assign-to", ref=case.key)
    yield from _besides(case, view)


def _remedies(case: Case, view: CaseContext) -> Iterator[Button]:
    """Return what is done about it: first what a report still wants, then the report."""
    collect = Button(label=tr("Collect evidence"), action="collect", ref=case.key)
    kinds = case.tally.kinds.keys()
    if kinds & WITH_PLAYBOOK:
        yield Button(label=tr("Start playbook"), action="playbook", ref=case.key)
    if view.facts_source and HIDDEN_SELLERS in case.tally.active:
        yield Button(label=tr("List all sellers"), action="all-sellers", ref=case.key)
    if _beyond_reports(case) or not case.asins or kinds <= WITH_PLAYBOOK:
        yield collect
        return
    report = Button(label=tr("File a report"), action="report", ref=case.key)
    wanted = view.needs.get(case.key, ())
    if _report_runs(case, view):
        yield collect
    elif wanted and all(need.met for need in wanted):
        yield from (report, collect)
    else:
        yield from (collect, report)


def _report_runs(case: Case, view: CaseContext) -> bool:
    report = view.reports.get(case.key)
    return report is not None and report.open


def _beyond_reports(case: Case) -> bool:
    """Tell whether it is Amazon's own offer: no report is right against it, nor is it an attack."""
    amazon = amazon_itself(case.seller, case.marketplace)
    return amazon is not None and amazon.sure


def _besides(case: Case, view: CaseContext) -> Iterator[Button]:
    kinds = case.tally.kinds
    if ATTACK in kinds:
        yield Button(label=tr("Ask Amazon's support"), action="support", ref=case.key)
    snooze = Button(label=tr("Snooze"), action="snooze", ref=case.key)
    if _report_runs(case, view):  # who is reported is not trusted, least of all by a slip
        yield snooze
    if ENDED_BY_TRUST & case.tally.active.keys() and case.seller:
        yield Button(label=tr("Authorize seller"), action="authorise", ref=case.key)
    yield snooze
    yield _close(case)
    yield _note(case)
    if _report_runs(case, view):  # the same seller may also have changed the page
        yield Button(label=tr("File another report"), action="report", ref=case.key)
    if PRICED & kinds.keys():
        yield from _prices(case)
    if not _beyond_reports(case) and not {ATTACK, PROBLEM} & kinds.keys():
        yield Button(label=tr("Log as attack"), action="log-attack", ref=case.key)


def _close(case: Case) -> Button:
    return Button(label=tr("Close"), action=CLOSE, ref=case.key)


def _prices(case: Case) -> Iterator[Button]:
    """Lead to the prices of the case's product; of several, which one is meant is not known."""
    if len(case.asins) == 1:
        key = Watch.key_of(case.marketplace, case.asins[0])
        yield Button(label=tr("Price history"), action=SHOW, ref=key)


def _note(case: Case) -> Button:
    return Button(label=tr("Add a note"), action="add-note", ref=case.key)
