"""Everything that is kept, and what was noticed about the program."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import combinations, pairwise
from typing import TypeVar

from tests.patience import PATIENCE
from tests.platforms.slack.state import (
    Channel,
    File,
    Json,
    Message,
    Request,
    ResponseUrl,
    Trigger,
    User,
    View,
)

T = TypeVar("T")


class Workspace:
    """All that is kept, and what was noticed about the program that uses it."""

    org = ""
    """The organization for which the app is installed as a whole."""
    org_teams: tuple[str, ...] = ()
    """Its workspaces in which the app may be used."""
    refuses = ""
    """The word with which Slack refuses everything that the bot asks."""
    refuses_sockets = ""
    """The word with which it refuses a new socket."""
    gives_metadata = True
    user_groups: Mapping[str, set[str]] = {}
    """The people of each, by its id."""
    most_members = 1000
    """On a page of a channel's members."""

    def __init__(self) -> None:
        self.team_id, self.team_name = "T0TEAM", "Team"
        self.bot_user, self.bot_id, self.app_id = "UBOT", "B0BOT", "A0APP"
        self.url = ""
        self.bot_token, self.app_token = "xoxb-fake", "xapp-fake"
        self.scopes: set[str] = set()
        self.reads_messages = False
        """The app is subscribed to every message in its channels, not only to mentions."""
        self.patience = 3.0
        """Seconds that a person waits for an ack."""
        self.trigger_seconds = 3.0
        self.enforced_gap: float | None = None
        """Refuse a post that comes sooner, in seconds, after the last one in its channel."""
        self.posts: defaultdict[str, list[float]] = defaultdict(list)
        """When posts were asked for, by channel, on the monotonic clock."""
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.ephemerals: defaultdict[str, list[Message]] = defaultdict(list)
        self.modals: defaultdict[str, list[View]] = defaultdict(list)
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.requests: list[Request] = []
        self.violations: list[str] = []
        self.warnings: list[str] = []
        self.mentions: list[str] = []
        self.tickets: set[str] = set()
        self._last_id = 0
        self._last_micros = 0
        self._change = asyncio.Event()

    def channel(self, id: str) -> Channel:
        """Return a channel by id."""
        return self.channels[id]

    def direct(self, user: str) -> Channel:
        """Return the conversation of the bot with one person."""
        id = f"D{user}"
        return self.channels.setdefault(id, Channel(id, "", {user, self.bot_user}, direct=True))

    def calls(self, method: str) -> list[Json]:
        """Return the arguments of all requests of a method, oldest first."""
        return [request.arguments for request in self.requests if request.method == method]

    def too_fast(self, gap: float = 1.0) -> list[tuple[str, float]]:
        """Return channel and seconds of every two posts closer together than the gap."""
        return [
            (channel, later - earlier)
            for channel, times in self.posts.items()
            for earlier, later in pairwise(times)
            if later - earlier < gap
        ]

    def crowded(self, pace: float) -> list[tuple[str, int, float]]:
        """Return channel, posts and seconds wherever posts came faster than one in ``pace``.

        One of them may come late, and the next one soon after it: only the sender knows better.
        """
        return [
            (channel, last - first, times[last] - times[first])
            for channel, times in self.posts.items()
            for first, last in combinations(range(len(times)), 2)
            if times[last] - times[first] < (last - first - 1) * 0.9 * pace
        ]

    def new_id(self, prefix: str) -> str:
        self._last_id += 1
        return f"{prefix}{self._last_id:08d}"

    def new_ts(self) -> str:
        self._last_micros = max(self._last_micros + 1, int(time.time() * 1_000_000))
        seconds, micros = divmod(self._last_micros, 1_000_000)
        return f"{seconds}.{micros:06d}"

    def changed(self) -> None:
        """Wake everybody who waits for something to happen."""
        self._change.set()
        self._change = asyncio.Event()

    async def until(self, condition: Callable[[], T], timeout: float = PATIENCE) -> T:  # noqa: ASYNC109
        """Wait until the condition is true, asked at every change; return what it returned."""
        try:
            async with asyncio.timeout(timeout):
                while not (found := condition()):
                    await self._change.wait()
        except TimeoutError:
            last = [request.method for request in self.requests[-10:]]
            raise AssertionError(f"not within {timeout} s; last requests: {last}") from None
        return found
