"""What is due next, as one card, and where the calendar file is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.calendar_file import Due, moment_of
from bot.core.cards import Button, Card
from bot.core.interface import tr
from bot.core.text import one_line
from bot.core.views.context import ViewContext

SHOWN = 8
LINE = 120
PATH = "/calendar.ics"
"""Where the page has the file."""


def due_card(known: Sequence[Due], address: str, view: ViewContext) -> Card:
    """Show what is due first, and say how the file is saved; no address: there is no page."""
    first = sorted(known, key=lambda due: (moment_of(due), due.id))
    lines = [f"• {_when(due, view)} · {one_line(due.says, LINE)}" for due in first[:SHOWN]]
    if len(first) > SHOWN:
        lines.append(tr("and {more} more", more=len(first) - SHOWN))
    how = (
        tr(
            "For your calendar: sign in to the local page, then open {link} to save the file.",
            link=address + PATH,
        )
        if address
        else tr("The local page is not open, so there is no calendar file.")
    )
    none = tr("Nothing has a due date now.")
    return Card(
        title=tr("Due dates"),
        body="\n".join([*(lines or [none]), "", how]),
        buttons=(Button(label=tr("What needs attention"), action="run", ref="todo"),),
    )


def _when(due: Due, view: ViewContext) -> str:
    if isinstance(due.when, datetime):
        return view.clock(due.when)
    return due.when.isoformat()
