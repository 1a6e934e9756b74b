"""Who signs in to the local page under a name of their own, with a link that an admin made.

A link is good once, for a day. Of its token the SHA-256 alone is kept, in the account.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec

from bot.core.collections import PAGE_ACCOUNTS, PAGE_SESSIONS, PageAccount
from bot.core.page_links import digest_of, new_token
from bot.core.permissions import Person, Role
from bot.core.references import next_number
from bot.core.resources import Resource
from bot.core.scanning import each
from bot.core.store import Store, Transaction
from bot.core.text import folded

LINK_LASTS = timedelta(hours=24)
AS_SEEN = Resource[Callable[[str], str]]("what a name looks like", folded)
"""Gives the same for names that people confuse."""
PAGE_OWNER = Resource[str]("the name of whoever runs the page", "You")
PREFIX = "page-"
"""Begins the id of each account; no persona of a demo and no chat has such ids."""


def is_account(id: str) -> bool:
    """Tell whether a person's id is that of an account, be it removed or not."""
    return id.startswith(PREFIX)


async def all_accounts(store: Store) -> list[PageAccount]:
    """Return them in the order in which they were added."""
    return sorted([one async for one in each(store, PAGE_ACCOUNTS)], key=lambda one: one.number)


async def add_account(tx: Transaction, name: str, role: Role, now: datetime) -> PageAccount:
    """Add an account; the name was checked. Its number is never given out again."""
    number = await next_number(tx, PAGE_ACCOUNTS.name)
    account = PageAccount(id=f"{PREFIX}{number}", name=name, role=role, added_at=now)
    tx.create(PAGE_ACCOUNTS, account)
    return account


def give_link(tx: Transaction, account: PageAccount, now: datetime) -> str:
    """Return the token of a new link of the account; one that was made before is no good then."""
    token = new_token()
    invited = msgspec.structs.replace(account, link=digest_of(token), link_until=now + LINK_LASTS)
    tx.put(PAGE_ACCOUNTS, invited)
    return token


def without_link(account: PageAccount) -> PageAccount:
    """Return the account as it is once its link is used up."""
    return msgspec.structs.replace(account, link="", link_until=None)


async def invited(source: Store | Transaction, token: str, now: datetime) -> PageAccount | None:
    """Return the account that the link signs in to; None if the link is not valid."""
    for account in await source.find(PAGE_ACCOUNTS, "link", digest_of(token), limit=1):
        until = account.link_until
        # A clock that was far ahead makes no link live on.
        if until is not None and now < until <= now + LINK_LASTS:
            return account
    return None


async def remove_account(store: Store, tx: Transaction, account: PageAccount) -> None:
    """Remove the account with its sessions: whoever uses one is out with their next request."""
    tx.delete(PAGE_ACCOUNTS, account.id)
    async for session in each(store, PAGE_SESSIONS):
        if session.who.id == account.id:
            tx.delete(PAGE_SESSIONS, session.digest)


async def account_member(store: Store, id: str) -> tuple[Person, Role] | None:
    """Return who that is now, and what they may do; None: the account was removed."""
    account = await store.get(PAGE_ACCOUNTS, id)
    return (account.person, account.role) if account else None
