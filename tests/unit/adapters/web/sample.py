"""A small team's page, served: with a router that answers as the real one would."""

from __future__ import annotations

import hashlib
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from zoneinfo import ZoneInfo

import msgspec
from aiohttp import web

from adapters.storage.tinydb import TinyStore
from adapters.web.connection import address_of, create_app, serve
from adapters.web.messages import COLLECTIONS
from adapters.web.outbound import WebChat
from adapters.web.site import Limits, Site, english
from bot.core.cards import Button, Card, Field, Tone
from bot.core.chat import MessageRef, Outgoing
from bot.core.collections import AUDIT, COUNTERS, PAGE_ACCOUNTS, PAGE_SESSIONS
from bot.core.context import AppContext
from bot.core.entrances import SHOW
from bot.core.files import Upload
from bot.core.forms import Choice, Date, Text
from bot.core.gateway import ChatGateway
from bot.core.intake import Intake
from bot.core.interactions import (
    AnyInteraction,
    Arrival,
    Ask,
    Click,
    Command,
    Notice,
    Post,
    Reply,
    Submission,
    Update,
)
from bot.core.page_links import PageLinks
from bot.core.page_sessions import PageSessions
from bot.core.permissions import Roster
from bot.core.replying import shown_to
from bot.core.router import Router
from bot.core.spelling import AS_WRITTEN
from bot.core.uploads import refusal
from bot.errors import StoreError, UserError
from bot.features.evidence.rules.content import recognise
from tests.unit.adapters.web.content import ALERT, CARDS, COMMANDS, ENTRIES, FIRST, PEOPLE, SECOND

TOKEN = "a-secret-for-tests"
CHANNEL = "brand-alerts"
START = datetime(2026, 11, 23, 9, 2, tzinfo=UTC)


PICTURE = "picture-"
"""So begins the name by which a form shows a picture; its digest follows."""


@dataclass
class FakeRouter:
    """Answers a few commands and buttons, and remembers all that it was asked."""

    chat: WebChat
    asked: list[AnyInteraction] = field(default_factory=list)

    async def handle(
        self,
        asked: AnyInteraction,
        files: Intake,
    ) -> Sequence[Reply]:
        self.asked.append(asked)
        # The real rule, so that these tests show what becomes of a press on the real page.
        return shown_to(asked, await self._replies(asked))

    async def _replies(self, asked: AnyInteraction) -> Sequence[Reply]:
        match asked:
            case Command(name=name, text=text):
                return await self._command(name, text, asked.where.thread)
            case Click(action=action):
                return await self._click(asked, action)
            case Arrival():
                return []
            case Submission(step=step):
                return self._submission(asked, step)

    async def _command(self, name: str, text: str, thread: str) -> Sequence[Reply]:
        if name == "tell":
            # As the core does: what all may see goes out as a message, under a key of its own.
            key = f"tell-{len(self.asked)}"
            head = MessageRef(CHANNEL, thread) if thread else None
            card = Card(title=text)
            await self.chat.post(Outgoing(key=key, channel=CHANNEL, card=card, thread=head))
            return []
        if name == "note":
            return [Ask(form=SECOND, session="s2", step="two")]
        if name == "health":
            more = Button(label="More", action="more", ref="2")
            return [Post(card=Card(title="All 6 products are read", buttons=(more,)))]
        if name == "crash":
            message = "a secret of the inside"
            raise RuntimeError(message)
        message = f"Unknown command '/{name}'. Try '/help'."
        return [Notice(message, Tone.WARNING)]

    async def _click(self, asked: Click, action: str) -> Sequence[Reply]:
        if action == "acknowledge":
            fields = (*ALERT.fields[:-1], Field("State", f"Acknowledged by {asked.who.name}"))
            card = msgspec.structs.replace(ALERT, fields=fields, buttons=ALERT.buttons[1:])
            # As the core does: the public card is its own to change.
            for message in await self.chat.newest(CHANNEL, limit=50):
                if message.card.title == ALERT.title:
                    await self.chat.edit(MessageRef(CHANNEL, message.id), card)
            return []
        if action in ("more", "run"):
            card = Card(title="Page 2")
            return [Post(card) if action == SHOW else Update(card)]
        if action == "close":
            return [Ask(form=FIRST, session="s1", step="one", number=1, of=2)]
        return [Notice(f"You pressed {action}.", Tone.GOOD)]

    def _submission(self, asked: Submission, step: str) -> Sequence[Reply]:
        if asked.back:
            first = next(
                each for each in self.asked if isinstance(each, Submission) and each.step == "one"
            )
            form = msgspec.structs.replace(FIRST, inputs=_filled(first))
            return [Ask(form=form, session="s1", step="one", number=1, of=2)]
        if step == "one" and not str(asked.answers["order"]).startswith("111"):
            errors = {"order": "That is no order number: it begins with 111."}
            form = msgspec.structs.replace(FIRST, inputs=_filled(asked))
            return [Ask(form=form, session="s1", step="one", errors=errors, number=1, of=2)]
        if step == "one":
            return [Ask(form=SECOND, session="s1", step="two", number=2, of=2)]
        return []


def _filled(asked: Submission) -> tuple[Choice | Text | Date, ...]:
    claim, order, bought = FIRST.inputs
    assert isinstance(claim, Choice)
    assert isinstance(order, Text)
    assert isinstance(bought, Date)
    return (
        msgspec.structs.replace(claim, initial=str(asked.answers["claim"])),
        msgspec.structs.replace(order, initial=str(asked.answers["order"])),
        bought,
    )


@dataclass
class Ticking:
    """A clock that goes on by two minutes whenever somebody looks."""

    at: datetime = START

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=2)
        return self.at


@dataclass
class Running:
    """A page that is being served."""

    chat: WebChat
    router: FakeRouter
    kept: dict[str, bytes]
    runner: web.AppRunner
    sessions: PageSessions
    store: TinyStore
    clock: Ticking

    @property
    def links(self) -> PageLinks:
        return self.sessions.links

    @property
    def url(self) -> str:
        return self.links.address

    @property
    def link(self) -> str:
        """A new link: each lets in once."""
        return self.links.new()

    async def fill(self) -> MessageRef:
        """Post the sample's messages; return the alert's reference, whose thread has entries."""
        last = MessageRef(CHANNEL, "")
        for number, card in enumerate(CARDS):
            last = await self.post(card, f"card-{number}")
        for number, card in enumerate(ENTRIES):
            await self.post(card, f"entry-{number}", last)
        return last

    async def post(
        self,
        card: Card,
        key: str,
        thread: MessageRef | None = None,
        files: tuple[Upload, ...] = (),
    ) -> MessageRef:
        return await self.chat.post(
            Outgoing(key=key, channel=CHANNEL, card=card, thread=thread, ping=True, files=files)
        )


class SampleIntake(Intake):
    """An intake that needs no application; what it takes is kept at once, for tests to see."""

    def __init__(self, kept: dict[str, bytes]) -> None:
        super().__init__(cast("AppContext", None))
        self._taken = kept

    async def take(self, name: str, content: bytes) -> Upload:
        try:
            kind = recognise(content)
        except UserError as error:
            raise refusal(name, str(error)) from error
        digest = hashlib.sha256(content).hexdigest()
        self._taken[digest] = content
        return Upload(kind.file_name, kind.media_type, len(content), digest)


async def berlin() -> ZoneInfo:
    return ZoneInfo("Europe/Berlin")


def gateway_of(router: FakeRouter) -> ChatGateway:
    """The real gateway before a router that needs no application."""
    app = SimpleNamespace(monotonic=time.monotonic, language=english, spelling=lambda _: AS_WRITTEN)
    return ChatGateway(cast("AppContext", app), cast("Router", router), Roster())


def sample_site(sessions: PageSessions, limits: Limits | None = None) -> Site:
    return Site(
        brand="Alder & Finch",
        sessions=sessions,
        people=PEOPLE,
        commands=COMMANDS,
        zone=berlin,
        channel=CHANNEL,
        simulated=True,
        limits=limits or Limits(),
    )


@asynccontextmanager
async def running(
    folder: Path, *, port: int = 0, limits: Limits | None = None, **changes: object
) -> AsyncIterator[Running]:
    """Serve a page over the data in the folder; ``changes`` are to what the page is told."""
    kept: dict[str, bytes] = {}

    async def read(content: str) -> bytes:
        if content not in kept:
            message = f"a secret of the inside: {content}"
            raise StoreError(message)
        return kept[content]

    collections = (*COLLECTIONS, PAGE_SESSIONS, PAGE_ACCOUNTS, COUNTERS, AUDIT)
    store = await TinyStore.open(folder, collections)
    clock = Ticking()
    sessions = PageSessions(store, lambda: clock.at, PageLinks())
    site = msgspec.structs.replace(sample_site(sessions, limits), **changes)
    chat = WebChat(store, clock)
    router = FakeRouter(chat)
    handle = gateway_of(router).handle

    async def find(name: str) -> str:
        return name.removeprefix(PICTURE) if name.startswith(PICTURE) else ""

    app = create_app(
        chat,
        handle,
        site,
        intake=lambda: SampleIntake(kept),
        read=read,
        find=find,
        now=clock,
    )
    runner = await serve(app, port)
    sessions.links.address = address_of(runner)
    try:
        yield Running(chat, router, kept, runner, sessions, store, clock)
    finally:
        await runner.cleanup()
        await store.close()
