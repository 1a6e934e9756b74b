"""The gateway: all that a chat adapter needs of the application."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec
import structlog

from bot.core.browse.models import SEARCH, RowPage, TablePage, TableQuery
from bot.core.browse.tables import BrowseTables
from bot.core.cards import Button, Tone
from bot.core.channel_bindings import known_workspace, open_room
from bot.core.chat_troubles import Topic
from bot.core.collections import CHANNEL_BINDINGS, POSTED, PostedMessage
from bot.core.context import AppContext
from bot.core.entrances import ALIASES
from bot.core.events import Query
from bot.core.forms import Option
from bot.core.idempotency import IdempotencyStore, Response
from bot.core.intake import Intake
from bot.core.interactions import AnyInteraction, Arrival, Notice, Reply, Submission
from bot.core.interface import InterfaceLanguage, speak, tr
from bot.core.membership import Access, Affiliation, Reach, natural_access
from bot.core.offered_commands import CommandSet, offered
from bot.core.permissions import Permission, Role, Roster
from bot.core.rate_limits import COMMANDS, RateLimit, TooMany
from bot.core.request import CommandSpec
from bot.core.router import Router
from bot.core.scheduler import Work
from bot.core.spelling import CommandSpelling
from bot.core.spots import PictureWanted
from bot.core.store import Transaction, run_in_transaction
from bot.core.troubles import end_trouble, note_trouble
from bot.errors import StoreError

A = TypeVar("A")
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class ChatGateway:
    """The way in from a chat."""

    app: AppContext
    router: Router
    roster: Roster
    deliveries: IdempotencyStore = field(default_factory=IdempotencyStore)
    limit: RateLimit = field(default_factory=lambda: RateLimit(COMMANDS, "commands"))
    offer: CommandSet = CommandSet.FEW
    """Which commands chats offer under their own names."""

    @cached_property
    def tables(self) -> BrowseTables:
        """What can be looked through."""
        return BrowseTables(self.app)

    @property
    def commands(self) -> Sequence[CommandSpec]:
        """All that can be typed, as chats offer it."""
        return offered(self.router.entrances.commands, self.offer)

    @property
    def names(self) -> Collection[str]:
        """What commands are called, by whatever name they answer to."""
        return {*(spec.name for spec in self.router.entrances.commands), *ALIASES}

    def spell(self, chat: str, written: Mapping[str, str]) -> None:
        """Let all that is shown in a chat name commands as they are typed there.

        ``written`` are those that are not typed as ``/name``, by their names.
        """
        self.app.spellings[chat] = CommandSpelling(written)

    async def handle(
        self, interaction: AnyInteraction, refusal: str = "", files: Intake | None = None
    ) -> Response:
        """Answer an interaction; when a chat delivers it twice, the second gets the same answer.

        ``refusal`` says in a sentence why it cannot be done, as the chat found out while it took
        it in; the answer that an earlier delivery got counts before it. Of the ``files`` that came
        along, those are kept that something names which was stored. Whoever sends too much in a
        minute is told so once; only what was typed into a form gets the answer each time.
        """

        async def work() -> Sequence[Reply]:
            if not isinstance(interaction, Arrival):
                self.limit.take(interaction.who.id, self.app.monotonic())
            if refusal and interaction.role is not Role.NOBODY:
                return [Notice(refusal, Tone.WARNING)]
            spelling = self.app.spelling(interaction.where.chat)
            return [spelling.reply(each) for each in await self.router.handle(interaction, files)]

        with speak(await self.language()):
            try:
                return await self.deliveries.once(interaction.id, work)
            except TooMany as error:
                if error.first or isinstance(interaction, Submission):
                    return Response([Notice(str(error), Tone.WARNING)])
                return Response((), repeated=True)

    async def connected(self, chat: str, workspace: str) -> None:
        """Note to which workspace the chat is connected: nobody else is listened to."""
        await open_room(self.app.store, chat, workspace)

    async def trouble(self, chat: str, topic: Topic, cause: str, remedy: str = "") -> None:
        """Note what is wrong with a chat and tell the other chats; a repeated call changes nothing.

        ``cause`` and ``remedy`` are sentences: what happened, and what a person can do about it.
        """

        async def write(tx: Transaction) -> bool:
            await note_trouble(self.app, tx, chat, topic, cause, remedy)
            return tx.wrote

        if await run_in_transaction(self.app.store, write):
            self.app.scheduler.trigger(Work.OUTBOX)

    async def trouble_over(self, chat: str, topic: Topic) -> None:
        """Note that it works again, and tell where it was told; nothing happens if it worked."""

        async def write(tx: Transaction) -> bool:
            await end_trouble(self.app, tx, chat, topic)
            return tx.wrote

        if await run_in_transaction(self.app.store, write):
            self.app.scheduler.trigger(Work.OUTBOX)

    async def workspace(self, chat: str) -> str:
        """Return the workspace to which the chat was connected last; empty if to none."""
        return await known_workspace(self.app.store, chat)

    async def channel(self, chat: str) -> str:
        """Return the chat's own id of the channel that alerts come to; empty if to none yet."""
        room = await self.app.store.get(CHANNEL_BINDINGS, chat)
        return room.channel if room else ""

    def intake(self) -> Intake:
        """Begin to take in the files of one interaction: they go to ``handle`` along with it."""
        return Intake(self.app)

    async def picture(self, name: str) -> str:
        """Return the SHA-256 of the picture that a form shows by that name; empty: none."""

        async def look(tx: Transaction) -> str:
            return await self.app.ask(tx, PictureWanted(name)) or ""

        return await run_in_transaction(self.app.store, look)

    async def look(self, role: Role, query: Query[A]) -> A | None:
        """Answer what a page asks; None where it knows no answer, or the role may not read."""
        if not role.can(Permission.READ):
            return None
        return await run_in_transaction(self.app.store, lambda tx: self.app.ask(tx, query))

    async def language(self) -> InterfaceLanguage:
        """Return what the team is spoken to in; see ``speak``."""
        return await self.app.language()

    async def zone(self) -> ZoneInfo:
        """Return the time zone that the team has chosen."""
        return ZoneInfo((await self.app.team()).zone)

    async def suggest(self, role: Role, kind: str, typed: str) -> list[Option]:
        """Offer what may be meant by what is typed so far; nothing to those who may not read."""
        if not role.can(Permission.READ):
            return []
        return await self.app.features.suggest(self.app, kind, typed)

    def barred(self, role: Role, button: Button) -> str:
        """Say why a person with that role may not press a button; empty: they may."""
        return "" if button.url else role.barred(self.router.entrances.needs(button))

    async def posted(self, chat: str, message: str) -> str:
        """Return the chat's own id of the message with that name; empty: it has none."""
        found = await self.app.store.get(POSTED, PostedMessage.key_of(chat, message))
        return found.ref.id if found else ""

    async def menu(self, role: Role) -> list[tuple[str, str]]:
        """Return the name and title of each table that a person with the role may look through."""
        with speak(await self.language()):
            return [*self.tables.menu(role), (SEARCH, tr("Search"))]

    async def table(self, role: Role, name: str, query: TableQuery) -> TablePage | None:
        """Return a page of a table; None: there is no such table. Raises NotAllowed."""
        with speak(await self.language()):
            return await self.tables.rows(role, name, query)

    async def search(self, role: Role, text: str) -> tuple[TablePage, ...]:
        """Return what is found in each table that the role may see."""
        with speak(await self.language()):
            return await self.tables.search(role, text)

    async def row(self, role: Role, name: str, key: str) -> RowPage | None:
        """Return the page about one row of a table; None: there is none. Raises NotAllowed."""
        with speak(await self.language()):
            return await self.tables.page(role, name, key)

    def role(self, person: str, natural: Role) -> Role:
        """Return a person's role; ``natural`` is what the chat itself makes of them."""
        return self.roster.role(person, natural)

    async def access(self, chat: str, person: str, known: Affiliation) -> Access:
        """Return what a person may do, by what the chat knows of them and whom the owner named."""
        await self._note_reach(chat, known.reach)
        natural = natural_access(known)
        role = self.role(person, natural.role)
        return Access(role, natural.barred if role is Role.NOBODY else None)

    async def _note_reach(self, chat: str, reach: Reach) -> None:
        """Keep in mind whether everybody reads the channel for alerts; /settings says so."""
        room = await self.app.store.get(CHANNEL_BINDINGS, chat)
        is_open = reach is Reach.OPEN
        if room is None or reach not in (Reach.OPEN, Reach.CLOSED) or room.open is is_open:
            return

        async def write(tx: Transaction) -> None:
            now = await tx.get(CHANNEL_BINDINGS, chat)
            if now is not None and now.channel == room.channel:
                tx.put(CHANNEL_BINDINGS, msgspec.structs.replace(now, open=is_open))

        try:
            await run_in_transaction(self.app.store, write)
        except StoreError as error:
            # The answer that a person waits for does not depend on it.
            log.warning("reach not noted", chat=chat, error=str(error))
