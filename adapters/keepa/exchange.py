"""One HTTP request to Keepa and its whole answer, bounded in time and size.

The key stands in the address, so that no error, log or representation may ever have an address.
"""

from __future__ import annotations

import asyncio
import zlib
from dataclasses import dataclass, field

import httpx

from bot.core.network import unreached
from bot.errors import SourceError, Unavailable

_GZIP = 31
"""As zlib counts: one gzip layer with its header, and the largest window."""
LARGEST_ANSWER = 16 * 1024 * 1024
"""Bytes. A storefront has up to 100,000 products, of about 25 bytes each."""
CUT_OFF = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)


@dataclass(frozen=True, slots=True)
class KeepaAnswer:
    """An HTTP answer. Its representation tells the status only: a body may tell of a person."""

    status: int
    body: bytes = field(repr=False)


async def ask(
    http: httpx.AsyncClient, request: httpx.Request, seconds: float, limit: int = LARGEST_ANSWER
) -> KeepaAnswer:
    """Send the request and read its whole answer; redirects are not followed.

    Raises:
        Unavailable: there was no whole answer in time; another try may work.
        SourceError: the answer has more than ``limit`` bytes, or is packed in a way not asked for.
    """
    request.headers["accept-encoding"] = "gzip"
    try:
        async with asyncio.timeout(seconds):
            response = await http.send(request, stream=True, follow_redirects=False)
            try:
                body = await _bounded(response, limit)
            finally:
                await response.aclose()
    except (TimeoutError, httpx.TimeoutException):
        message = "Keepa did not answer in time."
        raise Unavailable(message) from None
    except httpx.RequestError as error:
        # The cause is named, not chained: it carries the request with its key.
        why = unreached("Keepa", error, request.url.host, cut_off=isinstance(error, CUT_OFF))
        raise Unavailable(why) from None
    return KeepaAnswer(response.status_code, body)


async def _bounded(response: httpx.Response, limit: int) -> bytes:
    """Read the body, unpacked by ourselves: httpx would unpack a whole chunk before we count."""
    unpack = _unpacker(response)
    chunks = []
    size = received = 0
    async for raw in response.aiter_raw():
        received += len(raw)
        chunk = raw if unpack is None else _unpacked(unpack, raw, limit - size + 1)
        size += len(chunk)
        if max(size, received) > limit:
            message = f"Keepa's answer is larger than {limit:,} bytes."
            raise SourceError(message)
        chunks.append(chunk)
    if unpack is not None and received and not unpack.eof:
        message = "Keepa's answer was cut off."
        raise Unavailable(message)
    return b"".join(chunks)


def _unpacker(response: httpx.Response) -> zlib._Decompress | None:
    """Return what unpacks the body, or None for a plain one; layers upon layers are a bomb."""
    match response.headers.get("content-encoding", "").strip().lower():
        case "" | "identity":
            return None
        case "gzip":
            return zlib.decompressobj(_GZIP)
    message = "Keepa's answer uses an unexpected compression."
    raise SourceError(message)


def _unpacked(unpack: zlib._Decompress, raw: bytes, most: int) -> bytes:
    """Return at most so many bytes; what follows the end of the packed data is passed over."""
    if unpack.eof:
        return b""
    try:
        return unpack.decompress(raw, most)
    except zlib.error:
        message = "Keepa's answer could not be decompressed."
        raise Unavailable(message) from None
