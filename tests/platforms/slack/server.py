"""A Slack of our own on the loopback interface: real sockets, real limits, no network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Self

from aiohttp import web

from tests.platforms.slack import payloads
from tests.platforms.slack.acknowledged import only_ack
from tests.platforms.slack.acts import Accept, Act, Courier
from tests.platforms.slack.faults import Faults
from tests.platforms.slack.link import Link
from tests.platforms.slack.people import Person
from tests.platforms.slack.posting import Posting
from tests.platforms.slack.state import Channel, Json, User
from tests.platforms.slack.web_api import SCOPES, WebApi
from tests.platforms.slack.workspace import Workspace

_BIGGEST = 64 * 1024 * 1024
"""Bytes of a request; a tenth of what Slack takes is enough for tests."""


class FakeSlack(Workspace):
    """One workspace with one app installed; ``base_url`` is for the SDK's client."""

    def __init__(self) -> None:
        super().__init__()
        self.scopes = set(SCOPES)
        self.faults = Faults()
        self.acts: list[Act] = []
        """Every delivery, oldest first."""
        self._link = Link(self, self.faults.injected)
        self._courier: Courier = self._link
        self.users[self.bot_user] = User(self.bot_user, "Bot", self.team_id)

    @property
    def base_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def injected(self) -> Counter[str]:
        """How often each fault happened, by method and fault."""
        return self.faults.injected

    @property
    def connected(self) -> int:
        """Over how many websockets acts can go now."""
        return len(self._link.open)

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=_BIGGEST)
        WebApi(self, self.faults).routes(app)
        app.router.add_get("/link/", self._link.serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._link.close()
        await self._runner.cleanup()

    def person(
        self,
        id: str,
        name: str,
        *,
        admin: bool = False,
        owner: bool = False,
        guest: bool = False,
        team: str | None = None,
        teams: tuple[str, ...] = (),
        joins: bool = True,
    ) -> Person:
        """Give somebody an account; ``team`` is another workspace's id, ``teams`` all of hers.

        She is in the default channels, unless she does not join them.
        """
        home = team or self.team_id
        user = User(id, name, home, admin=admin, owner=owner, guest=guest, teams=teams)
        self.users[id] = user
        for channel in self.channels.values():
            if channel.default and joins:
                channel.members.add(id)
        return Person(self, self.deliver, user)

    def add_channel(
        self,
        id: str,
        name: str,
        people: Iterable[Person] = (),
        *,
        bot: bool = True,
        private: bool = False,
        default: bool = False,
    ) -> Channel:
        """Make a channel with these people in it, and the bot.

        Whoever gets an account later is in it if it is a ``default`` one.
        """
        members = {person.id for person in people} | ({self.bot_user} if bot else set())
        self.channels[id] = Channel(id, name, members, private=private, default=default)
        return self.channels[id]

    def use_http(self, url: str, signing_secret: str) -> None:
        """Deliver by signed HTTP requests to this address from now on."""
        self._courier = Posting(self, url, signing_secret)

    async def deliver(self, kind: str, payload: Json, accept: Accept) -> Act:
        """Tell the program what was done, and wait for its ack."""
        return await self._bring(Act(kind, payload, accept))

    async def happens(self, kind: str, **more: object) -> Act:
        """Tell of an event that nobody did to the program itself."""
        body: Json = {"type": kind, "event_ts": self.new_ts(), **more}
        told = payloads.event(self, self.users[self.bot_user], body)
        return await self._bring(Act("events_api", told, only_ack(self)))

    async def leaves(self, person: Person, channel: str) -> Act:
        """Let somebody leave a channel, or be removed from it."""
        self.channels[channel].members.discard(person.id)
        return await self.happens("member_left_channel", user=person.id, channel=channel)

    async def enters(self, person: Person, channel: str) -> Act:
        """Let somebody be added to a channel."""
        self.channels[channel].members.add(person.id)
        return await self.happens("member_joined_channel", user=person.id, channel=channel)

    async def loses_bot(self, channel: str) -> Act:
        """Let somebody remove the bot from a channel."""
        self.channels[channel].members.discard(self.bot_user)
        return await self.happens("member_left_channel", user=self.bot_user, channel=channel)

    async def archives(self, channel: str, *, back: bool = False) -> Act:
        """Let somebody archive a channel, or bring it back."""
        self.channels[channel].archived = not back
        kind = "channel_unarchive" if back else "channel_archive"
        return await self.happens(kind, user="UANA", channel=channel)

    async def redeliver(self, act: Act, reason: str = "timeout") -> Act:
        """Tell it again, as Slack does when it believes that the first time was lost."""
        self.injected["redelivery"] += 1
        return await self._bring(Act(act.kind, act.payload, act.accept, act.retry + 1, reason))

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every websocket to reconnect; ``warning`` is the other reason."""
        await self._link.disconnect(reason)
        self.changed()

    def abort_sockets(self) -> None:
        """Cut the TCP connection of every websocket."""
        self._link.abort()

    def swap_next_envelopes(self) -> None:
        """Send the next act only after the one that follows it."""
        self._link.swap_next()

    async def _bring(self, act: Act) -> Act:
        self.acts.append(act)
        self.changed()
        await self._courier.bring(act, self.patience)
        self.changed()
        return act
