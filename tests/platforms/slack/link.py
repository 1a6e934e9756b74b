"""Socket Mode: the websocket over which acts reach the program and acks come back."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import Counter

from aiohttp import WSMsgType, web

from tests.platforms.slack.acts import Act
from tests.platforms.slack.faults import cut
from tests.platforms.slack.state import Json
from tests.platforms.slack.workspace import Workspace


class Link:
    """All websockets of the program; each act goes over one of them, in turn."""

    def __init__(self, slack: Workspace, injected: Counter[str]) -> None:
        self.sockets: dict[web.WebSocketResponse, web.Request] = {}
        self._slack = slack
        self._injected = injected
        self._leaving: set[web.WebSocketResponse] = set()
        """They were told to reconnect: acks still come over them, acts no longer go."""
        self._sent: dict[str, Act] = {}
        self._answered: set[str] = set()
        self._turn = 0
        self._swap = False
        self._held: list[Act] = []

    @property
    def open(self) -> list[web.WebSocketResponse]:
        """The sockets over which an act can go."""
        return [s for s in self.sockets if not s.closed and s not in self._leaving]

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Say hello, and read acks until the socket closes."""
        if request.query.get("ticket") not in self._slack.tickets:
            raise web.HTTPForbidden
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = {"app_id": self._slack.app_id}
        hello = {"type": "hello", "num_connections": len(self.open) + 1}
        await socket.send_json(hello | {"connection_info": connection, "debug_info": {}})
        self.sockets[socket] = request
        self._slack.changed()
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._ack(json.loads(message.data))
        finally:
            del self.sockets[socket]
            self._leaving.discard(socket)
            self._slack.changed()
        return socket

    async def bring(self, act: Act, patience: float) -> None:
        """Send the act over a socket, and wait for its ack; without a socket it is lost."""
        if self._swap:
            self._swap = False
            self._held.append(act)
        else:
            await self._send(act)
            while self._held:
                self._injected["envelopes swapped"] += 1
                await self._send(self._held.pop())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(act.done.wait(), patience)

    def swap_next(self) -> None:
        """Hold the next act back until the one after it was sent."""
        self._swap = True

    async def disconnect(self, reason: str) -> None:
        """Tell every socket to reconnect: refresh_requested or warning."""
        for socket in self.open:
            self._leaving.add(socket)
            self._injected[f"disconnect {reason}"] += 1
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})

    def abort(self) -> None:
        """Cut the TCP connection of every socket."""
        for request in self.sockets.values():
            self._injected["socket abort"] += 1
            cut(request)

    async def close(self) -> None:
        for socket in list(self.sockets):
            await socket.close()

    async def _send(self, act: Act) -> None:
        if not self.open:
            act.done.set()
            return
        self._turn += 1
        socket = self.open[self._turn % len(self.open)]
        envelope = self._slack.new_id("envelope")
        self._sent[envelope] = act
        await socket.send_json(_enveloped(envelope, act))
        act.delivered = True

    def _ack(self, answer: Json) -> None:
        id = answer.get("envelope_id", "")
        act = self._sent.get(id)
        if act is None or id in self._answered:
            self._slack.violations.append(f"ack of an envelope that waits for none: {answer}")
            return
        self._answered.add(id)
        act.take_ack(answer.get("payload"), self._slack.patience)
        self._slack.changed()


def _enveloped(id: str, act: Act) -> Json:
    envelope: Json = {
        "type": act.kind,
        "envelope_id": id,
        "payload": act.payload,
        "accepts_response_payload": act.kind != "events_api",
    }
    if act.kind == "events_api" or act.retry:
        envelope["retry_attempt"] = act.retry
        envelope["retry_reason"] = act.retry_reason if act.retry else ""
    return envelope
