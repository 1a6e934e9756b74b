"""What /health says of messages on their way to the chats, and of work done by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.core import cards
from bot.core.cards import Button, Field
from bot.core.chat_troubles import Trouble, Undelivered
from bot.core.scheduler import WorkHealth
from bot.core.text import one_line
from bot.core.views.context import ViewContext, field
from bot.core.views.lists import counted
from bot.core.views.trouble import trouble_title
from bot.core.when import span

SHOWN = 3
"""So many undelivered messages are named."""
TITLE = 120
WORK_SHOWN = 2
"""So many kinds of work are named; the rest is counted."""
WHAT_TO_DO = "Restart Brandwarden. If it fails again, look for 'work failed' in the log."


class Messages(msgspec.Struct, frozen=True, kw_only=True):
    """How messages fare on their way to the chats."""

    waiting: int = 0
    """Not taken yet, besides those that are held."""
    held: int = 0
    """Waiting for the end of the quiet hours."""
    held_until: datetime | None = None
    error: str = ""
    """Why the first of those that wait was not taken; empty if it was not tried."""
    troubles: tuple[Trouble, ...] = ()
    undelivered: tuple[Undelivered, ...] = ()
    """What a chat will never take, the newest first."""

    @property
    def wrong(self) -> bool:
        """Tell whether a person should look at it."""
        return bool(self.error or self.troubles or self.undelivered)

    @property
    def headline(self) -> str:
        """Say the worst in a few words; empty where nothing is wrong."""
        return trouble_title(self.troubles[0]) if self.troubles else ""


def message_fields(messages: Messages, view: ViewContext) -> list[Field]:
    """Say what waits and why, what is out, and what never arrived."""
    shown = [_trouble(trouble, view) for trouble in messages.troubles]
    if messages.held and messages.held_until:
        until = f"{view.team.local(messages.held_until):%H:%M}"
        shown.append(field("Held", f"{counted(messages.held, 'message')} until {until}"))
    if messages.waiting:
        why = f": {messages.error}" if messages.error and not messages.troubles else ""
        shown.append(field("Messages waiting", f"{messages.waiting:,}{why}"))
    if messages.undelivered:
        lines = [
            one_line(f"{each.chat.capitalize()}: {each.title} ({each.why})", TITLE)
            for each in messages.undelivered[:SHOWN]
        ]
        if more := len(messages.undelivered) - SHOWN:
            lines += [f"and {more} more"] if more > 0 else []
        shown.append(field("Not delivered", "\n".join(lines), wide=True))
    return shown


def message_buttons(messages: Messages) -> tuple[Button, ...]:
    """Offer to send what is held."""
    return (Button(label="Send now", action="send-held"),) if messages.held else ()


def _trouble(trouble: Trouble, view: ViewContext) -> Field:
    words = " ".join(part for part in (trouble.cause, trouble.remedy) if part)
    since = span(view.now - trouble.since)
    return field(trouble_title(trouble), f"{words} Started {since} ago.", wide=True)


def work_headline(work: Sequence[WorkHealth]) -> str:
    """Say in a few words that something failed; empty where all is well."""
    return "Background work failed" if _failing(work) else ""


def work_remedy(work: Sequence[WorkHealth]) -> str:
    """Say what to do about work that failed; empty where all is well."""
    return WHAT_TO_DO if _failing(work) else ""


def work_fields(work: Sequence[WorkHealth]) -> list[Field]:
    """Say what failed, how often and why, the longest first; nothing where all is well."""
    failing = sorted(_failing(work), key=lambda each: each.failing_for, reverse=True)
    fields = [
        field(each.label, one_line(_failed(each), cards.FIELD_VALUE), wide=True)
        for each in failing[:WORK_SHOWN]
    ]
    if more := len(failing[WORK_SHOWN:]):
        fields.append(field("Other failed work", f"{more} more"))
    return fields


def _failing(work: Sequence[WorkHealth]) -> list[WorkHealth]:
    return [each for each in work if each.failing]


def _failed(work: WorkHealth) -> str:
    length = span(work.failing_for)
    # Work that is done only when it is asked for may have failed once, and not been due since.
    often = f"{work.failures:,} times in {length}" if work.failures > 1 else f"once, {length} ago"
    return f"Failed {often}: {work.why}"
