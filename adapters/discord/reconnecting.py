"""How often we begin a session: Discord resets the token of a bot that begins too many in a day.

discord.py begins another session as often as Discord ends one, five seconds apart, and does not
say why. Here it begins one for each ``connect()``: before the socket of a second one it leaves.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from types import SimpleNamespace

import aiohttp
import discord
import structlog
from discord.http import Route

from adapters.discord import CHAT
from adapters.discord.once import ONCE
from adapters.discord.refusals import NO_LOGIN, RESET
from adapters.discord.troubles import Trouble
from adapters.discord.unreadable_events import MALFORMED, UNHEARD

log = structlog.get_logger(__name__)

APART = 5.0
"""Seconds between two beginnings: Discord takes no more."""

SHORTEST, LONGEST, SLOWEST = 0.2, 60.0, 300.0
"""Seconds until the next connection: at first, where Discord is not to be reached, and where it
ends what it let us begin."""

IN_AN_HOUR = 16
"""Sessions at most, whatever their lives: below 400 a day, where Discord's limit is 1,000."""

RESERVE = 10
"""Sessions of a day that stay for people who start us again."""

HOUR = 3600.0
"""Seconds after which Discord is asked again how many sessions are left."""

ORDER = 200
"""Characters at most of an order to connect anew."""

UPDATE = "Update Brandwarden and restart it."
FATAL = {
    4004: (NO_LOGIN, RESET),
    4010: ("Discord refused the connection: invalid shard (4010).", UPDATE),
    4011: (
        "Discord refused the connection: I am in too many servers (4011).",
        "Turn Public Bot off, remove me from servers that are not yours, and restart Brandwarden.",
    ),
    4012: ("Discord refused the connection: invalid API version (4012).", UPDATE),
    4013: ("Discord refused the connection: invalid intents (4013).", UPDATE),
    4014: ("Discord refused the connection: disallowed intents (4014).", UPDATE),
}
"""Cause and remedy by the codes behind which no connection will ever stand."""


class SessionOver(Exception):
    """Discord ended the session."""


def fatal(error: Exception) -> tuple[str, str] | None:
    """Return cause and remedy if connecting again is of no use."""
    match error:
        case discord.LoginFailure():
            return FATAL[4004]
        case discord.PrivilegedIntentsRequired():
            return FATAL[4014]
        case discord.ConnectionClosed(code=code):
            return FATAL.get(code)
    return None


class Sessions:
    """Says when the next session may begin, and knows why the last one ended."""

    def __init__(self, link: Trouble, clock: Callable[[], float]) -> None:
        """Tell ``link`` where Discord gives us no more sessions; ``clock`` has seconds."""
        self._link = link
        self._clock = clock
        self._began = self._identified = -HOUR
        self._over = False
        self._cause = ""
        self._sockets = 0
        self._pause = SHORTEST
        self._latest = deque[float](maxlen=IN_AN_HOUR)

    async def permit(self, client: discord.Client) -> None:
        """Wait until a session may begin, and permit that one."""
        reset = await self._spent(client)
        while reset:
            await asyncio.sleep(min(reset, HOUR))
            reset = await self._spent(client)
        await asyncio.sleep(self._identified + APART - self._clock())
        self._over, self._cause, self._sockets = False, "", 0
        self._began = self._clock()

    def pause(self) -> float:
        """Return the seconds until the next connection, longer each time if none lasts."""
        now, longest = self._clock(), SLOWEST if self._identified >= self._began else LONGEST
        lasted = now - self._began > SLOWEST
        self._pause = SHORTEST if lasted else min(2 * self._pause, longest)
        full = len(self._latest) == IN_AN_HOUR
        return max(self._pause, self._latest[0] + HOUR - now if full else 0.0)

    def identify(self) -> None:
        """Note that a session is begun."""
        self._identified = self._clock()
        self._latest.append(self._identified)

    def stands(self) -> None:
        """Note that Discord took the socket: what we missed was told, or a session began."""
        self._sockets = 0

    def hear(self, said: str) -> None:
        """Note the orders to connect anew."""
        if len(said) > ORDER:
            return
        with suppress(ValueError):
            match json.loads(said):
                case {"op": 7}:
                    self._cause = "Discord asked for another connection (opcode 7)"
                case {"op": 9, "d": resumable}:
                    self._over = not resumable
                    self._cause = "Discord declared the session invalid (opcode 9)"

    def trace(self, client: discord.Client, trace: aiohttp.TraceConfig) -> None:
        """Slow down the sockets that are opened again, and prevent a second session."""

        async def before(
            _: aiohttp.ClientSession, __: SimpleNamespace, told: aiohttp.TraceRequestStartParams
        ) -> None:
            if told.url.scheme in ("ws", "wss"):
                await asyncio.sleep(0)  # until what was heard last is noted
                await self._before_socket(client)

        trace.on_request_start.append(before)

    async def _before_socket(self, client: discord.Client) -> None:
        cause, self._cause = self._cause or _closed(client), ""
        if self._over:
            raise SessionOver(cause)
        if self._sockets:
            log.warning("connection ended", chat=CHAT, error=cause)
            await asyncio.sleep(min(SHORTEST * 2**self._sockets, LONGEST / 2))
        self._sockets += 1

    async def _spent(self, client: discord.Client) -> float:
        """Return the seconds until there are sessions again; 0 if there are enough."""
        try:
            told = await client.http.request(Route("GET", "/gateway/bot"), trace_request_ctx=ONCE)
            limit = told["session_start_limit"]
            left, total = int(limit["remaining"]), int(limit["total"])
            reset = float(limit["reset_after"]) / 1000
        except (*UNHEARD, *MALFORMED) as error:
            # Our own pauses keep far below the limit.
            log.debug("sessions not told", chat=CHAT, error=repr(error)[:200])
            return 0.0
        if left > RESERVE:
            return 0.0
        cause = f"Connections to Discord left for today: {left} of {total}."
        log.warning("no connection", chat=CHAT, error=cause, seconds=reset)
        hours = max(1, round(reset / HOUR))
        remedy = f"Stop other programs that use my token. I reconnect within {hours} h."
        await self._link.begin(cause, remedy)
        return max(1.0, reset)


def _closed(client: discord.Client) -> str:
    """Return how the last socket ended."""
    # There is none before the first connection.
    socket = getattr(client.ws, "socket", None)
    return f"Discord closed the connection (code {getattr(socket, 'close_code', None)})"
