"""What a thread hears when nobody acknowledged its alerts."""

from __future__ import annotations

from datetime import timedelta

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
    """Ask for somebody to acknowledge the worst of so many cases, after so long."""
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
