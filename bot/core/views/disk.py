"""Cards and lines about the disk that holds the data."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core import cards
from bot.core.cards import Card, Field, Tone
from bot.core.disk import Space, sized
from bot.core.text import clip, one_line
from bot.core.views.context import ViewContext, field
from bot.core.views.lists import counted

MAKE_ROOM = (
    "Delete files that you no longer need, or move the data to a larger disk. "
    "'/settings keep 365' deletes the evidence of cases closed more than a year ago."
)
LOOK_AT_THEM = "To list these records and the reasons, run .venv/bin/python -m bot data check."
REASON = 300
FAILED = "Nothing can be saved: could not write to the disk"


def low_card(space: Space, since: datetime, view: ViewContext) -> Card:
    """Warn that the disk fills up, and say what to do."""
    body = (
        f"{sized(space.free)} of {sized(space.total)} left; Brandwarden needs "
        f"{sized(space.needed)}. When the disk is full, Brandwarden cannot save anything "
        f"and alerts stop.\n{MAKE_ROOM}"
    )
    return Card(
        title="The disk is nearly full",
        body=body,
        tone=Tone.WARNING,
        footer=f"Since {view.clock(since)}",
    )


def room_card(space: Space) -> Card:
    """Say that there is room again."""
    return Card(
        title="The disk has enough space again", body=f"{sized(space.free)} left.", tone=Tone.GOOD
    )


def failed_card(why: str, *, dead: bool, simulated: bool) -> Card:
    """Say that nothing can be recorded, and so no alert can come."""
    what = (
        "Brandwarden is stopping. Check the disk, then start it again."
        if dead
        else "Free up some space on the disk. Brandwarden then continues automatically."
    )
    body = f"Alerts stop until this is fixed.\n{what}\n{one_line(why, REASON)}"
    return Card(
        title=FAILED,
        body=clip(body, cards.BODY),
        tone=Tone.CRITICAL,
        simulated=simulated,
    )


def mended_card(*, simulated: bool) -> Card:
    """Say that it works again."""
    return Card(
        title="Brandwarden can write to the disk again",
        body="Checks and alerts continue.",
        tone=Tone.GOOD,
        simulated=simulated,
    )


class Disk(msgspec.Struct, frozen=True):
    """How the disk fares that holds the data."""

    space: Space | None = None
    failure: str = ""
    """Why the last change could not be written; empty while changes are taken."""
    set_aside: int = 0
    """So many documents could not be read when the data was opened."""


ALL_WELL = Disk()


def disk_fields(disk: Disk) -> list[Field]:
    """Say in /health what is wrong with the disk; nothing where all is well."""
    shown = [field("Disk", one_line(disk.failure, REASON), wide=True)] if disk.failure else []
    if disk.space is not None and disk.space.low:
        left = f"{sized(disk.space.free)} left, {sized(disk.space.needed)} needed"
        told = f"{left}. New files are not accepted" if disk.space.at_floor else left
        shown.append(field("Disk space", told))
    if disk.set_aside:
        what = f"{counted(disk.set_aside, 'record')} set aside when Brandwarden started"
        shown.append(field("Could not read", f"{what}. {LOOK_AT_THEM}", wide=True))
    return shown
