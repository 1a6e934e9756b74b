"""The page of a team that has one of everything: the house's own tables, cards and forms."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from adapters.storage.tinydb import TinyStore
from adapters.web.addresses import row_address
from adapters.web.attachments import PICTURE
from adapters.web.browsing import THREAD_OF
from adapters.web.calendar import CALENDAR
from adapters.web.connection import address_of, create_app, serve
from adapters.web.messages import COLLECTIONS
from adapters.web.outbound import WebChat
from adapters.web.prices import PRICES_PICTURE
from adapters.web.product_pictures import OF_CARD, OF_PRODUCT
from adapters.web.render import Origin, form
from adapters.web.site import Limits, Site
from adapters.web.statics import STATIC
from bot.core.browse.models import TableQuery
from bot.core.chat import Outgoing
from bot.core.collections import AUDIT, COUNTERS, PAGE_SESSIONS
from bot.core.forms import FILE_BYTES
from bot.core.gateway import ChatGateway
from bot.core.interactions import Ask
from bot.core.page_links import PageLinks
from bot.core.page_sessions import PageSessions
from bot.core.permissions import Role, Roster
from tests.journeys.test_roles import WALKS
from tests.pictures.kinds import CARDS, FORMS
from tests.unit.conftest import ANA, ASIN, BEN, PLACE, VIK, Team, asked

SHOWN = 500
"""Messages on one page: all of them."""
NO_PAGES = frozenset(
    {
        *("/events", "/files/{id}/{number}", STATIC, THREAD_OF),
        *(PICTURE, PRICES_PICTURE, OF_CARD, OF_PRODUCT, CALENDAR),
    }
)
"""Addresses that give no page to read."""


@dataclass
class WholePage:
    """What is served, and where all of it is."""

    gateway: ChatGateway
    app: web.Application
    links: PageLinks
    thread: str
    """The id of a message with a thread."""

    async def addresses(self) -> list[str]:
        """Return a page of each kind: each table and row of the house, full and empty."""
        found = ["/", f"/threads/{self.thread}", "/search", "/search?q=Walnut", "/search?q=zzzz"]
        for name, _ in await self.gateway.menu(Role.ADMIN):
            address = f"/{quote(name)}"
            found += [address] if name == "search" else [address, f"{address}?q=zzzz"]
            table = await self.gateway.table(Role.ADMIN, name, TableQuery())
            rows = [row for row in table.rows if row.opens] if table else []
            found += [row_address(name, row.key) for row in rows[:1]]
        product = row_address("products", f"US-{ASIN}")
        return list(dict.fromkeys([*found, product, f"{product}/history", "/nowhere/at-all"]))

    async def unseen(self, visited: list[str]) -> set[str]:
        """Return the kinds of addresses of the page that none of these is of."""
        router = self.app.router
        kinds = {
            route.resource.canonical
            for route in router.routes()
            if route.method == "GET" and route.resource
        }
        for each in visited:
            found = await router.resolve(make_mocked_request("GET", each.partition("?")[0]))
            resource = found.route.resource
            kinds -= {resource.canonical} if resource else set()
        return kinds - NO_PAGES


async def every_step(team: Team) -> dict[str, Ask]:
    """Return each step of each flow of the house, and one of each kind of form with a mistake."""
    asks = dict(FORMS)
    for name, walk in WALKS.items():
        ask = asked(await team.type(walk.start, yes=False))
        asks[f"{name} 1"] = ask
        for number, answers in enumerate(walk.steps[:-1], start=2):
            ask = asked(await team.submit(ask, answers))
            asks[f"{name} {number}"] = ask
    return asks


def drawn(ask: Ask) -> str:
    """Return a form as the page gets it."""
    return form(ask, Origin(), FILE_BYTES)


@asynccontextmanager
async def whole_page(folder: Path, team: Team) -> AsyncIterator[WholePage]:
    """Serve the page of that team, with every kind of card in its channel."""
    app = team.app
    gateway = ChatGateway(app, team.router, Roster())
    store = await TinyStore.open(folder / "page", (*COLLECTIONS, PAGE_SESSIONS, COUNTERS, AUDIT))
    links = PageLinks()
    chat = WebChat(store, team.clock)
    site = Site(
        brand=app.brand.name,
        sessions=PageSessions(store, team.clock, links),
        people={person.id: (person, role) for person, role in (ANA, BEN, VIK)},
        commands=(),
        zone=gateway.zone,
        language=gateway.language,
        channel=PLACE.channel,
        simulated=True,
        barred=gateway.barred,
        look=gateway.look,
        menu=gateway.menu,
        table=gateway.table,
        search=gateway.search,
        row=gateway.row,
        limits=Limits(shown=SHOWN),
    )
    served = create_app(
        chat,
        gateway.handle,
        site,
        intake=gateway.intake,
        read=app.evidence.read,
        find=gateway.picture,
        now=team.clock,
    )
    server = await serve(served, 0)
    try:
        links.address = address_of(server)
        posted = [
            await chat.post(Outgoing(key=name, channel=PLACE.channel, card=card))
            for name, card in CARDS.items()
        ]
        head, entries = posted[0], CARDS["entries"]
        reply = Outgoing(key="reply", channel=PLACE.channel, card=entries, thread=head)
        await chat.post(reply)
        yield WholePage(gateway, served, links, head.id)
    finally:
        await server.cleanup()
        await store.close()
