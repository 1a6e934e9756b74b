"""Cards about who has an account on the local page."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Card
from bot.core.collections import PageAccount, PageSession
from bot.core.views.context import ViewContext, field
from bot.core.views.lists import counted
from bot.core.when import ago

_SHOWN = min(15, cards.FIELDS)


def people_card(
    accounts: Sequence[PageAccount], sessions: Sequence[PageSession], view: ViewContext, skip: int
) -> Card:
    """List the accounts, in the order in which they were added, from one of them on."""
    shown = accounts[skip : skip + _SHOWN]
    more = len(accounts) - skip - len(shown)
    return Card(
        title=f"{counted(len(accounts), 'account')} on the local page",
        body="Add someone with /people add NAME member. Others: /people link NAME, "
        "/people role NAME viewer, /people remove NAME. Whoever runs Brandwarden on its machine "
        "is an admin without an account.",
        fields=tuple(
            field(
                f"{one.number} · {one.name}, {one.role.label}",
                _seen(one, sessions, view),
                wide=True,
            )
            for one in shown
        ),
        footer=f"And {more} more. Type /people page {skip // _SHOWN + 2}." if more > 0 else "",
    )


def first_of(page: int) -> int:
    """Return how many accounts come before a page of the list, from 1 on."""
    return (page - 1) * _SHOWN


def invitation_card(account: PageAccount, link: str) -> Card:
    """Show a link to the one admin who asked for it."""
    return Card(
        title="A link to hand over",
        body=f"{link}\n\nIt signs one browser in as {account.name}, {account.role.label}. It works "
        "once, within 24 hours, and is shown only here: send it to that person alone. A newer "
        "link ends this one.",
    )


def _seen(account: PageAccount, sessions: Sequence[PageSession], view: ViewContext) -> str:
    own = [each for each in sessions if each.who.id == account.id]
    if own:
        last = max(each.seen_at for each in own)
        return f"Last seen {ago(last, view.now)}, {counted(len(own), 'session')}"
    if account.link and account.link_until is not None and view.now < account.link_until:
        return f"Has a link until {view.clock(account.link_until)}"
    return "Not signed in, and has no link"
