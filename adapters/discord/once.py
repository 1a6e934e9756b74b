"""Requests that go over the wire once.

discord.py asks up to five times where Discord has trouble, and sleeps where it asks to slow down.
For the answer to a person that is right. What the outbox sends is tried again by the outbox, which
knows how long the whole chat has to be left alone: there every hidden try is one too many. Both
libraries offer the place for it: discord.py takes aiohttp's tracing, and passes on the mark.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord

ONCE = "once"
"""The ``trace_request_ctx`` of such a request."""


class Unrepeated(discord.HTTPException):
    """Discord asks to slow down, or has trouble, and was not asked again."""

    def __init__(self, response: aiohttp.ClientResponse, said: dict[str, Any] | str) -> None:
        """Take what the answer said: JSON, or the words of what stands before Discord."""
        super().__init__(response, said)
        told: Mapping[str, Any] = said if isinstance(said, dict) else {}
        self.wait = _seconds(told.get("retry_after"))
        """Seconds to wait, as the body has them."""
        asked = response.status == HTTPStatus.TOO_MANY_REQUESTS
        self.everywhere = asked and (not told or told.get("global") is True)
        """It is not about this route alone: Cloudflare answers without JSON."""


def trace_once(trace: aiohttp.TraceConfig) -> None:
    """Let the requests that are marked so end with their first answer."""
    trace.on_connection_create_start.append(_create)
    trace.on_request_end.append(_end)


def retry_after(error: discord.HTTPException) -> float | None:
    """Return the seconds to wait, in whatever form the answer has them; None if in none."""
    if isinstance(error, Unrepeated) and error.wait is not None:
        return error.wait
    headers, names = error.response.headers, ["Retry-After"]
    if error.status == HTTPStatus.TOO_MANY_REQUESTS:
        # Every answer has it, for a limit that is not reached.
        names.append("X-RateLimit-Reset-After")
    told = (_seconds(headers.get(name)) for name in names)
    return next((seconds for seconds in told if seconds is not None), None)


async def _create(
    _: aiohttp.ClientSession, context: SimpleNamespace, __: aiohttp.TraceConnectionCreateStartParams
) -> None:
    """Prevent aiohttp's own second try; only a connection that was kept may have gone stale."""
    if context.trace_request_ctx == ONCE:
        if hasattr(context, "created"):
            raise aiohttp.ServerDisconnectedError
        context.created = True


async def _end(
    _: aiohttp.ClientSession, context: SimpleNamespace, told: aiohttp.TraceRequestEndParams
) -> None:
    answer = told.response
    trouble = answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    again = trouble or answer.status == HTTPStatus.TOO_MANY_REQUESTS
    if again and context.trace_request_ctx == ONCE:
        raise Unrepeated(answer, _read(await answer.read()))


def _read(body: bytes) -> dict[str, Any] | str:
    """Return JSON whose parts have the types that discord.py takes for granted, or the text."""
    try:
        said = json.loads(body)
    except ValueError:
        return body.decode(errors="replace")[:200]
    if not isinstance(said, dict):
        return ""
    code = said.get("code")
    known = {"message": str(said.get("message", "")), "code": code if type(code) is int else 0}
    return known | {name: said.get(name) for name in ("retry_after", "global")}


def _seconds(value: object) -> float | None:
    """Return a number of seconds, or those until a date as HTTP writes it."""
    if not isinstance(value, str | int | float):
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            date = parsedate_to_datetime(str(value))
            seconds = (date - datetime.now(UTC)).total_seconds()
        except (TypeError, ValueError):
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None
