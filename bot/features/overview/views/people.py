"""Cards about who has an account on the local page."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import BADGE, Button, Card, Confirm, Style
from bot.core.collections import PageAccount, PageSession
from bot.core.interface import tr
from bot.core.permissions import Role
from bot.core.text import one_line
from bot.core.views.context import ViewContext, field
from bot.core.views.lists import counted
from bot.core.when import ago

ADD_PERSON, REMOVE_PERSON = "add-person", "remove-person"
_SHOWN = 10
"""Accounts on one card: each has a button, and there is one to add another."""


def people_card(
    accounts: Sequence[PageAccount], sessions: Sequence[PageSession], view: ViewContext, skip: int
) -> Card:
    """List the accounts, in the order in which they were added, from one of them on."""
    shown = accounts[skip : skip + _SHOWN]
    more = len(accounts) - skip - len(shown)
    return Card(
        title=f"{counted(len(accounts), 'account')} on the local page",
        body=tr(
            "Press a name to change the person's link or role, or to remove them. Whoever runs "
            "Brandwarden on its machine is an admin without an account."
        ),
        fields=tuple(field(_called(one), _seen(one, sessions, view), wide=True) for one in shown),
        buttons=(
            Button(label=tr("Add a person"), action=ADD_PERSON, style=Style.PRIMARY),
            *(
                Button(
                    label=one_line(f"{one.number} · {one.name}", BADGE),
                    action="run",
                    ref=f"people show {one.number}",
                )
                for one in shown
            ),
        ),
        footer=f"And {more} more. Type /people page {skip // _SHOWN + 2}." if more > 0 else "",
    )


def first_of(page: int) -> int:
    """Return how many accounts come before a page of the list, from 1 on."""
    return (page - 1) * _SHOWN


def person_card(account: PageAccount, sessions: Sequence[PageSession], view: ViewContext) -> Card:
    """Show one account, with all that can be done to it."""
    roles = {
        Role.ADMIN: tr("Make admin"),
        Role.MEMBER: tr("Make member"),
        Role.VIEWER: tr("Make viewer"),
    }
    others = [
        Button(label=label, action="run", ref=f"people role {account.number} {role.label}")
        for role, label in roles.items()
        if role is not account.role
    ]
    return Card(
        title=_called(account),
        body=_seen(account, sessions, view),
        buttons=(
            Button(label=tr("New link"), action="run", ref=f"people link {account.number}"),
            *others,
            Button(
                label=tr("Remove the person"),
                action=REMOVE_PERSON,
                ref=account.id,
                style=Style.DANGER,
                confirm=removal_confirm(account),
            ),
            Button(label=tr("Everyone"), action="run", ref="people"),
        ),
    )


def removal_confirm(account: PageAccount) -> Confirm:
    """Ask before somebody is let in no longer."""
    return Confirm(
        title=tr("Remove this person?"),
        text=tr(
            "{name} is signed out at once, and needs a new account to come back. What they did "
            "keeps their name.",
            name=account.name,
        ),
        yes=tr("Remove the person"),
    )


def invitation_card(account: PageAccount, link: str) -> Card:
    """Show a link to the one admin who asked for it."""
    return Card(
        title="A link to hand over",
        body=f"{link}\n\nIt signs one browser in as {account.name}, {account.role.label}. It works "
        "once, within 24 hours, and is shown only here: send it to that person alone. A newer "
        "link ends this one.",
    )


def _called(account: PageAccount) -> str:
    return f"{account.number} · {account.name}, {account.role.said}"


def _seen(account: PageAccount, sessions: Sequence[PageSession], view: ViewContext) -> str:
    own = [each for each in sessions if each.who.id == account.id]
    if own:
        last = max(each.seen_at for each in own)
        return f"Last seen {ago(last, view.now)}, {counted(len(own), 'session')}"
    if account.link and account.link_until is not None and view.now < account.link_until:
        return f"Has a link until {view.clock(account.link_until)}"
    return "Not signed in, and has no link"
