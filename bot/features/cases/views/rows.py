"""Cases as rows of a list."""

from __future__ import annotations

from bot.core.browse.models import (
    BulkAction,
    TableCell,
    TableColumn,
    TableFilter,
    TableRow,
)
from bot.core.browse.table import Labels
from bot.core.findings import Severity
from bot.core.forms import OPTION, Option, options_of
from bot.core.interface import tr
from bot.core.listing import Watch
from bot.core.text import one_line
from bot.features.cases.models.cases import Case
from bot.features.cases.rules.browsing import (
    MARKET,
    NO_OWNER,
    OWNER,
    SEVERITY,
    STATE,
    CaseState,
)
from bot.features.cases.views.case import case_tone
from bot.features.cases.views.context import CaseContext
from bot.features.cases.views.sellers import short_name
from bot.features.cases.views.title import place, point, spread

ACKNOWLEDGE, ASSIGN, SNOOZE, CLOSE = (
    *("acknowledge-cases", "assign-cases", "snooze-cases", "close-cases"),
)
"""What can be done with several cases at once."""


def case_columns() -> tuple[TableColumn, ...]:
    """Return the columns of the list."""
    return (
        TableColumn("case", tr("Case")),
        TableColumn("where", tr("Product or seller")),
        TableColumn("severity", tr("Severity")),
        TableColumn("state", tr("State"), sortable=False),
        TableColumn("owner", tr("Owner")),
        TableColumn("opened", tr("Opened")),
        TableColumn("risk", tr("At risk a day"), number=True),
        TableColumn("report", tr("Report"), sortable=False),
    )


def case_filters(labels: Labels) -> tuple[TableFilter, ...]:
    """Return what the list can be narrowed by."""
    severities = tuple(Option(str(int(each)), severity_word(each)) for each in reversed(Severity))
    people = [Option(NO_OWNER, tr("No owner"))]
    people += [Option(each, one_line(each, OPTION)) for each in labels(OWNER) if each != NO_OWNER]
    markets = tuple(Option(each, one_line(each, OPTION)) for each in labels(MARKET))
    return (
        TableFilter(STATE, tr("State"), options_of(CaseState), CaseState.OPEN.value),
        TableFilter(SEVERITY, tr("Severity"), severities),
        TableFilter(OWNER, tr("Owner"), tuple(people)),
        TableFilter(MARKET, tr("Marketplace"), markets),
    )


def case_actions() -> tuple[BulkAction, ...]:
    """Return what can be done with several cases at once."""
    return (
        BulkAction(ACKNOWLEDGE, tr("Acknowledge")),
        BulkAction(ASSIGN, tr("Assign to me")),
        BulkAction(SNOOZE, tr("Snooze")),
        BulkAction(CLOSE, tr("Close")),
    )


def case_row(case: Case, view: CaseContext) -> TableRow:
    """Show a case: what it is about, how bad, how it stands, and whose it is."""
    tone = case_tone(case, view)
    market = case.marketplace
    loss, report = case.daily_loss, view.reports.get(case.key)
    product = case.lead.asin if case.lead and not spread(case) else ""
    return TableRow(
        case.key,
        (
            TableCell(text=f"{case.label} · {point(case)}", tone=tone, thread=case.label),
            TableCell(
                text=place(case, view) or market,
                note=_where(case, product, view),
                row=("products", Watch.key_of(market, product)) if product else None,
            ),
            TableCell(text=severity_word(case.severity) if case.open else "", tone=tone),
            _state(case, view),
            TableCell(text=case.assignee.name if case.assignee else tr("No owner")),
            TableCell(at=case.opened_at),
            TableCell(text=str(loss) if loss and case.open else ""),
            TableCell(text=report.label, note=report.said) if report else TableCell(),
        ),
    )


def _where(case: Case, product: str, view: CaseContext) -> str:
    """Say beside a product who sells on it, or its ASIN; beside a seller, their ID."""
    if not product:
        return case.seller
    return short_name(case, view) or f"{product} · {case.marketplace}"


def _state(case: Case, view: CaseContext) -> TableCell:
    if not case.open:
        reason = case.reason.said if case.reason else ""
        return TableCell(text=CaseState.CLOSED.said, note=reason)
    if case.snoozed_until and case.snoozed(view.now):
        return TableCell(text=CaseState.SNOOZED.said, note=view.clock(case.snoozed_until))
    state = CaseState.RUNNING if case.going_on else CaseState.OVER
    by = case.acknowledged_by
    note = tr("Acknowledged by {name}", name=by.name) if by else tr("Not acknowledged")
    return TableCell(text=state.said, note=note)


def severity_word(severity: Severity) -> str:
    """Say how bad it is in a word."""
    match severity:
        case Severity.CRITICAL:
            return tr("Critical")
        case Severity.WARNING:
            return tr("Warning")
        case Severity.INFO:
            return tr("Information")
