"""What goes wrong on purpose, and how often it did (``injected``)."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch

from aiohttp import web

from tests.platforms.discord.gateway import INVALID_SESSION, RECONNECT, Gateway
from tests.platforms.discord.payloads import interaction_json
from tests.platforms.discord.state import Member
from tests.platforms.discord.wire import Call, Json
from tests.platforms.discord.world import World


@dataclass
class Fault:
    """Something that happens to the next requests of a route."""

    route: str
    name: str
    times: int
    status: int = 0
    """What is answered instead of acting; 0 if the request is acted upon, or nothing answered."""

    retry_after: float = 0.0
    everywhere: bool = False
    abort_before: bool = False
    abort_after: bool = False
    delay: float = 0.0
    body: Json | str | None = None
    """What is answered: JSON, or the page of what stands before Discord."""

    headers: Mapping[str, str] = field(default_factory=dict)


class Faults:
    """Routes are named as 'POST /channels/*/messages', with shell wildcards."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._gateway = gateway
        self._waiting: list[Fault] = []

    def fail(self, route: str, status: int = 502, times: int = 1) -> None:
        """Answer with a server's error, and do nothing."""
        self._waiting.append(Fault(route, str(status), times, status=status))

    def refuse(
        self,
        route: str,
        status: int,
        code: int = 0,
        times: int = 1,
        *,
        headers: Mapping[str, str] | None = None,
        **more: object,
    ) -> None:
        """Answer with a status and one of Discord's codes, and do nothing."""
        body = {"message": "Refused", "code": code} | more
        fault = Fault(route, f"{status} {code}", times, status, body=body, headers=headers or {})
        self._waiting.append(fault)

    def block(
        self,
        route: str,
        status: int = 429,
        times: int = 1,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answer with the page of what stands before Discord, and do nothing."""
        page = "<html><title>Error 1015</title>You are being rate limited</html>"
        fault = Fault(route, f"{status} page", times, status, body=page, headers=headers or {})
        self._waiting.append(fault)

    def rate_limit(
        self, route: str, retry_after: float = 0.1, times: int = 1, *, everywhere: bool = False
    ) -> None:
        """Answer that the bot must wait so many seconds, on this route or on all."""
        fault = Fault(route, "429", times, status=429)
        fault.retry_after, fault.everywhere = retry_after, everywhere
        self._waiting.append(fault)

    def lose_request(self, route: str, times: int = 1) -> None:
        """Break the connection, and do nothing."""
        self._waiting.append(Fault(route, "lost request", times, abort_before=True))

    def lose_answer(self, route: str, times: int = 1) -> None:
        """Do what is asked, and break the connection."""
        self._waiting.append(Fault(route, "lost answer", times, abort_after=True))

    def slow(self, route: str, seconds: float, times: int = 1) -> None:
        """Do what is asked, and answer so many seconds later."""
        self._waiting.append(Fault(route, "slow", times, delay=seconds))

    def take(self, call: Call) -> Fault | None:
        """Return what is to happen to a request, and count it."""
        for fault in self._waiting:
            if fault.times > 0 and fnmatch(call.name, fault.route):
                fault.times -= 1
                self._world.injected[fault.name] += 1
                return fault
        return None

    @property
    def waiting(self) -> list[str]:
        """The routes that still have a fault before them."""
        return [fault.route for fault in self._waiting if fault.times > 0]

    def clear(self) -> None:
        """Let everything go well from now on."""
        self._waiting.clear()
        self._world.dead_tokens = 0
        self._gateway.refusal = None
        self._gateway.replayed_interactions = 0

    async def reconnect(self) -> None:
        """Ask the bot to connect anew (op 7)."""
        self._world.injected["op 7"] += 1
        for connection in list(self._gateway.connections):
            await connection.send(RECONNECT, None)

    async def invalidate(self, *, resumable: bool) -> None:
        """Tell the bot that its session is over (op 9)."""
        self._world.injected["op 9"] += 1
        if not resumable:
            self._gateway.sessions.clear()
        for connection in list(self._gateway.connections):
            await connection.send(INVALID_SESSION, resumable)

    def cut_gateway(self) -> None:
        """Break the gateway's connection."""
        self._world.injected["gateway cut"] += 1
        for connection in list(self._gateway.connections):
            connection.abort()

    def replay_on_resume(self, interactions: int = 1) -> None:
        """Tell the last interactions again when the bot resumes next, though it heard them."""
        self._gateway.replayed_interactions = interactions

    def dead_tokens(self, times: int = 1) -> None:
        """Let the next interactions be unknown when the bot answers them."""
        self._world.dead_tokens = times

    async def broken_event(self, event: str) -> None:
        """Send an event in which nothing is that should be."""
        self._world.injected["broken event"] += 1
        await self._world.dispatch(event, {})

    async def malformed_interaction(
        self, broken: Json | None = None, person: Member | None = None
    ) -> None:
        """Send an interaction that no client can read: an id that is no number, unless told.

        ``broken`` replaces fields, and removes those that are None. Without a person it is the
        bot's own.
        """
        guild = next(iter(self._world.guilds.values()))
        channel = next(iter(guild.channels.values()))
        data: Json = {"id": str(self._world.next_id()), "name": "watch", "type": 1}
        kind = (broken or {}).get("type", 2)
        made = self._world.new_interaction(kind, person or guild.bot, channel, data)
        payload = interaction_json(made, self._world.application)
        payload |= {"id": "not a number"} if broken is None else broken
        self._world.injected["malformed interaction"] += 1
        payload = {key: value for key, value in payload.items() if value is not None}
        await self._world.dispatch("INTERACTION_CREATE", payload)


def refused(fault: Fault) -> web.Response:
    """Return what a fault with a body of its own answers."""
    kind = "text/html" if isinstance(fault.body, str) else "application/json"
    body = fault.body if isinstance(fault.body, str) else json.dumps(fault.body)
    # Without 'Via' discord.py takes a 429 for a ban by Cloudflare.
    via = {} if isinstance(fault.body, str) else {"Via": "1.1 google"}
    headers = {"Content-Type": kind, **via, **fault.headers}
    return web.Response(body=body.encode(), status=fault.status, headers=headers)


def rate_limit_json(fault: Fault) -> tuple[Json, dict[str, str]]:
    """Return the body and the headers of a 429."""
    body: Json = {"message": "You are being rate limited.", "retry_after": fault.retry_after}
    body["global"] = fault.everywhere
    headers = {
        # Without it discord.py takes the answer for a ban by Cloudflare.
        "Via": "1.1 google",
        "Retry-After": str(math.ceil(fault.retry_after)),
        "X-RateLimit-Scope": "global" if fault.everywhere else "shared",
    }
    return body, headers | ({"X-RateLimit-Global": "true"} if fault.everywhere else {})


async def pause(fault: Fault | None) -> None:
    """Wait as long as the answer is to be late."""
    if fault and fault.delay:
        await asyncio.sleep(fault.delay)
