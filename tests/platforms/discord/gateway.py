"""The gateway: the websocket on which the bot hears what happens."""

from __future__ import annotations

import json
import secrets
import zlib
from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.platforms.discord.payloads import guild_create_json, user_json
from tests.platforms.discord.rest_application import gateway_url
from tests.platforms.discord.wire import Json
from tests.platforms.discord.world import World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME = 0, 1, 2, 6
RECONNECT, INVALID_SESSION, HELLO, ACK = 7, 9, 10, 11
HEARTBEAT_INTERVAL = 41_250
WRONG_TOKEN, SESSION_OVER = 4004, (1000, 1001)
GUILDS, GUILD_MESSAGES, MESSAGE_CONTENT = 1 << 0, 1 << 9, 1 << 15
_INTENT = {"GUILD": GUILDS, "THREAD": GUILDS, "MESSAGE": GUILD_MESSAGES}


class Connection:
    """One socket, in the compression that the client asked for."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        self._request = request
        self.socket = socket
        zipped = request.query.get("compress") == "zlib-stream"
        self._zip = zlib.compressobj() if zipped else None

    async def send(self, op: int, data: object, seq: int | None = None, event: str = "") -> None:
        text = json.dumps({"op": op, "d": data, "s": seq, "t": event or None})
        # A client that has gone is told again when it resumes.
        with suppress(ConnectionError):
            if self._zip is None:
                await self.socket.send_str(text)
                return
            packed = self._zip.compress(text.encode()) + self._zip.flush(zlib.Z_SYNC_FLUSH)
            await self.socket.send_bytes(packed)

    def abort(self) -> None:
        if self._request.transport is not None:
            self._request.transport.abort()


@dataclass(eq=False)
class Session:
    """What one client has been told; it outlives the socket, so that it can be resumed."""

    id: str
    intents: int
    events: list[tuple[str, Json]] = field(default_factory=list)
    connection: Connection | None = None

    async def tell(self, event: str, data: Json) -> None:
        if not self._wants(event):
            return
        # What is replayed is what was said, whatever has been changed since.
        told = json.loads(json.dumps(self._without_content(event, data)))
        self.events.append((event, told))
        if self.connection:
            await self.connection.send(DISPATCH, told, len(self.events), event)

    def _wants(self, event: str) -> bool:
        intent = _INTENT.get(event.partition("_")[0])
        return intent is None or bool(self.intents & intent)

    def _without_content(self, event: str, data: Json) -> Json:
        private = event.startswith("MESSAGE") and not self.intents & MESSAGE_CONTENT
        called = any(each.get("bot") for each in data.get("mentions", ()))
        if not private or called or data.get("author", {}).get("bot"):
            return data
        return data | {"content": "", "embeds": [], "attachments": [], "components": []}


class Gateway:
    """Serves sockets, and gives each session its events."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        self.identified = 0
        """How often a client began a session."""

        self.resumed = 0
        self.refusal: int | str | None = None
        """How each beginning of a session is answered: a close code, 'op 7' or 'op 9'."""

        self.replayed_interactions = 0
        """So many of the last interactions are told again at the next resumption."""

    @property
    def connected(self) -> bool:
        """Whether a client listens."""
        return any(session.connection for session in self.sessions.values())

    async def dispatch(self, event: str, data: Json) -> None:
        for session in list(self.sessions.values()):
            await session.tell(event, data)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = Connection(request, socket)
        self.connections.add(connection)
        try:
            await connection.send(HELLO, {"heartbeat_interval": HEARTBEAT_INTERVAL, "_trace": []})
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._receive(connection, json.loads(message.data))
        finally:
            self._forget(connection)
        return socket

    async def _receive(self, connection: Connection, message: Json) -> None:
        op, data = message["op"], message["d"]
        if op == HEARTBEAT:
            await connection.send(ACK, None)
        elif op in (IDENTIFY, RESUME) and data["token"] != self._world.token:
            await connection.socket.close(code=WRONG_TOKEN, message=b"Authentication failed.")
        elif op == IDENTIFY:
            self._world.sessions_left -= 1
            if self.refusal is None:
                await self._identify(connection, data)
            else:
                await self._refuse(connection, self.refusal)
        elif op == RESUME:
            await self._resume(connection, data)

    async def _identify(self, connection: Connection, data: Json) -> None:
        session = Session(secrets.token_hex(8), data["intents"], connection=connection)
        self.sessions[session.id] = session
        guilds = self._world.guilds
        ready = {
            "v": 10,
            "user": user_json(self._world.bot),
            "guilds": [{"id": str(id), "unavailable": True} for id in guilds],
            "session_id": session.id,
            "resume_gateway_url": gateway_url(self._world),
            "application": {"id": str(self._world.application), "flags": 0},
        }
        await session.tell("READY", ready)
        for guild in list(guilds.values()):
            await session.tell("GUILD_CREATE", guild_create_json(guild))
        self.identified += 1
        self._world.changes.tell()

    async def _refuse(self, connection: Connection, refusal: int | str) -> None:
        self.identified += 1
        self._world.changes.tell()
        match refusal:
            case int(code):
                await connection.socket.close(code=code)
            case "op 7":
                await connection.send(RECONNECT, None)
            case _:
                await connection.send(INVALID_SESSION, data=False)

    async def _resume(self, connection: Connection, data: Json) -> None:
        session = self.sessions.get(data["session_id"])
        if session is None:
            await connection.send(INVALID_SESSION, data=False)
            return
        session.connection = None
        for number in self._heard_again(session, data["seq"]):
            await connection.send(
                DISPATCH, session.events[number][1], number + 1, "INTERACTION_CREATE"
            )
        number = data["seq"]
        # What happens meanwhile waits its turn, so that no number is told before a lower one.
        while number < len(session.events):
            event, told = session.events[number]
            number += 1
            await connection.send(DISPATCH, told, number, event)
        session.connection = connection
        await session.tell("RESUMED", {})
        self.resumed += 1
        self._world.changes.tell()

    def _heard_again(self, session: Session, heard: int) -> list[int]:
        wanted, self.replayed_interactions = self.replayed_interactions, 0
        names = [event for event, _ in session.events[:heard]]
        known = [n for n, name in enumerate(names) if name == "INTERACTION_CREATE"]
        again = known[len(known) - min(wanted, len(known)) :]
        if again:
            self._world.injected["replay"] += len(again)
        return again

    def _forget(self, connection: Connection) -> None:
        self.connections.discard(connection)
        for session in list(self.sessions.values()):
            if session.connection is connection:
                session.connection = None
                if connection.socket.close_code in SESSION_OVER:
                    del self.sessions[session.id]
        self._world.changes.tell()
