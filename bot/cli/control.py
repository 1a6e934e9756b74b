"""What a command does with the data: through the running process if there is one, else by itself.

The same handlers answer in both. Only the running process also has new products looked at.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from functools import partial
from typing import Annotated

import msgspec

from adapters.control.client import running
from adapters.control.operations import SOCKET, Control, Operation, Operations
from adapters.control.server import listening
from bot.bootstrap.application import Application, open_store
from bot.bootstrap.features import COLLECTIONS
from bot.bootstrap.sources import is_simulated
from bot.core.audit.entries import AuditEntry
from bot.core.audit.recording import record_command_line
from bot.core.clocks import utc_now
from bot.core.collections import AUDIT
from bot.core.listing import Watch
from bot.core.monitoring import Checker
from bot.core.own_listings import OwnListing
from bot.core.page_links import PAGE_LINKS
from bot.core.scheduler import Work
from bot.core.store import Store, Transaction, run_in_transaction
from bot.errors import UserError
from bot.features.attacks.models import Incident
from bot.features.attacks.service.incidents import read_incidents
from bot.features.reports.service.answers import cases_accused
from bot.features.watchlist.collections import PUSH_STATES, WATCHES
from bot.features.watchlist.models.push import THIS, PushState
from bot.features.watchlist.rules.table import read_watches
from bot.features.watchlist.service.adding_listings import ACCOUNT, add_listings
from bot.features.watchlist.service.watching import add_watches
from bot.settings import PREFIX, Settings
from checks.plan import Plan

AT_ONCE = 200
"""Products in one question and one answer, and in one transaction."""
AUDIT_AT_ONCE = 100
"""Entries of the audit record in one answer."""
LONGEST = 2000 * AT_ONCE
"""Characters of a table of so many products."""
IMPORT = "import"
"""Who adds the products of a table."""


class Table(msgspec.Struct, frozen=True):
    """Some products as ``write_watches`` writes them: whoever reads them checks every cell."""

    text: Annotated[str, msgspec.Meta(max_length=LONGEST)]


class ListedProducts(msgspec.Struct, frozen=True):
    """Some listings of the account whose products are to be watched."""

    listings: Annotated[list[OwnListing], msgspec.Meta(max_length=AT_ONCE)]


class WatchesDocument(msgspec.Struct, frozen=True):
    """Some products."""

    watches: list[Watch]


class WatchesChanged(msgspec.Struct, frozen=True):
    """How many products were new, and how many of those known changed."""

    new: int
    updated: int


class PageRequest(msgspec.Struct, frozen=True):
    """The question for what has the keys that come next."""

    key: str = ""


class LinkRequest(msgspec.Struct, frozen=True):
    """The question for a link to the local page."""


class PageLink(msgspec.Struct, frozen=True):
    """A link to the local page, which lets in once."""

    link: str


class PlanRequest(msgspec.Struct, frozen=True):
    """The question for how often products are checked."""


class PushRequest(msgspec.Struct, frozen=True):
    """The question for how Amazon's notifications arrive."""


class AuditPage(msgspec.Struct, frozen=True):
    """Some entries of the audit record."""

    entries: list[AuditEntry]


class AttacksRequest(msgspec.Struct, frozen=True):
    """The question for the attacks that come behind one, in the order of time; else for all."""

    at: datetime | None = None
    ref: str = ""


class AttacksPage(msgspec.Struct, frozen=True):
    """Some attacks; none: that was all."""

    attacks: list[Incident]


ADD_WATCHES = Operation("add-watches", Table, WatchesChanged)
ADD_LISTED = Operation("add-listed", ListedProducts, WatchesChanged)
LIST_WATCHES = Operation("list-watches", PageRequest, WatchesDocument)
NEW_LINK = Operation("new-page-link", LinkRequest, PageLink)
SHOW_PLAN = Operation("show-plan", PlanRequest, Plan)
READ_PUSH = Operation("read-push", PushRequest, PushState)
LIST_AUDIT = Operation("list-audit", PageRequest, AuditPage)
LIST_ATTACKS = Operation("list-attacks", AttacksRequest, AttacksPage)


@asynccontextmanager
async def control(settings: Settings) -> AsyncIterator[Control]:
    """Give whoever has the data: the running process, or this one, which opens it.

    Raises:
        StoreError: the data is in use by a process that does not answer, damaged, or of the other
            kind.
    """
    client = await running(settings.data_dir / SOCKET)
    if client is not None:
        yield client
        return
    async with open_store(settings, simulated=is_simulated(settings)) as store:
        yield operations(store, settings.home)


async def all_watches(application: Control) -> list[Watch]:
    """Return all that is watched."""
    watches: list[Watch] = []
    after = PageRequest()
    while found := (await application.ask(LIST_WATCHES, after)).watches:
        watches += found
        after = PageRequest(found[-1].key)
    return watches


def controlled(application: Application, settings: Settings) -> AbstractAsyncContextManager[str]:
    """Answer the commands of this user as long as the block lasts; gives why that is not possible.

    Empty: it is.
    """
    app = application.app
    answers = operations(
        app.store,
        settings.home,
        application.monitor,
        lambda: app.scheduler.trigger(Work.CONDITIONS),
    )
    links = application.app.resources[PAGE_LINKS]

    async def new_link(_: LinkRequest) -> PageLink:
        return PageLink(links.new())

    async def plan(_: PlanRequest) -> Plan:
        return application.monitor.plan()

    answers.add(NEW_LINK, new_link)
    answers.add(SHOW_PLAN, plan)
    return listening(settings.data_dir / SOCKET, answers)


def no_control(why: str) -> str:
    """Say that commands cannot reach the program while it runs, and what to do."""
    return (
        "Commands such as watch import do not work while Brandwarden is running: it could not "
        f"create a socket in the data folder ({why}). To use them, stop Brandwarden. If the "
        f"folder's path is long, set {PREFIX}DATA_DIR to one under 90 characters."
    )


def operations(
    store: Store,
    home: str,
    checker: Checker | None = None,
    imported: Callable[[], None] = lambda: None,
) -> Operations:
    """Return what can be asked; ``checker`` looks at products, where anybody does.

    ``imported`` is called when a table was.
    """

    async def add(question: Table) -> WatchesChanged:
        table = read_watches(question.text, home, utc_now(), IMPORT)
        if table.problems or len(table.watches) > AT_ONCE:
            why = table.problems[0].why if table.problems else f"Import at most {AT_ONCE} products."
            raise UserError(why)

        async def write(tx: Transaction) -> WatchesChanged:
            added = await add_watches(tx, table.watches, checker)
            tx.after(imported)
            await record_command_line(tx, COLLECTIONS, "watch import", utc_now())
            new = sum(each.before is None for each in added)
            return WatchesChanged(new, sum(each.changed for each in added) - new)

        return await run_in_transaction(store, write)

    async def add_listed(question: ListedProducts) -> WatchesChanged:
        async def write(tx: Transaction) -> WatchesChanged:
            now = utc_now()
            added = await add_listings(tx, question.listings, ACCOUNT, now, known_at=now)
            await record_command_line(tx, COLLECTIONS, "watch from-account", now)
            if checker is not None and added.all:
                tx.after(lambda: checker.follow(*added.all))
            return WatchesChanged(len(added.new), len(added.filled))

        return await run_in_transaction(store, write)

    known = Operations()
    known.add(ADD_WATCHES, add)
    known.add(ADD_LISTED, add_listed)
    _add_lists(known, store)
    return known


def _add_lists(known: Operations, store: Store) -> None:
    """Add what reads alone."""

    async def list_some(question: PageRequest) -> WatchesDocument:
        return WatchesDocument(await store.page(WATCHES, after=question.key, limit=AT_ONCE))

    async def list_audit(question: PageRequest) -> AuditPage:
        return AuditPage(await store.page(AUDIT, after=question.key, limit=AUDIT_AT_ONCE))

    async def list_attacks(question: AttacksRequest) -> AttacksPage:
        found = await read_incidents(store, partial(cases_accused, store), question.at)
        last = (question.at, question.ref)
        behind = [each for each in found if question.at is None or (each.at, each.ref) > last]
        return AttacksPage(behind[:AT_ONCE])

    async def read_push(_: PushRequest) -> PushState:
        return await store.get(PUSH_STATES, THIS) or PushState()

    known.add(LIST_WATCHES, list_some)
    known.add(READ_PUSH, read_push)
    known.add(LIST_AUDIT, list_audit)
    known.add(LIST_ATTACKS, list_attacks)
