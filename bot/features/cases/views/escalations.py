"""What a thread hears when its alerts stay unacknowledged."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core import cards
from bot.core.cards import Button, Card, Style
from bot.core.interface import tr, tr_count
from bot.core.text import one_line
from bot.core.views.context import TONES
from bot.core.when import span
from bot.features.cases.models.cases import Case
from bot.features.cases.views.case import case_title
from bot.features.cases.views.context import CaseContext


def call_card(worst: Case, waiting: int, after: timedelta, view: CaseContext) -> Card:
    """Ask the team to acknowledge the worst of so many cases, after so long."""
    title = tr("{case} has not been acknowledged for {time}", case=worst.label, time=span(after))
    more = tr_count(
        waiting - 1,
        "{count} more case in this thread is waiting too.",
        "{count} more cases in this thread are waiting too.",
    )
    lines = [one_line(case_title(worst), cards.TITLE), *([more] if waiting > 1 else [])]
    return Card(
        title=title,
        body="\n".join(lines),
        tone=TONES[worst.severity],
        buttons=(
            Button(
                label=tr("Acknowledge"), action="acknowledge", ref=worst.key, style=Style.PRIMARY
            ),
            Button(label=tr("Assign"), action="assign-to", ref=worst.key),
        ),
        footer=f"{worst.label} · {view.clock(view.now)}",
    )


def reminder_card(case: Case, since: datetime, view: CaseContext) -> Card:
    """Remind who has a case that they have done nothing yet."""
    return Card(
        title=tr("Reminder: {case} is assigned to you", case=case.label),
        body="\n".join(
            (
                one_line(case_title(case), cards.TITLE),
                tr(
                    "You got it {time} ago and have not updated it. Type /case {number} to see it.",
                    time=span(view.now - since),
                    number=case.number,
                ),
            )
        ),
        tone=TONES[case.severity],
        footer=f"{case.label} · {view.clock(view.now)}",
    )
