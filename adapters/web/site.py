"""What the page is told when it starts: for whom it is, and how much it takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import tzinfo
from typing import Any, NamedTuple, Protocol

import msgspec

from bot.core.browse.models import RowPage, TablePage, TableQuery
from bot.core.cards import Button
from bot.core.charts import Chart
from bot.core.events import Query
from bot.core.forms import FILE_BYTES, FILES
from bot.core.idempotency import Response
from bot.core.intake import Intake
from bot.core.interactions import AnyInteraction
from bot.core.interface import InterfaceLanguage
from bot.core.page_sessions import PageSessions
from bot.core.permissions import Person, Role

Handle = Callable[[AnyInteraction, str, Intake], Awaitable[Response]]
"""The gateway: answers an interaction, or why it cannot be done; see ``ChatGateway.handle``."""

BeginIntake = Callable[[], Intake]
"""Begins to take in the files of one interaction; see ``ChatGateway.intake``."""

Read = Callable[[str], Awaitable[bytes]]
"""Gives the bytes with that SHA-256, or raises StoreError."""

Find = Callable[[str], Awaitable[str]]
"""Gives the SHA-256 of the picture that a form shows by that name; empty: there is none."""


class CommandHelp(NamedTuple):
    """A command as the page offers it: ``watch``, ``/watch <ASIN or link>``, one line on it."""

    name: str
    usage: str
    summary: str


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much the page shows and takes. Sizes are in bytes, times in seconds."""

    shown: int = 50
    """Messages on one page of a channel or of a thread."""
    small: int = 4096
    """A command or a click."""
    text: int = 16_384
    """One text of a form."""
    files: int = FILES
    file: int = FILE_BYTES
    sending: float = 120
    """How long a form may take to arrive, its files included."""
    heartbeat: float = 15
    """How often an open page that nothing happens on hears that the connection lives."""
    stalled: float = 10
    """How long an open page may take nothing before it is dropped."""


async def english() -> InterfaceLanguage:
    """Return English."""
    return InterfaceLanguage.ENGLISH


Look = Callable[[Role, Query[Any]], Awaitable[Any]]
"""The gateway: answers what a page asks, for a role; see ``ChatGateway.look``."""


class Draw(Protocol):
    """Draws a chart as SVG."""

    async def __call__(self, chart: Chart, *, dark: bool = False) -> bytes:
        """Return the picture, or raise BrandwardenError."""
        ...


async def nothing_known(_: Role, __: Query[Any]) -> None:
    """Know no answer."""


def nothing_barred(_: Role, __: Button) -> str:
    """Let everything be pressed: whoever may not is told so then."""
    return ""


Menu = Sequence[tuple[str, str]]
"""Names and titles of the tables that can be looked through."""


async def no_menu(_: Role) -> Menu:
    """Offer no table."""
    return ()


async def no_table(_: Role, __: str, ___: TableQuery) -> TablePage | None:
    """Know no table."""
    return None


async def no_row(_: Role, __: str, ___: str) -> RowPage | None:
    """Know no row."""
    return None


async def nothing_found(_: Role, __: str) -> Sequence[TablePage]:
    """Find nothing."""
    return ()


async def no_picture(_: str) -> bytes:
    """Have no picture."""
    return b""


async def not_posted(_: str) -> str:
    """Know no message."""
    return ""


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """What the page is told when it starts."""

    brand: str
    sessions: PageSessions
    """Whom it lets in."""
    people: Mapping[str, tuple[Person, Role]]
    """Whom the reader may be, by id; the first is who it is at first."""
    public: str = ""
    """Where a reverse proxy serves the page, ``https://brand.example.com``; empty: there is none,
    and this machine's own browsers alone are answered."""
    commands: Sequence[CommandHelp]
    zone: Callable[[], Awaitable[tzinfo]]
    """Tells the team's time zone."""
    language: Callable[[], Awaitable[InterfaceLanguage]] = english
    """Tells what the team is spoken to in."""
    channel: str
    """Which channel is shown."""
    simulated: bool = False
    market: str = ""
    """The base address of the simulated marketplace, from which pictures may come."""
    trouble: Callable[[], str] = str
    """Tells what is wrong with the whole of it, in a sentence; empty where all is well."""
    look: Look = nothing_known
    """Answers what a page asks."""
    draw: Draw | None = None
    """Draws charts; None: it cannot be done here, and the page shows their numbers."""
    barred: Callable[[Role, Button], str] = nothing_barred
    """Says why who has that role may not press a button; empty: they may."""
    menu: Callable[[Role], Awaitable[Menu]] = no_menu
    """Tells which tables a role may look through."""
    table: Callable[[Role, str, TableQuery], Awaitable[TablePage | None]] = no_table
    """Gives a page of a table; raises NotAllowed."""
    search: Callable[[Role, str], Awaitable[Sequence[TablePage]]] = nothing_found
    """Gives what is found in each table."""
    row: Callable[[Role, str, str], Awaitable[RowPage | None]] = no_row
    """Gives the page about a row of a table; raises NotAllowed."""
    picture: Callable[[str], Awaitable[bytes]] = no_picture
    """Gives the picture of a product that is kept of one at Amazon; empty: none is at hand."""
    posted: Callable[[str], Awaitable[str]] = not_posted
    """Gives the page's own id of the message with that name; empty: it has none."""
    limits: Limits = Limits()
