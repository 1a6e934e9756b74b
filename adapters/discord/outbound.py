"""Discord as a chat: a message once, in its thread, and found again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import discord
import msgspec
import structlog

from adapters.discord import render
from adapters.discord.attachments import Read, attached, parts, request, untaken
from adapters.discord.calling import allowed, calls
from adapters.discord.calls import FORBIDDEN, Asking, code_of
from adapters.discord.history import sweep
from adapters.discord.refusals import REPLY_UNREAD, Act
from adapters.discord.render import Json, mark_of, nonce_of
from bot.core.cards import Card
from bot.core.chat import MessageRef, Outgoing, ThreadLink
from bot.core.text import one_line
from bot.errors import ChatError, MessageGone, Refusal

log = structlog.get_logger(__name__)

BEGUN, FOLDED = 160004, 50083
"""Discord's codes: the message has a thread already; the thread is archived."""

WEEK = 10080
"""Minutes without a word until Discord folds a thread away; the next word unfolds it."""

SILENT = 4096
SERVER_ERROR = 500
REMEMBERED = 1000

_DIRECT = "/users/@me/channels"
_CHANNEL = "/channels/{channel_id}"
_MESSAGES = f"{_CHANNEL}/messages"
_MESSAGE = f"{_MESSAGES}/{{message_id}}"


@dataclass
class DiscordChat(Asking):
    """Posts, edits and finds."""

    read: Read
    _marks: dict[str, str] = field(default_factory=dict, kw_only=True)
    """By the ids of the latest messages: an edit keeps what ``find`` knows them by."""

    _names: dict[str, str] = field(default_factory=dict, kw_only=True)
    """Of threads that could not be opened yet, by the ids of their heads."""

    async def post(self, message: Outgoing) -> MessageRef:
        """Post a message, and what it has no room for after it; ``find`` makes up for the rest.

        Within minutes Discord itself takes none twice, by the nonce.
        """
        if message.private:
            return await self._post_privately(message)
        first, *rest = parts(message)
        if thread := _thread(message):
            await self._open_thread(thread)
        ref = await self._post(first)
        for part in rest:
            await self._follow(part)
        return ref

    async def edit(self, ref: MessageRef, card: Card, *, plain: bool = False) -> None:
        """Show another card in the message's place; a thread that was folded away opens."""
        shown = render.plain_message if plain else render.message
        body = shown(card, self._marks.get(ref.id, ""))
        try:
            await self.ask(Act.EDIT, "PATCH", _MESSAGE, ref.channel, ref.id, json=body)
        except ChatError as error:
            if code_of(error) != FOLDED or not await self._unfold(ref.channel):
                raise
            await self.ask(Act.EDIT, "PATCH", _MESSAGE, ref.channel, ref.id, json=body)

    async def find(self, messages: Sequence[Outgoing]) -> Mapping[str, MessageRef]:
        """Look for the messages in one sweep; what should follow one is posted now if it is not."""
        if messages and messages[0].private:
            place = await self._direct(messages[0].channel)
            messages = [msgspec.structs.replace(each, channel=place) for each in messages]
        found: dict[str, MessageRef] = {}
        wanted = {message.key: parts(message) for message in messages}
        for place in dict.fromkeys(map(_place, messages)):
            known = await self._sweep(place, [p for m in messages for p in wanted[m.key]])
            for message in messages:
                first, *rest = wanted[message.key]
                if _place(message) != place or first.key not in known:
                    continue
                found[message.key] = MessageRef(place, known[first.key])
                for part in rest:
                    if part.key not in known:
                        await self._follow(part)
        return found

    async def _post_privately(self, message: Outgoing) -> MessageRef:
        place = await self._direct(message.channel)
        try:
            return await self._post(msgspec.structs.replace(message, channel=place))
        except ChatError as error:
            if isinstance(error.__cause__, discord.Forbidden):
                raise ChatError(str(error), refusal=Refusal.PRIVATE, certain=True) from error
            raise

    async def _direct(self, person: str) -> str:
        """Return the channel of our messages with one person. Raises ChatError."""
        body = {"recipient_id": person}
        try:
            told = await self.ask(Act.OPEN, "POST", _DIRECT, "0", json=body)
        except ChatError as error:
            cause = error.__cause__
            refused = isinstance(cause, discord.HTTPException) and cause.status < SERVER_ERROR
            if refused and error.retry_after is None:
                raise ChatError(str(error), refusal=Refusal.PRIVATE, certain=True) from error
            raise
        return str(told["id"])

    async def close_thread(self, head: MessageRef) -> None:
        """Archive the message's thread: Discord limits how many are active in a server."""
        try:
            await self.ask(Act.FOLD, "PATCH", _CHANNEL, head.id, json={"archived": True})
        except MessageGone:
            log.debug("no thread to fold away", message=head.id)

    async def _unfold(self, thread: str) -> bool:
        """Open a thread that was archived; tell whether it was not locked as well."""
        try:
            await self.ask(Act.EDIT, "PATCH", _CHANNEL, thread, json={"archived": False})
        except ChatError as error:
            if code_of(error) not in FORBIDDEN:
                raise
            return False
        return True

    async def _sweep(self, place: str, wanted: Sequence[Outgoing]) -> Mapping[str, str]:
        """Return the ids of those that are in a channel or thread, by their keys."""

        async def read(query: Json) -> list[Json]:
            page: list[Json] = await self.ask(Act.READ, "GET", _MESSAGES, place, params=query)
            return page

        own = str(self.client.user.id) if self.client and self.client.user else ""
        try:
            marks = await sweep(read, {mark_of(each.key) for each in wanted}, own)
        except MessageGone:
            return {}
        for mark, id in marks.items():
            _keep(self._marks, id, mark)
        return {e.key: marks[mark_of(e.key)] for e in wanted if mark_of(e.key) in marks}

    async def _post(self, message: Outgoing) -> MessageRef:
        files, missed = await attached(self.read, message)
        place, act = _place(message), Act.REPLY if _thread(message) else Act.POST
        refers = bool(message.beside and message.beside.channel == place)
        try:
            sent = request(self._body(message, missed, refers=refers), files)
            posted = await self.ask(act, "POST", _MESSAGES, place, **sent)
        except ChatError as error:
            if not refers or code_of(error) != REPLY_UNREAD:
                raise
            sent = request(self._body(message, missed, refers=False), files)
            posted = await self.ask(act, "POST", _MESSAGES, place, **sent)
        _keep(self._marks, posted["id"], mark_of(message.key))
        return MessageRef(place, posted["id"])

    def _body(self, message: Outgoing, missed: Sequence[str], *, refers: bool) -> Json:
        """Return what is posted; beside an alert it ``refers`` to it, or has a link to it."""
        beside = message.beside
        link = self._link(beside) if beside and not refers else ""
        shown = render.plain_message if message.plain else render.message
        links = [*filter(None, [link]), *self._threads(message.threads)]
        more = [*calls(message.mentions), *missed, *links]
        body = shown(message.card, mark_of(message.key), more)
        body["allowed_mentions"] = allowed(message.mentions)
        # Discord notifies no one of a silent message, not even those it mentions.
        flags = 0 if message.ping or message.mentions else SILENT
        body |= {"nonce": nonce_of(message.key), "enforce_nonce": True, "flags": flags}
        if beside and refers:
            ids = {"channel_id": beside.channel, "message_id": beside.id}
            body["message_reference"] = {**ids, "fail_if_not_exists": False}
        return body

    def _link(self, ref: MessageRef) -> str:
        """Return the address of a message; nothing if Discord did not tell of its channel."""
        place = self._known(ref.channel)
        server = place.guild.id if place else 0
        return f"https://discord.com/channels/{server}/{ref.channel}/{ref.id}" if place else ""

    def _threads(self, threads: Sequence[ThreadLink]) -> list[str]:
        """Return a line that leads to the threads whose channels Discord told of."""
        found = [(each.label, self._link(each.head)) for each in threads]
        shown = [f"[{render.escape(label)}](<{address}>)" for label, address in found if address]
        return [f"Threads: {' '.join(shown)}"] if shown else []

    async def _follow(self, part: Outgoing) -> None:
        """Post what comes behind a message that is there, or say what of it is refused."""
        try:
            await self._post(part)
        except ChatError as error:
            if error.refusal in (Refusal.FILE, Refusal.FORM):
                await self._post(untaken(part))
                return
            if error.refusal in (Refusal.ROOM, Refusal.THREAD):
                # These say that nothing was posted; but what comes before it was.
                later = ChatError(str(error), error.retry_after, remedy=error.remedy)
                raise later from error
            error.certain = False
            raise

    async def _open_thread(self, head: MessageRef) -> None:
        """Open a thread on a message, unless it has one; the thread gets the message's id."""
        if self._known(head.id):
            return
        name = self._names.get(head.id) or await self._name(head)
        if not name:
            return
        body = {"name": name, "auto_archive_duration": WEEK}
        try:
            await self.ask(
                Act.OPEN, "POST", f"{_MESSAGE}/threads", head.channel, head.id, json=body
            )
        except ChatError as error:
            if code_of(error) != BEGUN:
                _keep(self._names, head.id, name)
                raise
        self._names.pop(head.id, None)

    async def _name(self, head: MessageRef) -> str:
        """Return what a thread on the message is called; nothing if it has one already."""
        first = await self.ask(Act.OPEN, "GET", _MESSAGE, head.channel, head.id)
        heading = first["content"].partition("\n")[0]
        name = one_line(re.sub(r"\*\*|\\(.)", r"\1", heading), 100)
        return "" if "thread" in first else name


def _keep(known: dict[str, str], id: str, value: str) -> None:
    """Remember it of one of the latest messages."""
    known[id] = value
    if len(known) > REMEMBERED:
        del known[next(iter(known))]


def _thread(message: Outgoing) -> MessageRef | None:
    """Return the head of the thread in which it stands; None if it stands in the channel."""
    return None if message.beside else message.thread


def _place(message: Outgoing) -> str:
    thread = _thread(message)
    return thread.id if thread else message.channel
