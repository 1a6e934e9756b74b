"""Faults that spoil a whole answer, before it is made or on its way."""

import asyncio
import uuid

from aiohttp import web

from adapters.simulator.faults import Fault, Strike
from adapters.simulator.wire.common import Error, Errors, encode

LIMIT_HEADER = "x-amzn-RateLimit-Limit"
HUGE = 20 * 1024 * 1024
"""Bytes of an answer that is far too large."""
HTML_503 = """<!DOCTYPE html><html><head><title>503 Service Unavailable</title></head>
<body><h1>Service Unavailable</h1><p>The server is temporarily unable to answer.</p></body></html>
"""
HTML_ROBOT = """<!DOCTYPE html><html><head><title>Robot check</title></head>
<body><p>Type the characters you see in this picture.</p></body></html>
"""


def json_response(status: int, body: bytes) -> web.Response:
    """An answer as JSON, with an ID of its own."""
    headers = {"x-amzn-RequestId": str(uuid.uuid4())}
    return web.Response(status=status, body=body, content_type="application/json", headers=headers)


def refusal(status: int, code: str, message: str, details: str = "") -> web.Response:
    """Amazon's error body."""
    return json_response(status, encode(Errors((Error(code, message, details),))))


def denied(details: str = "") -> web.Response:
    """What Amazon answers to whom it grants no access."""
    return refusal(403, "Unauthorized", "Access to requested resource is denied.", details)


def quota_exceeded() -> web.Response:
    """What Amazon answers when the quota is used up; it does not say when to come back."""
    return refusal(429, "QuotaExceeded", "You exceeded your quota for the requested resource.")


async def instead(strike: Strike, closing: asyncio.Event) -> web.Response | None:
    """The answer that a fault gives in place of the right one; None when none strikes.

    Waits first, for SLOW; `closing` ends the wait when the server closes.
    """
    slow = strike(Fault.SLOW)
    if slow is not None:
        await _pause(slow.delay, closing)
    if strike(Fault.HTML_503) is not None:
        return web.Response(status=503, text=HTML_503, content_type="text/html")
    if strike(Fault.EMPTY_429) is not None:
        return web.Response(status=429)
    if strike(Fault.QUOTA_429) is not None:
        return quota_exceeded()
    return None


async def _pause(seconds: float, closing: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(closing.wait(), seconds)
    except TimeoutError:
        return


async def spoiled(
    strike: Strike, request: web.Request, response: web.Response
) -> web.StreamResponse:
    """The answer as it arrives: as it was, or spoiled by what strikes."""
    if strike(Fault.GARBAGE_LIMIT_HEADER) is not None:
        response.headers[LIMIT_HEADER] = "unlimited"
    if strike(Fault.NOT_JSON) is not None:
        return json_response(200, HTML_ROBOT.encode())
    if strike(Fault.HUGE) is not None:
        return json_response(200, b" " * HUGE)
    body = response.body
    if not isinstance(body, bytes):
        return response
    half = body[: len(body) // 2]
    if strike(Fault.TRUNCATED_JSON) is not None:
        return json_response(response.status, half)
    if strike(Fault.DROPPED_CONNECTION) is not None:
        return await _broken_off(request, response, len(body), half)
    return response


async def _broken_off(
    request: web.Request, whole: web.Response, length: int, half: bytes
) -> web.StreamResponse:
    """Promise the whole body, send a half of it and drop the connection."""
    response = web.StreamResponse(status=whole.status)
    response.content_type = whole.content_type
    response.content_length = length
    await response.prepare(request)
    await response.write(half)
    abort(request)
    return response


def abort(request: web.Request) -> None:
    """Drop the connection without another word."""
    if request.transport is not None:
        request.transport.abort()
