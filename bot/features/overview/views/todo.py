"""What waits for somebody, as one card."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core import cards
from bot.core.cards import Button, Card, Field, Tone
from bot.core.feature import TodoItem
from bot.core.findings import Severity
from bot.core.text import one_line
from bot.core.views.context import TONES, field
from bot.core.views.lists import counted
from bot.features.cases.models.cases import Case
from bot.features.cases.views.case import case_line
from bot.features.cases.views.context import CaseContext
from bot.features.reports.models.reports import Report
from bot.features.reports.views.reports import question
from bot.features.watchlist.models.health import Health

SHOWN = 5
SNOOZES = 3
REPORTS = 3
"""Reports that are shown; the rest is counted in the title and listed by /reports."""
CHORES = 4
"""Other things that are shown."""


class OpenCases(msgspec.Struct, frozen=True, kw_only=True):
    """The open cases: how many there are, and those that are shown."""

    awake: Sequence[Case] = ()
    """The first to work on; at most ``SHOWN``."""
    waiting: int = 0
    worst: Severity = Severity.INFO
    """Of all that wait."""
    asleep: Sequence[Case] = ()
    """Those whose snooze ends first; at most ``SNOOZES``."""
    sleeping: int = 0


def todo_card(
    cases: OpenCases,
    reports: Sequence[Report],
    todo_items: Sequence[TodoItem],
    health: Health,
    view: CaseContext,
) -> Card:
    """Show the cases to work on, what else waits, snoozes that end, and what nobody can see."""
    fields = [case_line(case, view) for case in cases.awake]
    fields += [_report(report) for report in reports[:REPORTS]]
    if todo_items:
        fields.append(_also(todo_items))
    if cases.sleeping:
        fields.append(_snoozes(cases, view))
    buttons = [_open(case) for case in cases.awake]
    buttons += [
        Button(label=chore.label, action=chore.action, ref=chore.command)
        for chore in todo_items[:CHORES]
    ]
    buttons.append(Button(label="All open cases", action="run", ref="cases open"))
    if health.unchecked:
        buttons.append(Button(label="Unchecked products", action="run", ref="health"))
    idle = not cases.waiting and not reports and not todo_items
    return Card(
        title=_title(cases.waiting, len(reports)),
        body="\n".join(filter(None, (health.unseen, health.strange)))
        or ("Nothing needs your attention now." if idle else ""),
        tone=_tone(cases, health),
        fields=tuple(fields),
        buttons=tuple(buttons),
    )


def _title(cases: int, reports: int) -> str:
    """Say how much waits."""
    parts = [counted(cases, "case")] if cases else []
    parts += [counted(reports, "report")] if reports else []
    return f"{' and '.join(parts)} to work on" if parts else "No cases to work on"


def _report(report: Report) -> Field:
    label = f"{report.label} · {report.claim.label}"
    return field(label, f"{report.state.label}. {question(report)}", wide=True)


def _also(todo_items: Sequence[TodoItem]) -> Field:
    lines = [f"• {one_line(chore.says, 70)}" for chore in todo_items[:CHORES]]
    if len(todo_items) > CHORES:
        lines.append(f"and {len(todo_items) - CHORES} more")
    return field("Also open", "\n".join(lines), wide=True)


def _open(case: Case) -> Button:
    return Button(label=f"Open {case.label}", action="run", ref=f"case {case.number}")


def _snoozes(cases: OpenCases, view: CaseContext) -> Field:
    told = [
        f"{case.label} until {view.clock(case.snoozed_until)}"
        for case in cases.asleep
        if case.snoozed_until
    ]
    more = f" and {cases.sleeping - len(told)} more" if cases.sleeping > len(told) else ""
    return field("Snoozed", one_line(" · ".join(told) + more, cards.FIELD_VALUE), wide=True)


def _tone(cases: OpenCases, health: Health) -> Tone:
    if cases.waiting:
        return TONES[cases.worst]
    if health.unchecked:
        return Tone.WARNING
    return Tone.INFO if health.unseen or health.strange else Tone.GOOD
