"""What Discord knows: guilds, members, channels, threads, messages, interactions."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.platforms.discord.limits import EPHEMERAL
from tests.platforms.discord.wire import Json

if TYPE_CHECKING:
    from tests.platforms.discord.modals import OpenModal

ADMINISTRATOR = 1 << 3
MANAGE_GUILD = 1 << 5
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
EMBED_LINKS = 1 << 14
ATTACH_FILES = 1 << 15
READ_HISTORY = 1 << 16
USE_COMMANDS = 1 << 31
CREATE_THREADS = 1 << 35
SEND_IN_THREADS = 1 << 38
ORDINARY = (
    VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_HISTORY
    | USE_COMMANDS
    | CREATE_THREADS
    | SEND_IN_THREADS
)


@dataclass(eq=False)
class Role:
    id: int
    name: str
    permissions: int
    mentionable: bool = False
    """Anybody may call it."""


@dataclass(eq=False)
class Member:
    """A person, or the bot, in a guild."""

    id: int
    name: str
    roles: list[Role] = field(default_factory=list)
    bot: bool = False
    ephemerals: list[Message] = field(default_factory=list)
    modal: OpenModal | None = None

    @property
    def permissions(self) -> int:
        granted = ORDINARY
        for role in self.roles:
            granted |= role.permissions
        return granted


@dataclass(eq=False)
class Guild:
    id: int
    name: str
    bot: Member
    roles: list[Role] = field(default_factory=list)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)


@dataclass(eq=False)
class Channel:
    """A text channel, or a thread if it has a parent."""

    id: int
    name: str
    guild: Guild
    writable: bool = True
    visible: bool = True
    kind: int = 0
    """0 text, 2 voice, 5 announcements, 13 stage, 15 forum."""

    seen_by: list[Role] | None = None
    """The roles that see it, beside the bot and administrators; None: everybody does."""

    messages: list[Message] = field(default_factory=list)
    """Those that everybody sees, oldest first."""

    post_times: list[float] = field(default_factory=list)
    """When the bot posted: seconds of the monotonic clock."""

    nonces: dict[str, Message] = field(default_factory=dict)
    parent: Channel | None = None
    owner: Member | None = None
    archived: bool = False
    locked: bool = False
    auto_archive_duration: int = 1440

    @property
    def may_post(self) -> bool:
        return self.parent.may_post if self.parent else self.writable

    @property
    def may_see(self) -> bool:
        return self.parent.may_see if self.parent else self.visible

    def message(self, id: int) -> Message | None:
        return next((message for message in self.messages if message.id == id), None)

    def thread_of(self, message: Message) -> Channel | None:
        return message.thread


@dataclass(eq=False)
class Attachment:
    id: int
    name: str
    content_type: str
    content: bytes
    url: str
    description: str = ""
    expired: bool = False
    """Its address is no longer good, as happens to Discord's after a day."""

    size: int | None = None
    """Bytes as Discord tells them, if it is wrong about them."""

    moved_to: str = ""
    """Where its address leads on to."""


@dataclass(eq=False)
class Message:
    """A message as it stands now: an edit changes it in place."""

    id: int
    channel: Channel
    author: Member
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    nonce: str | int | None = None
    seen_by: Member | None = None
    """The one person who sees it, if it is ephemeral."""

    thread: Channel | None = None
    chosen: dict[int, dict[str, list[str]]] = field(default_factory=dict)
    """What each member chose in its selects since it looked like this, by custom id."""

    edits: int = 0
    deleted: bool = False
    extra: Json = field(default_factory=dict)
    """What else Discord tells of it, as it stands in JSON."""

    at: float = field(default_factory=time.monotonic)
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    edited: datetime | None = None

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)


@dataclass(eq=False)
class Interaction:
    """What a person did, and what came of it."""

    id: int
    token: str
    kind: int
    """2 a command, 3 a component, 4 an autocompletion, 5 a modal's submission."""

    person: Member
    channel: Channel
    data: Json
    source: Message | None = None
    """The message whose button was pressed, also before the modal."""

    dead: bool = False
    at: float = field(default_factory=time.monotonic)
    response: int | None = None
    """The type of the first response that was accepted."""

    latency: float | None = None
    """Seconds until then."""

    responded: asyncio.Event = field(default_factory=asyncio.Event)

    reply: Message | None = None
    """What @original names: the reply, or the message that was updated."""

    waiting: bool = False
    """A deferral has promised a message that has not come yet."""

    choices: list[Json] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    """What Discord refused of the bot's responses, as '10062 Unknown interaction'."""

    @property
    def answered(self) -> bool:
        return self.response is not None
