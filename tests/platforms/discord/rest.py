"""Each request: logged, hurt if a fault waits for it, checked, acted upon, answered."""

from __future__ import annotations

import json
import time
from functools import partial

from aiohttp import web

from tests.platforms.discord import rest_application, rest_interactions, rest_messages
from tests.platforms.discord.faults import Fault, Faults, pause, rate_limit_json, refused
from tests.platforms.discord.spec import find_spec
from tests.platforms.discord.wire import Answer, Call, Handler, Refusal, Request, read_call
from tests.platforms.discord.world import World

PREFIX = "/api/v10"
_ROUTES = (*rest_messages.ROUTES, *rest_interactions.ROUTES, *rest_application.ROUTES)
_WITHOUT_LOGIN = ("/interactions/", "/webhooks/")
_BUCKET = {
    "X-RateLimit-Limit": "1000",
    "X-RateLimit-Remaining": "999",
    "X-RateLimit-Reset-After": "1.0",
}
"""So wide that discord.py never waits by itself: a test that wants a limit asks for one."""


class Rest:
    """Discord's API and its file server."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults
        self._spec = find_spec()
        self.refusals: list[str] = []

    def add_routes(self, router: web.UrlDispatcher) -> None:
        for method, path, handler in _ROUTES:
            router.add_route(method, PREFIX + path, partial(self._serve, handler))
        router.add_get("/cdn/attachments/{id}/{name}", self._download)
        router.add_route("*", "/{path:.*}", self._unknown)

    async def _serve(self, handler: Handler, request: web.Request) -> web.Response:
        try:
            call = await read_call(request, PREFIX)
        except ConnectionError as error:
            # The bot was killed in the middle of sending it.
            raise web.HTTPBadRequest from error
        entry = Request(call.method, call.path, call.body, time.monotonic())
        self._world.requests.append(entry)
        fault = self._faults.take(call)
        if fault and fault.abort_before:
            return _aborted(request)
        response = _failed(fault) if fault and fault.status else await self._act(handler, call)
        await pause(fault)
        entry.status = response.status
        self._world.changes.tell()
        return _aborted(request) if fault and fault.abort_after else response

    async def _act(self, handler: Handler, call: Call) -> web.Response:
        try:
            self._check(call)
            return _answered(await handler(self._world, call))
        except Refusal as refusal:
            self.refusals.append(f"{call.name}: {refusal}")
            return _answered(refusal.to_json(), refusal.status)

    def _check(self, call: Call) -> None:
        free = call.template.startswith(_WITHOUT_LOGIN)
        if not free and call.token != f"Bot {self._world.token}":
            raise Refusal(0)
        if self._spec:
            problems = self._spec.problems(call.method, call.template, call.body)
            self._world.demand(call, problems)

    async def _download(self, request: web.Request) -> web.Response:
        id = request.match_info["id"]
        attachment = self._world.attachments.get(int(id)) if id.isdigit() else None
        if attachment is None or attachment.expired:
            return web.Response(status=404, text="This content is no longer available.")
        if attachment.moved_to:
            raise web.HTTPFound(attachment.moved_to)
        kind = {"Content-Type": attachment.content_type}
        return web.Response(body=attachment.content, headers=kind)

    async def _unknown(self, request: web.Request) -> web.Response:
        self._world.violations.append(f"{request.method} {request.path}: no such route")
        return _answered({"message": "404: Not Found", "code": 0}, 404)


def _answered(answer: Answer, status: int = 200) -> web.Response:
    if answer is None:
        return web.Response(status=204, headers=_BUCKET)
    body = json.dumps(answer).encode()
    headers = _BUCKET | {"Content-Type": "application/json"}
    return web.Response(body=body, status=status, headers=headers)


def _failed(fault: Fault) -> web.Response:
    if fault.body is not None:
        return refused(fault)
    if fault.status != 429:
        return _answered({"message": f"{fault.status}: Server Error", "code": 0}, fault.status)
    body, headers = rate_limit_json(fault)
    response = _answered(body, 429)
    response.headers.update(headers)
    return response


def _aborted(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
