"""One HTTP request to Amazon, and what is read of its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import httpx
import msgspec

from adapters.http.exchange import Answer, exchange
from bot.core.text import one_line
from bot.errors import SourceError

T = TypeVar("T")

LARGEST_ANSWER = 8 * 1024 * 1024
"""Bytes. A batch of twenty products has about 250 kB."""

LONGEST_REASON = 120
"""How many characters of a reason are told."""


class Unreadable(SourceError):
    """Amazon answered, and the answer has not the shape that it should have."""

    default_message = "Amazon's answer could not be read."


async def ask_amazon(
    http: httpx.AsyncClient, request: httpx.Request, seconds: float, limit: int = LARGEST_ANSWER
) -> Answer:
    """Send the request and read its whole answer; see `adapters.http.exchange.exchange`."""
    return await exchange(http, request, seconds, limit, "Amazon")


def decode(decode_bytes: Callable[[bytes | msgspec.Raw], T], content: bytes | msgspec.Raw) -> T:
    """Decode JSON that came from outside.

    Raises:
        Unreadable: it is no JSON, cut off, nested too deeply, or has another shape.
    """
    try:
        return decode_bytes(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        message = f"Amazon's answer could not be read ({one_line(str(error), LONGEST_REASON)})."
        raise Unreadable(message) from None
