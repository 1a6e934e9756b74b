"""Cards about the local page's sessions."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Button, Card
from bot.core.collections import PageSession
from bot.core.views.context import ViewContext, field
from bot.core.views.lists import counted
from bot.core.when import ago

_NEW = Button(label="New link", action="run", ref="sessions new")
_ALL = Button(label="End all", action="run", ref="sessions end all")
_SHOWN = min(10, cards.FIELDS)


def sessions_card(sessions: Sequence[PageSession], view: ViewContext) -> Card:
    """List the sessions, the newest first."""
    newest = list(reversed(sessions))
    more = len(newest) - _SHOWN
    return Card(
        title=counted(len(sessions), "local page session"),
        body="A session is a browser that opened a link. It ends after 12 hours without use, or "
        "after 30 days. To end one, type /sessions end and its number.",
        fields=tuple(
            field(
                f"{one.number} · {one.who.name}, {one.role.label}",
                f"Last used {ago(one.seen_at, view.now)}, started {view.clock(one.begun_at)}",
                wide=True,
            )
            for one in newest[:_SHOWN]
        ),
        buttons=(_NEW, _ALL) if sessions else (_NEW,),
        footer=f"And {more} more." if more > 0 else "",
    )


def link_card(link: str) -> Card:
    """Show a link to the one person who asked for it."""
    return Card(
        title="Your link to the local page",
        body=f"{link}\n\nIt works once, within ten minutes, in one browser on the machine that "
        "runs Brandwarden. Anyone who opens it acts as an admin.",
    )
