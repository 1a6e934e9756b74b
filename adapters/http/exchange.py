"""One HTTP request and its whole answer, bounded in time and size."""

from __future__ import annotations

import asyncio
import zlib
from dataclasses import dataclass, field
from http import HTTPStatus

import httpx

from bot.core.network import LONGEST_HOST, unreached
from bot.core.text import one_line
from bot.errors import QuotaExceeded, SourceError, Unavailable

_GZIP = 31
"""As zlib counts: one gzip layer with its header, and the largest window."""

LONGEST_PAUSE = 3600.0
"""Seconds. A longer pause that a server asks for is taken for nonsense and cut to this."""
CUT_OFF = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer. Its representation tells the status only: a body may hold a secret."""

    status: int
    headers: httpx.Headers = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def is_json(self) -> bool:
        """Tell whether the body says of itself that it is JSON, or says nothing of its type."""
        kind = self.headers.get("content-type", "")
        return not kind or "json" in kind.lower()

    @property
    def retry_after(self) -> float | None:
        """How many seconds the server wants us to wait, where it said so in seconds."""
        seconds = finite(self.headers.get("retry-after"))
        if seconds is None or seconds < 0:
            return None
        return min(seconds, LONGEST_PAUSE)


async def exchange(
    http: httpx.AsyncClient, request: httpx.Request, seconds: float, limit: int, who: str
) -> Answer:
    """Send the request and read its whole answer; redirects are not followed.

    ``seconds`` bounds all of it together, so that a body that drips in cannot hold us for ever.
    ``who`` begins the sentences of errors, for example ``Amazon``.

    Raises:
        Unavailable: there was no whole answer in time; another try may work.
        SourceError: the answer has more than ``limit`` bytes, or is packed in a way not asked for.
    """
    request.headers["accept-encoding"] = "gzip"
    try:
        async with asyncio.timeout(seconds):
            response = await http.send(request, stream=True, follow_redirects=False)
            try:
                body = await _bounded(response, limit, who)
            finally:
                await response.aclose()
    except (TimeoutError, httpx.TimeoutException):
        message = f"{who} did not answer in time."
        raise Unavailable(message) from None
    except httpx.RequestError as error:
        # The cause is named, not chained: it carries the request with its secrets.
        raise Unavailable(explain(error, request, who)) from None
    return Answer(response.status_code, response.headers, body)


def failure(answer: Answer, who: str) -> SourceError | None:
    """Return the error of an answer that may be better at another try; None for all others.

    ``who`` begins the sentence, for example ``Amazon``.
    """
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        return QuotaExceeded(f"{who} is limiting our requests (429).", answer.retry_after)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        what = "an error" if answer.is_json and answer.body else "an error page"
        return Unavailable(f"{who} answered with {what} ({answer.status}).")
    return None


def finite(text: str | None) -> float | None:
    """Read a number from a header; None where there is none, or infinity, or nonsense."""
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


async def _bounded(response: httpx.Response, limit: int, who: str) -> bytes:
    """Read the body, unpacked by ourselves: httpx would unpack a whole chunk before we count."""
    unpack = _unpacker(response.headers, who)
    chunks = []
    size = received = 0
    async for raw in response.aiter_raw():
        received += len(raw)
        chunk = raw if unpack is None else _unpacked(unpack, raw, limit - size + 1, who)
        size += len(chunk)
        if max(size, received) > limit:
            message = f"{who}'s answer is larger than {limit:,} bytes."
            raise SourceError(message)
        chunks.append(chunk)
    if unpack is not None and received and not unpack.eof:
        message = f"{who}'s answer was cut off."
        raise Unavailable(message)
    return b"".join(chunks)


def _unpacker(headers: httpx.Headers, who: str) -> zlib._Decompress | None:
    """Return what unpacks the body, or None for a plain one; layers upon layers are a bomb."""
    match headers.get("content-encoding", "").strip().lower():
        case "" | "identity":
            return None
        case "gzip":
            return zlib.decompressobj(_GZIP)
    message = f"{who}'s answer uses an unexpected compression."
    raise SourceError(message)


def _unpacked(unpack: zlib._Decompress, raw: bytes, most: int, who: str) -> bytes:
    """Return at most so many bytes; what follows the end of the packed data is passed over."""
    if unpack.eof:
        return b""
    try:
        return unpack.decompress(raw, most)
    except zlib.error:
        message = f"{who}'s answer could not be decompressed."
        raise Unavailable(message) from None


def explain(error: httpx.RequestError, request: httpx.Request, who: str) -> str:
    """Say in a sentence or two why a request did not get through, and what to do.

    It names the host and nothing else of the request, which may carry a secret.
    """
    host = one_line(f"{request.url.host}:{request.url.port or 443}", LONGEST_HOST)
    return unreached(who, error, host, cut_off=isinstance(error, CUT_OFF))
