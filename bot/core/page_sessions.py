"""Who is let into the local page: browsers, each with a session that outlives a restart.

Of the secret in a browser's cookie its SHA-256 alone is kept.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import datetime, timedelta

import msgspec

from bot.core.audit.entries import AuditEntry, How
from bot.core.audit.recording import entry_key, record_act
from bot.core.clocks import Clock
from bot.core.collections import PAGE_ACCOUNTS, PAGE_SESSIONS, PageSession
from bot.core.page_accounts import account_member, invited, without_link
from bot.core.page_links import PageLinks, digest_of
from bot.core.permissions import Person, Role
from bot.core.references import next_number
from bot.core.scanning import each
from bot.core.store import Store, Transaction, run_in_transaction
from bot.errors import StoreError, UserError

IDLE = timedelta(hours=12)
"""A session that nobody uses for so long is over."""
LONGEST = timedelta(days=30)
"""However much it is used, a session is over after that."""
NOTED = timedelta(minutes=5)
"""How often it is written down that a session is used."""
ENTERED = "enter"
"""What the audit record calls the press that begins a session."""
NO_SUCH = "There is no session {number}. Type /sessions to list all sessions."


class PageSessions:
    """Begins sessions and finds them again."""

    def __init__(self, store: Store, now: Clock, links: PageLinks) -> None:
        """Keep them in the store; let in whoever uses one of the links."""
        self.links = links
        self._store = store
        self._now = now

    async def begin(self, token: str, who: Person, role: Role) -> str:
        """Use the link up, and return the secret of a new session; empty where it is no good.

        A link in memory signs in ``who``; any other link signs in the account that it was made for.

        Raises:
            StoreError: the session could not be kept; the link stays good.
        """
        own, secret, now = self.links.use(token), secrets.token_urlsafe(32), self._now()

        async def write(tx: Transaction) -> bool:
            entering, as_role = who, role
            if not own:
                account = await invited(tx, token, now)
                if account is None:
                    return False
                tx.put(PAGE_ACCOUNTS, without_link(account))
                entering, as_role = account.person, account.role
            number = await next_number(tx, PAGE_SESSIONS.name)
            session = PageSession(digest_of(secret), number, entering, as_role, now, now)
            tx.put(PAGE_SESSIONS, session)
            entry = AuditEntry(
                key=entry_key(now),
                who=entering.id,
                name=entering.name,
                role=as_role.label,
                how=How.BUTTON,
                act=ENTERED,
                ref=str(number),
            )
            await record_act(tx, (), entry, {})
            return True

        try:
            begun = await run_in_transaction(self._store, write)
        except StoreError:
            if own:
                self.links.allow(token)
            raise
        return secret if begun else ""

    async def is_good(self, token: str) -> bool:
        """Tell whether a link with the token opens the page."""
        if self.links.is_good(token):
            return True
        return await invited(self._store, token, self._now()) is not None

    async def member(self, id: str) -> tuple[Person, Role] | None:
        """Return who has the account now, and what they may do; None: it was removed."""
        return await account_member(self._store, id)

    async def find(self, secret: str) -> PageSession | None:
        """Return the session, and note that it is used; None where there is none, or it is over."""
        session = await self.peek(secret)
        if session is not None and not timedelta() <= self._now() - session.seen_at < NOTED:
            # The page is read, too, while nothing can be written.
            with suppress(StoreError):
                await self._change(session, seen_at=self._now())
        return session

    async def peek(self, secret: str) -> PageSession | None:
        """Return the session, as ``find`` does, without counting that as use."""
        session = await self._store.get(PAGE_SESSIONS, digest_of(secret))
        return session if session is not None and _lets_in(session, self._now()) else None

    async def act_as(self, session: PageSession, who: Person, role: Role) -> None:
        """Let the session be another person's. Raises StoreError."""
        await self._change(session, who=who, role=role)

    async def _change(self, session: PageSession, **changes: object) -> None:
        async def write(tx: Transaction) -> None:
            # One that was ended meanwhile stays ended.
            known = await tx.get(PAGE_SESSIONS, session.digest)
            if known is not None:
                tx.put(PAGE_SESSIONS, msgspec.structs.replace(known, **changes))

        await run_in_transaction(self._store, write)


def is_over(session: PageSession, now: datetime) -> bool:
    """Tell whether nobody is let in by the session any more."""
    return now - session.seen_at > IDLE or now - session.begun_at > LONGEST


def _lets_in(session: PageSession, now: datetime) -> bool:
    """Tell whether it lets somebody in: not if a clock that was far ahead would let it live on."""
    return not is_over(session, now) and session.begun_at - now <= LONGEST


async def open_sessions(store: Store, now: datetime) -> list[PageSession]:
    """Return the sessions that let somebody in, in the order in which they began."""
    every = [one async for one in each(store, PAGE_SESSIONS)]
    return sorted((one for one in every if _lets_in(one, now)), key=lambda one: one.number)


async def end_sessions(store: Store, tx: Transaction, now: datetime, which: str) -> int:
    """End the session of that number, or ``all``; return how many there were.

    Raises:
        UserError: there is none of that number.
    """
    ended = [one for one in await open_sessions(store, now) if which in ("all", str(one.number))]
    if not ended and which != "all":
        raise UserError(NO_SUCH.format(number=which))
    for one in ended:
        tx.delete(PAGE_SESSIONS, one.digest)
    return len(ended)
