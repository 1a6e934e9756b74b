"""A Discord of the test's own, on the loopback interface."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Self, TypeVar

from aiohttp import web

from tests.patience import PATIENCE
from tests.platforms.discord.faults import Faults
from tests.platforms.discord.gateway import Gateway
from tests.platforms.discord.payloads import channel_json, guild_create_json
from tests.platforms.discord.people import Person
from tests.platforms.discord.rest import Rest
from tests.platforms.discord.rest_application import gateway_url
from tests.platforms.discord.state import (
    ADMINISTRATOR,
    MANAGE_GUILD,
    Attachment,
    Channel,
    Guild,
    Member,
    Message,
    Role,
)
from tests.platforms.discord.wire import Json, Request
from tests.platforms.discord.world import World

T = TypeVar("T")
_LARGEST = 32 * 1024 * 1024
_WAITING = 1024
"""Connections that may wait: beyond it the kernel lets one try again after a second."""


class FakeDiscord:
    """Serves REST, the gateway and files; has one guild with three channels to begin with.

    The bot may not write in 'read-only'. ``answer_within`` and ``token_life`` are seconds.
    """

    def __init__(
        self,
        *,
        token: str = "fake.bot.token",  # noqa: S107 (it opens nothing)
        answer_within: float = 3.0,
        token_life: float = 900.0,
    ) -> None:
        self._world = World(token, answer_within, token_life)
        self.gateway = Gateway(self._world)
        self.faults = Faults(self._world, self.gateway)
        self._world.dispatch = self.gateway.dispatch
        self._rest = Rest(self._world, self.faults)
        self._people: dict[tuple[int, str], Person] = {}
        self.guild = self._new_guild("Our brand")
        self.team = self.add_role("Team")
        """The role of those who see the private channels."""
        self.add_channel("brand-alerts", private=True)
        self.add_channel("general")
        self.add_channel("read-only", writable=False)

    @property
    def url(self) -> str:
        return self._world.url

    @property
    def gateway_url(self) -> str:
        return gateway_url(self._world)

    @property
    def token(self) -> str:
        return self._world.token

    @property
    def application_id(self) -> str:
        return str(self._world.application)

    @property
    def connected(self) -> bool:
        """Whether the bot listens."""
        return self.gateway.connected

    @property
    def requests(self) -> list[Request]:
        return self._world.requests

    @property
    def violations(self) -> list[str]:
        """Return what the bot sent against Discord's rules, or the house's on mentions."""
        return self._world.violations

    @property
    def refusals(self) -> list[str]:
        """Return what was refused, as 'POST /channels/1/messages: 50013 Missing Permissions'."""
        return self._rest.refusals

    @property
    def pings(self) -> list[str]:
        """Return the mentions that would really have called somebody."""
        return self._world.pings

    @property
    def injected(self) -> Counter[str]:
        """Return how often each fault happened."""
        return self._world.injected

    @property
    def attachments(self) -> list[Attachment]:
        """Return all files, of people and of the bot."""
        return list(self._world.attachments.values())

    def keep(self, name: str, content_type: str, content: bytes) -> Attachment:
        """Store a file, and give it an address."""
        return self._world.keep(name, content_type, content)

    def commands(self, guild: Guild | None = None) -> list[Json]:
        """Return the commands that are registered, for one guild or for all of them."""
        return self._world.commands.get(guild.id if guild else 0, [])

    def person(
        self,
        name: str,
        *,
        administrator: bool = False,
        manage_guild: bool = False,
        guild: Guild | None = None,
        team: bool = True,
    ) -> Person:
        """Return the member of this name, who joins if nobody has it yet.

        In the first guild she is of the team, unless she is just somebody on the server.
        """
        guild = guild or self.guild
        if (guild.id, name) not in self._people:
            member = Member(self._world.next_id(), name)
            granted = ADMINISTRATOR * administrator | MANAGE_GUILD * manage_guild
            member.roles += [role for role in guild.roles if role.permissions & granted]
            if team and guild is self.guild:
                member.roles.append(self.team)
            guild.members[member.id] = member
            self._people[guild.id, name] = Person(self._world, guild, member)
        return self._people[guild.id, name]

    def blocks(self, person: Person) -> None:
        """Let a person take no messages of the bot."""
        self._world.blocking.add(person.id)

    def add_role(self, name: str, permissions: int = 0, guild: Guild | None = None) -> Role:
        """Make a role that people may be given."""
        role = Role(self._world.next_id(), name, permissions)
        (guild or self.guild).roles.append(role)
        return role

    def add_channel(
        self,
        name: str,
        guild: Guild | None = None,
        *,
        writable: bool = True,
        visible: bool = True,
        kind: int = 0,
        private: bool = False,
    ) -> Channel:
        """Add a channel, in which the bot may write, or not, or which it cannot see.

        A ``private`` one is seen by the team alone.
        """
        guild = guild or self.guild
        made = Channel(self._world.next_id(), name, guild, writable, visible, kind)
        made.seen_by = [self.team] if private else None
        guild.channels[made.id] = made
        return made

    async def announce(self, channel: Channel) -> None:
        """Tell the bot of a channel that was added while it listens."""
        await self._world.dispatch("CHANNEL_CREATE", channel_json(channel))

    async def open_thread(self, name: str, parent: Channel) -> Channel:
        """Let somebody open a thread in a channel, or a post in a forum."""
        made = Channel(self._world.next_id(), name, parent.guild, parent=parent)
        parent.guild.channels[made.id] = made
        await self._world.dispatch("THREAD_CREATE", channel_json(made))
        return made

    async def change_channel(self, channel: Channel, *, writable: bool) -> None:
        """Let the bot write in a channel from now on, or not."""
        channel.writable = writable
        await self._world.dispatch("CHANNEL_UPDATE", channel_json(channel))

    async def delete_channel(self, channel: Channel) -> None:
        del channel.guild.channels[channel.id]
        await self._world.dispatch("CHANNEL_DELETE", channel_json(channel))

    async def remove_bot(self, guild: Guild, *, unavailable: bool = False) -> None:
        """Throw the bot out of a guild, or let Discord's own part for the guild fail."""
        if not unavailable:
            self._world.left[guild.id] = self._world.guilds.pop(guild.id)
        data = {"id": str(guild.id)} | ({"unavailable": True} if unavailable else {})
        await self._world.dispatch("GUILD_DELETE", data)

    async def let_in(self, guild: Guild) -> None:
        """Let the bot into a guild again."""
        self._world.left.pop(guild.id, None)
        self._world.guilds[guild.id] = guild
        await self._world.dispatch("GUILD_CREATE", guild_create_json(guild))

    def leave_sessions(self, count: int, reset_after: float) -> None:
        """Let the bot begin so many sessions, and more after so many seconds."""
        self._world.sessions_left, self._world.sessions_reset = count, int(reset_after * 1000)

    async def add_guild(self, name: str, *channels: str) -> Guild:
        """Let another guild take the bot in."""
        guild = self._new_guild(name)
        for channel in channels or ("general",):
            self.add_channel(channel, guild)
        await self._world.dispatch("GUILD_CREATE", guild_create_json(guild))
        return guild

    def channel(self, name: str, guild: Guild | None = None) -> Channel:
        """Return a channel or a thread."""
        channels = (guild or self.guild).channels.values()
        return next(each for each in channels if each.name == name)

    def thread_of(self, message: Message) -> Channel | None:
        return message.thread

    async def until(
        self,
        condition: Callable[[], T],
        timeout: float = PATIENCE,  # noqa: ASYNC109 (the callers' words)
    ) -> T:
        """Return what the condition returns as soon as it holds.

        Raises:
            AssertionError: it did not within so many seconds.
        """
        try:
            return await self._world.changes.until(condition, timeout)
        except TimeoutError:
            known = f"refused: {self.refusals}; violations: {self.violations}"
            message = f"not within {timeout} s; {len(self.requests)} requests; {known}"
            raise AssertionError(message) from None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=_LARGEST)
        app.router.add_get("/gateway", self.gateway.serve)
        self._rest.add_routes(app.router)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, backlog=_WAITING).start()
        self._world.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        for connection in list(self.gateway.connections):
            connection.abort()
        await self._runner.cleanup()

    def _new_guild(self, name: str) -> Guild:
        guild = Guild(self._world.next_id(), name, self._world.bot)
        guild.members[guild.bot.id] = guild.bot
        self._world.guilds[guild.id] = guild
        self.add_role("Administrators", ADMINISTRATOR, guild)
        self.add_role("Managers", MANAGE_GUILD, guild)
        return guild
