"""Slack's calls over HTTP: what Slack did not sign is refused before anything reads it."""

from __future__ import annotations

import asyncio
import hmac
import re
import time
from typing import Final, NamedTuple
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from adapters.http.lines import Tally
from adapters.slack import CHAT
from adapters.slack.listener import MALFORMED

LARGEST: Final = 1_048_576
"""Bytes of a call."""
FRESH: Final = 300
"""Seconds that a signature counts, as Slack's documentation demands: later, somebody repeats it."""
PATIENCE: Final = 10.0
"""Seconds that the rest of a call may take after its head."""
STAMP: Final = "X-Slack-Request-Timestamp"
SIGNATURE: Final = "X-Slack-Signature"

_SECONDS = re.compile(r"[0-9]{1,12}", re.ASCII)
_CHECK_SIZE = 4096


def application(app: AsyncApp, path: str, signing_secret: str) -> web.Application:
    """Return what takes Slack's calls at the path for slack_bolt."""
    tally = Tally(chat=CHAT)

    async def take(request: web.Request) -> web.Response:
        try:
            # What a charset would make of it is no matter: the signature is over the bytes.
            body = (await request.read()).decode()
            asked = AsyncBoltRequest(
                body=body, query=request.query_string, headers=dict(request.headers)
            )
            # bolt's own handler of errors stumbles over some bodies, too.
            answer = await app.async_dispatch(asked)
        except (*MALFORMED, RecursionError) as error:
            tally.note("a signed call could not be read", error=type(error).__name__)
            raise web.HTTPBadRequest from error
        return await to_aiohttp_response(answer)

    calls = web.Application(
        middlewares=[signed(signing_secret.encode(), tally)], client_max_size=LARGEST
    )
    calls.router.add_post(path, take)
    calls.on_response_prepare.append(_say_no_more)
    return calls


def signed(secret: bytes, tally: Tally) -> Middleware:
    """Return the middleware that lets in what Slack signed lately."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        claim = _claim(request)
        if claim or (request.content_length or LARGEST) <= _CHECK_SIZE:
            body = await _body(request)
            if claim and hmac.compare_digest(_signature(secret, claim.stamp, body), claim.given):
                return await handler(request)
            if _is_certificate_check(request, body):
                return web.Response()
        tally.note("a call without Slack's signature was refused")
        raise web.HTTPUnauthorized

    return check


class _Claim(NamedTuple):
    """What is said to be Slack's signature, and when it was made."""

    stamp: bytes
    given: bytes


def _claim(request: web.Request) -> _Claim | None:
    """Return what the head claims; None where no body could make that true."""
    stamps, signatures = request.headers.getall(STAMP, []), request.headers.getall(SIGNATURE, [])
    if len(stamps) != 1 or len(signatures) != 1 or not _SECONDS.fullmatch(stamps[0]):
        return None
    # Slack compresses nothing: what is signed would not be what was sent.
    if "Content-Encoding" in request.headers or abs(time.time() - int(stamps[0])) > FRESH:
        return None
    return _Claim(stamps[0].encode(), signatures[0].encode(errors="surrogateescape"))


def _signature(secret: bytes, stamp: bytes, body: bytes) -> bytes:
    return b"v0=" + hmac.new(secret, b"v0:%b:%b" % (stamp, body), "sha256").hexdigest().encode()


async def _body(request: web.Request) -> bytes:
    try:
        async with asyncio.timeout(PATIENCE):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None


def _is_certificate_check(request: web.Request, body: bytes) -> bool:
    """Tell whether Slack only tries the certificate: it wants to hear 200, and nothing is done."""
    if request.method != "POST" or len(body) > _CHECK_SIZE:
        return False
    return ("ssl_check", "1") in parse_qsl(body.decode(errors="replace"))


async def _say_no_more(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.pop("Server", None)
