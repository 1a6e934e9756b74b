"""The HTTP side: the Web API, response_urls, uploads and downloads, with faults in between."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.platforms.slack import api_chat, api_files, api_reading, api_views, responses
from tests.platforms.slack.faults import Faults, raise_error
from tests.platforms.slack.methods import Method, arguments_of
from tests.platforms.slack.state import Invalid, Json, Refused, Request
from tests.platforms.slack.workspace import Workspace

METHODS: dict[str, Method] = {
    **api_chat.METHODS,
    **api_reading.METHODS,
    **api_views.METHODS,
    **api_files.METHODS,
}
SCOPES = {method.scope for method in METHODS.values() if method.scope}
_FOR_APPS = "apps.connections.open"


class WebApi:
    """Answers requests, or lets a fault do it."""

    def __init__(self, slack: Workspace, faults: Faults) -> None:
        self._slack = slack
        self._faults = faults
        self._accepted: dict[str, float] = {}
        """When the last post in a channel was let through."""

    def routes(self, app: web.Application) -> None:
        """Serve everything but the websocket."""
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/respond/{id}", self._respond)
        app.router.add_post("/upload/v1/{id}", self._upload)
        app.router.add_get("/files-pri/{id}/{tail:.*}", self._download)

    async def _api(self, request: web.Request) -> web.Response:
        arguments = await arguments_of(request)
        name = request.match_info["method"]
        token = _token(request, arguments)

        async def act() -> web.Response:
            return self._answer(self._call(name, token, arguments))

        return await self._through(request, Request(name, arguments), act)

    async def _respond(self, request: web.Request) -> web.Response:
        body: Json = await request.json()

        async def act() -> web.Response:
            responses.use(self._slack, request.match_info["id"], body)
            return web.Response(text="ok")

        return await self._through(request, Request("response_url", body), act)

    async def _upload(self, request: web.Request) -> web.Response:
        async def act() -> web.Response:
            return await api_files.upload(self._slack, request)

        return await self._through(request, Request("upload", dict(request.match_info)), act)

    async def _download(self, request: web.Request) -> web.Response:
        allowed = _token(request, {}) == self._slack.bot_token
        allowed = allowed and "files:read" in self._slack.scopes

        async def act() -> web.Response:
            return api_files.download(self._slack, request, allowed=allowed)

        return await self._through(request, Request("download", dict(request.match_info)), act)

    async def _through(
        self, request: web.Request, asked: Request, act: Callable[[], Awaitable[web.Response]]
    ) -> web.Response:
        """Do what is asked, unless a fault says otherwise."""
        self._slack.requests.append(asked)
        fault = self._faults.next(asked.method)
        answer = web.Response()
        try:
            if fault is not None:
                raise_error(fault)
            if fault is None or fault.acts:
                answer = await act()
        except Refused as refused:
            answer = self._refusal(asked.method, refused)
        self._slack.changed()
        return answer if fault is None else await fault.strike(request, answer)

    def _call(self, name: str, token: str, arguments: Json) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise Invalid("unknown_method", ["no such method here"])
        self._authorize(name, method, token)
        method.check(arguments)
        if name == "chat.postMessage":
            self._pace(str(arguments["channel"]))
        return method.act(self._slack, arguments)

    def _authorize(self, name: str, method: Method, token: str) -> None:
        slack = self._slack
        if not token:
            raise Refused("not_authed")
        if token not in (slack.bot_token, slack.app_token):
            raise Refused("invalid_auth")
        if (token == slack.app_token) != (name == _FOR_APPS):
            raise Refused("not_allowed_token_type")
        if word := slack.refuses_sockets if name == _FOR_APPS else slack.refuses:
            raise Refused(word)
        if method.scope and method.scope not in slack.scopes:
            provided = ",".join(sorted(slack.scopes))
            raise Refused("missing_scope", needed=method.scope, provided=provided)

    def _pace(self, channel: str) -> None:
        now = time.monotonic()
        self._slack.posts[channel].append(now)
        gap = self._slack.enforced_gap
        if gap is not None and now - self._accepted.get(channel, -gap) < gap:
            self._faults.injected["chat.postMessage too fast"] += 1
            raise Refused("ratelimited", retry_after=1)
        self._accepted[channel] = now

    def _answer(self, body: Json) -> web.Response:
        headers = {"x-oauth-scopes": ",".join(sorted(self._slack.scopes))}
        return web.json_response({"ok": True} | body, headers=headers)

    def _refusal(self, method: str, refused: Refused) -> web.Response:
        if isinstance(refused, Invalid):
            self._slack.violations += [f"{method}: {each}" for each in refused.complaints]
        answer = {"ok": False, "error": refused.error} | refused.more
        headers = {"x-oauth-scopes": ",".join(sorted(self._slack.scopes))}
        status = 404 if method == "response_url" else 200
        if refused.retry_after:
            status = 429
            headers["Retry-After"] = str(refused.retry_after)
        return web.json_response(answer, status=status, headers=headers)


def _token(request: web.Request, arguments: Json) -> str:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return given or str(arguments.get("token", ""))
