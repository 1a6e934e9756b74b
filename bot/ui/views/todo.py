"""What waits for somebody, as one card."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.cases import Case
from bot.ui import cards
from bot.ui.cards import Button, Card, Field, Tone
from bot.ui.text import one_line
from bot.ui.views.case import case_line
from bot.ui.views.lists import counted
from bot.ui.views.scene import TONES, Scene, field
from bot.ui.views.team import Health

SHOWN = 6
SNOOZES = 3


def todo_card(
    awake: Sequence[Case], asleep: Sequence[Case], total: int, health: Health, scene: Scene
) -> Card:
    """Show the cases to work on, the snoozed ones that come back, and what nobody can see."""
    shown = awake[:SHOWN]
    fields = [case_line(case, scene) for case in shown]
    if asleep:
        fields.append(_snoozes(asleep, scene))
    buttons = [_open(case) for case in shown]
    buttons.append(Button(label="All open cases", action="run", ref="cases open"))
    if health.unchecked:
        buttons.append(Button(label="What could not be checked", action="run", ref="health"))
    waiting = total - len(asleep)
    return Card(
        title=f"{counted(waiting, 'case')} to work on" if waiting else "No case waits",
        body=health.unseen or ("" if waiting else "Nothing needs you now."),
        tone=_tone(awake, health),
        fields=tuple(fields),
        buttons=tuple(buttons),
    )


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
