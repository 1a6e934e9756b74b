"""The one Discord that requests, the gateway and people share."""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from tests.platforms.discord.changes import Changes
from tests.platforms.discord.components import numbered
from tests.platforms.discord.limits import (
    EPHEMERAL,
    SILENT,
    V2,
    files_problem,
    mention_problem,
    message_problems,
    pinging,
)
from tests.platforms.discord.payloads import message_event_json
from tests.platforms.discord.state import Attachment, Channel, Guild, Interaction, Member, Message
from tests.platforms.discord.wire import INVALID, Call, File, Json, Problem, Refusal, Request

EPOCH = 1420070400
"""Discord's: the first second of 2015."""

KEPT_FLAGS = 4 | SILENT | V2


class Dispatch(Protocol):
    """Sends an event to the bot."""

    async def __call__(self, event: str, data: Json) -> None: ...


async def _nobody_listens(event: str, data: Json) -> None: ...


class World:
    """State, and the few things that are done to it from several sides."""

    def __init__(self, token: str, answer_within: float, token_life: float) -> None:
        self.token = token
        self.answer_within = answer_within
        self.token_life = token_life
        self.nonce_life = 300.0
        self.most_threads = 1000
        """Threads of a guild that may be active at once."""

        self.url = ""
        self.guilds: dict[int, Guild] = {}
        self.left: dict[int, Guild] = {}
        """Those that have thrown the bot out: it sees nothing there."""

        self.interactions: dict[str, Interaction] = {}
        self.attachments: dict[int, Attachment] = {}
        self.commands: dict[int, list[Json]] = {}
        """By guild; 0 for those of every guild."""

        self.requests: list[Request] = []
        self.violations: list[str] = []
        self.pings: list[str] = []
        self.injected: Counter[str] = Counter()
        self.changes = Changes()
        self.dispatch: Dispatch = _nobody_listens
        self.dead_tokens = 0
        self.sessions_left, self.sessions_reset = 1000, 3_600_000
        """Sessions that the bot may begin today, and milliseconds until there are more."""

        self.directs: dict[str, Channel] = {}
        """The conversations of the bot with people, by their ids."""
        self.blocking: set[str] = set()
        """Who takes no messages of the bot."""
        self._last_id = 0
        self.application = self.next_id()
        self.bot = Member(self.application, "Brandwarden", bot=True)

    def next_id(self) -> int:
        """Return a snowflake, greater than every one before."""
        now = int((time.time() - EPOCH) * 1000) << 22
        self._last_id = max(self._last_id + 1, now)
        return self._last_id

    def channel(self, id: str) -> Channel:
        """Return a channel or thread that the bot may see."""
        for direct in self.directs.values():
            if str(direct.id) == id:
                return direct
        for guild in self.guilds.values():
            if id.isdigit() and (found := guild.channels.get(int(id))):
                if not found.may_see:
                    raise Refusal(50001)
                return found
        if any(id.isdigit() and int(id) in guild.channels for guild in self.left.values()):
            raise Refusal(50001)
        raise Refusal(10003)

    def guild(self, id: str) -> Guild:
        if id.isdigit() and int(id) in self.guilds:
            return self.guilds[int(id)]
        raise Refusal(10004)

    def demand(self, call: Call, problems: Iterable[Problem]) -> None:
        """Refuse a body with problems, and note it."""
        if found := list(problems):
            self.violations += [f"{call.name}: {path}: {text}" for path, text in found]
            raise Refusal(INVALID, found)

    def check_message(self, call: Call, body: Json, flags: int = 0) -> None:
        """Refuse what Discord refuses; note what could mention somebody, and what does."""
        self.demand(call, message_problems(body | {"flags": flags | (body.get("flags") or 0)}))
        if problem := mention_problem(body):
            self.violations.append(f"{call.name}: {problem}")
        self.pings += pinging(body)

    def check_files(self, call: Call) -> None:
        """Refuse more than Discord takes at once."""
        problem = files_problem([len(content) for *_, content in call.files.values()])
        if problem:
            self.violations.append(f"{call.name}: {problem}")
            raise Refusal(40005)

    def keep(self, name: str, content_type: str, content: bytes) -> Attachment:
        """Store a file, and give it an address."""
        id = self.next_id()
        url = f"{self.url}/cdn/attachments/{id}/{name}"
        attachment = Attachment(id, name, content_type, content, url)
        self.attachments[id] = attachment
        return attachment

    def new_message(
        self, channel: Channel, body: Json, files: Mapping[int, File], seen_by: Member | None = None
    ) -> Message:
        """Make a message of the bot's; nobody is told yet."""
        message = Message(self.next_id(), channel, self.bot, nonce=body.get("nonce"))
        message.seen_by = seen_by
        message.flags = EPHEMERAL if seen_by else 0
        self.fill(message, body, files)
        return message

    def fill(self, message: Message, body: Json, files: Mapping[int, File]) -> None:
        """Give a message the parts that a body has."""
        self._attach(message, body, files)
        by_name = {each.name: each.url for each in message.attachments}
        if "content" in body:
            message.content = body["content"] or ""
        if "embeds" in body:
            message.embeds = _resolved(body["embeds"] or [], by_name)
        if "components" in body:
            message.components = _resolved(numbered(body["components"]), by_name)
        message.flags |= (body.get("flags") or 0) & KEPT_FLAGS

    def edit(self, message: Message, body: Json, files: Mapping[int, File]) -> None:
        self.fill(message, body, files)
        message.chosen.clear()
        message.edits += 1
        message.edited = datetime.now(UTC)

    def _attach(self, message: Message, body: Json, files: Mapping[int, File]) -> None:
        listed = body.get("attachments")
        details = {int(each["id"]): each for each in listed or ()}
        if listed is not None:
            message.attachments = [each for each in message.attachments if each.id in details]
        for number, (name, content_type, content) in files.items():
            detail = details.get(number, {})
            kept = self.keep(detail.get("filename") or name, content_type, content)
            kept.description = detail.get("description") or ""
            message.attachments.append(kept)

    async def publish(self, message: Message) -> None:
        """Let a new message be seen, by everybody or by the one it is for."""
        if message.seen_by:
            message.seen_by.ephemerals.append(message)
        else:
            message.channel.messages.append(message)
            if message.author is self.bot:
                message.channel.post_times.append(time.monotonic())
            await self.dispatch("MESSAGE_CREATE", message_event_json(message))
        self.changes.tell()

    async def republish(self, message: Message) -> None:
        """Let an edit be seen."""
        if not message.seen_by:
            await self.dispatch("MESSAGE_UPDATE", message_event_json(message))
        self.changes.tell()

    async def remove(self, message: Message) -> None:
        message.deleted = True
        if message.seen_by:
            message.seen_by.ephemerals.remove(message)
        else:
            message.channel.messages.remove(message)
            data = {"id": str(message.id), "channel_id": str(message.channel.id)}
            data["guild_id"] = str(message.channel.guild.id)
            await self.dispatch("MESSAGE_DELETE", data)
        self.changes.tell()

    def new_interaction(
        self, kind: int, person: Member, channel: Channel, data: Json, source: Message | None = None
    ) -> Interaction:
        """Make an interaction; the bot is not told yet."""
        made = Interaction(
            self.next_id(), secrets.token_urlsafe(32), kind, person, channel, data, source
        )
        if self.dead_tokens:
            self.dead_tokens -= 1
            self.injected["dead token"] += 1
            made.dead = True
        self.interactions[made.token] = made
        return made


def _resolved(value: Any, by_name: Mapping[str, str]) -> Any:
    """Return JSON in which the address of an attached file stands for its name."""
    if isinstance(value, dict):
        return {key: _resolved(inner, by_name) for key, inner in value.items()}
    if isinstance(value, list):
        return [_resolved(inner, by_name) for inner in value]
    if isinstance(value, str) and value.startswith("attachment://"):
        return by_name.get(value.removeprefix("attachment://"), value)
    return value
