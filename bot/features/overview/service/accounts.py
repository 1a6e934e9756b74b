"""Who has an account on the local page: added, changed and removed, and announced each time."""

from __future__ import annotations

import msgspec

from bot.core.collections import COLLEAGUES, MEMBERS, PAGE_ACCOUNTS, PageAccount
from bot.core.context import AppContext
from bot.core.page_accounts import (
    AS_SEEN,
    PAGE_OWNER,
    add_account,
    all_accounts,
    give_link,
    remove_account,
)
from bot.core.page_links import PAGE_LINKS
from bot.core.permissions import Permission, Person, Role
from bot.core.scanning import each
from bot.core.store import Transaction
from bot.core.text import folded
from bot.core.undo.announcing import announce
from bot.core.undo.models import Act
from bot.errors import UserError
from bot.features.overview.rules.names import account_name

MOST = 50
"""Accounts at one time."""
TOO_MANY = f"There are {MOST} people already. Remove one first."
NO_SUCH = "No account has that name. Type /people to see everyone."


async def find_account(app: AppContext, tx: Transaction, typed: str) -> PageAccount:
    """Return the account of that number or name.

    Raises:
        UserError: there is none.
    """
    for account in await all_accounts(app.store):
        if typed == str(account.number) or folded(typed) == folded(account.name):
            known = await tx.get(PAGE_ACCOUNTS, account.id)
            if known is not None:
                return known
    raise UserError(NO_SUCH)


async def add_person(
    app: AppContext, tx: Transaction, who: Person, typed: str, role: Role
) -> tuple[PageAccount, str]:
    """Add an account and announce it; return it with the link that signs in.

    Raises:
        UserError: the name cannot be taken, there are too many, or the page is not served.
    """
    known = await all_accounts(app.store)
    if len(known) >= MOST:
        raise UserError(TOO_MANY)
    name = account_name(
        typed, [each.name for each in known] + await _others(app), app.resources[AS_SEEN]
    )
    now = app.clock()
    account = await add_account(tx, name, role, now)
    link = app.resources[PAGE_LINKS].leading(give_link(tx, account, now))
    await _tell(app, tx, who, f"{who.name} added {name} to the local page as {role.label}.")
    return account, link


async def new_link(app: AppContext, tx: Transaction, who: Person, account: PageAccount) -> str:
    """Return a new link that signs in as that person, and announce that there is one."""
    link = app.resources[PAGE_LINKS].leading(give_link(tx, account, app.clock()))
    await _tell(app, tx, who, f"{who.name} made a link that signs in as {account.name}.")
    return link


async def change_role(
    app: AppContext, tx: Transaction, who: Person, account: PageAccount, role: Role
) -> None:
    """Let the person do more or less from their next request on, and announce it."""
    if role is not account.role:
        tx.put(PAGE_ACCOUNTS, msgspec.structs.replace(account, role=role))
        title = f"{who.name} changed {account.name}'s role to {role.label}."
        await _tell(app, tx, who, title, f"Before: {account.role.label}.")


async def remove_person(
    app: AppContext, tx: Transaction, who: Person, account: PageAccount
) -> None:
    """Remove the account with its sessions, and announce it; what they did keeps their name."""
    await remove_account(app.store, tx, account)
    title = f"{who.name} removed {account.name} from the local page."
    await _tell(app, tx, who, title, "Their sessions are over. What they did keeps their name.")


async def _others(app: AppContext) -> list[str]:
    """Return the names of those whom the chats know, and of those who acted here."""
    chat = [one.name async for one in each(app.store, COLLEAGUES)]
    acted = [one.name async for one in each(app.store, MEMBERS) if one.name]
    return [app.resources[PAGE_OWNER], *chat, *acted]


async def owner_name(app: AppContext) -> str:
    """Return under which name whoever runs the page acts.

    Raises:
        UserError: it is no name, or somebody with an account has one that looks the same.
    """
    name = app.resources[PAGE_OWNER]
    if name == PAGE_OWNER.without:
        return name
    known = [each.name for each in await all_accounts(app.store)]
    return account_name(name, known, app.resources[AS_SEEN])


async def _tell(app: AppContext, tx: Transaction, who: Person, title: str, body: str = "") -> None:
    act = Act(title=title, body=body, permission=Permission.CONFIGURE)
    await announce(app, tx, who, app.clock(), act)
