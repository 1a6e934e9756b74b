"""What waits for somebody, as one card."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.domain.cases import Case
from bot.domain.reports.followups import question
from bot.domain.reports.reports import Report
from bot.ui import cards
from bot.ui.cards import Button, Card, Field, Tone
from bot.ui.text import one_line
from bot.ui.views.case import case_line
from bot.ui.views.lists import counted
from bot.ui.views.scene import TONES, Scene, field
from bot.ui.views.team import Health

SHOWN = 5
SNOOZES = 3
REPORTS = 3
"""Reports that are shown; the rest is counted in the title and listed by /reports."""
CHORES = 4
"""Other things that are shown."""


class Chore(msgspec.Struct, frozen=True, kw_only=True):
    """Something else that waits, in a line, and the button that leads to it."""

    says: str
    label: str
    command: str


def todo_card(
    awake: Sequence[Case],
    asleep: Sequence[Case],
    total: int,
    reports: Sequence[Report],
    chores: Sequence[Chore],
    health: Health,
    scene: Scene,
) -> Card:
    """Show the cases to work on, what else waits, snoozes that end, and what nobody can see."""
    shown = awake[:SHOWN]
    fields = [case_line(case, scene) for case in shown]
    fields += [_report(report) for report in reports[:REPORTS]]
    if chores:
        fields.append(_also(chores))
    if asleep:
        fields.append(_snoozes(asleep, scene))
    buttons = [_open(case) for case in shown]
    buttons += [
        Button(label=chore.label, action="run", ref=chore.command) for chore in chores[:CHORES]
    ]
    buttons.append(Button(label="All open cases", action="run", ref="cases open"))
    if health.unchecked:
        buttons.append(Button(label="What could not be checked", action="run", ref="health"))
    waiting = total - len(asleep)
    idle = not waiting and not reports and not chores
    return Card(
        title=_title(waiting, len(reports)),
        body=health.unseen or ("Nothing needs you now." if idle else ""),
        tone=_tone(awake, health),
        fields=tuple(fields),
        buttons=tuple(buttons),
    )


def _title(cases: int, reports: int) -> str:
    """Say how much waits."""
    parts = [counted(cases, "case")] if cases else []
    parts += [counted(reports, "report")] if reports else []
    return f"{' and '.join(parts)} to work on" if parts else "No case waits"


def _report(report: Report) -> Field:
    label = f"{report.label} · {report.claim.label}"
    return field(label, f"{report.state.label}. {question(report)}", wide=True)


def _also(chores: Sequence[Chore]) -> Field:
    lines = [f"• {one_line(chore.says, 70)}" for chore in chores[:CHORES]]
    if len(chores) > CHORES:
        lines.append(f"and {len(chores) - CHORES} more")
    return field("Also waits", "\n".join(lines), wide=True)


def _open(case: Case) -> Button:
    return Button(label=f"Open {case.label}", action="run", ref=f"case {case.number}")


def _snoozes(asleep: Sequence[Case], scene: Scene) -> Field:
    soon = sorted((case.snoozed_until, case.label) for case in asleep if case.snoozed_until)
    told = [f"{label} until {scene.clock(until)}" for until, label in soon[:SNOOZES]]
    more = f" and {len(soon) - SNOOZES} more" if len(soon) > SNOOZES else ""
    return field("Snoozed", one_line(" · ".join(told) + more, cards.FIELD_VALUE), wide=True)


def _tone(awake: Sequence[Case], health: Health) -> Tone:
    if awake:
        return TONES[max(case.severity for case in awake)]
    if health.unchecked:
        return Tone.WARNING
    return Tone.INFO if health.unseen else Tone.GOOD
