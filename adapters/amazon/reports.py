"""Reports: asked for, waited for, and downloaded, bounded in time and size."""

from __future__ import annotations

import asyncio
import ipaddress
import zlib
from email.message import Message
from http import HTTPStatus
from urllib.parse import quote

import httpx
import msgspec

from adapters.amazon.client import SpApiClient
from adapters.amazon.exchange import Unreadable, ask_amazon, decode
from adapters.amazon.listing_report import decode_report, read_report
from adapters.amazon.quota import Time
from adapters.http.exchange import Answer, failure
from bot.core.marketplaces import Marketplace
from bot.core.own_listings import OwnListing
from bot.core.questions import Operation
from bot.core.text import one_line
from bot.errors import SourceError, Unavailable

ALL_LISTINGS = "GET_MERCHANT_LISTINGS_ALL_DATA"
PERFORMANCE = "GET_V2_SELLER_PERFORMANCE_REPORT"
LARGEST_PERFORMANCE = 1024 * 1024
"""Bytes unpacked; a marketplace has about 10 kB."""
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
"""Seconds between two questions whether a report is done; each pause is twice the last one."""
PATIENCE = 20 * 60.0
"""Seconds after which a report is given up."""
DOWNLOAD = 300.0
"""Seconds for one document; its address is good for so long as well."""
LARGEST_DOCUMENT = 32 * 1024 * 1024
"""Bytes as it is sent."""
LARGEST_REPORT = 128 * 1024 * 1024
"""Bytes unpacked: a hundred thousand SKUs, whose descriptions have a thousand letters each."""
LONGEST_ID = 200
_GZIP = 31
"""As zlib counts: one gzip layer with its header, and the largest window."""


class _Asked(msgspec.Struct, frozen=True, rename="camel"):
    report_id: str


class _Status(msgspec.Struct, frozen=True, rename="camel"):
    processing_status: str
    report_document_id: str | None = None


class _Where(msgspec.Struct, frozen=True, rename="camel"):
    url: str
    compression_algorithm: str | None = None


_read_asked = msgspec.json.Decoder(_Asked).decode
_read_status = msgspec.json.Decoder(_Status).decode
_read_where = msgspec.json.Decoder(_Where).decode


class Reports:
    """The reports of one account in one region."""

    def __init__(
        self, http: httpx.AsyncClient, client: SpApiClient, passing: Time, *, simulated: bool
    ) -> None:
        """Nothing is sent yet. ``simulated``: documents may be on this machine."""
        self._http = http
        self._client = client
        self._time = passing
        self._simulated = simulated

    async def listings(self, seller: str, market: Marketplace) -> tuple[OwnListing, ...]:
        """Return all listings of the account in a marketplace; ``seller`` is its seller ID.

        Raises:
            SourceError: Amazon did not make the report, or it cannot be read.
        """
        answer, packed = await self._document(ALL_LISTINGS, market)

        def read() -> tuple[OwnListing, ...]:
            content = unpack(answer.body) if packed else answer.body
            return read_report(decode_report(content, market, _charset(answer)), seller, market)

        # A large one takes seconds, which nothing else may wait for.
        return await asyncio.to_thread(read)

    async def performance(self, market: Marketplace) -> bytes:
        """Return the seller performance report of a marketplace, unpacked.

        Raises:
            SourceError: Amazon did not make the report, or it cannot be read.
        """
        answer, packed = await self._document(PERFORMANCE, market)
        content = unpack(answer.body, LARGEST_PERFORMANCE) if packed else answer.body
        if len(content) > LARGEST_PERFORMANCE:
            raise SourceError(TOO_LARGE)
        return content

    async def _document(self, kind: str, market: Marketplace) -> tuple[Answer, bool]:
        """Have a report made; return it as it was sent, and whether it is packed."""
        body = {"reportType": kind, "marketplaceIds": [market.id]}
        content = await self._client.post(Operation.CREATE_REPORT, msgspec.json.encode(body))
        document = await self._done(decode(_read_asked, content).report_id)
        content = await self._get(Operation.GET_REPORT_DOCUMENT, document)
        where = decode(_read_where, content)
        if where.compression_algorithm not in (None, "", "GZIP"):
            raise Unreadable(UNKNOWN_PACKING)
        return await self._download(where.url), where.compression_algorithm == "GZIP"

    async def _done(self, report: str) -> str:
        """Wait until the report is done; return the ID of its document."""
        until = self._time.monotonic() + PATIENCE
        pause = FIRST_PAUSE
        while True:
            status = decode(_read_status, await self._get(Operation.GET_REPORT, report))
            match status.processing_status:
                case "DONE":
                    if not status.report_document_id:
                        raise Unreadable
                    return status.report_document_id
                case "CANCELLED":
                    raise Unavailable(CANCELED)
                case "FATAL":
                    raise Unavailable(FAILED)
            if self._time.monotonic() + pause > until:
                raise Unavailable(TOO_SLOW)
            await self._time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _get(self, operation: Operation, id: str) -> bytes:
        if not 0 < len(id) <= LONGEST_ID:
            raise Unreadable
        return await self._client.get(operation, {}, path=operation.path.format(quote(id, safe="")))

    async def _download(self, url: str) -> Answer:
        """Fetch a document. The address is its own key: no token goes there."""
        request = httpx.Request("GET", _safe(url, simulated=self._simulated))
        answer = await ask_amazon(self._http, request, DOWNLOAD, LARGEST_DOCUMENT)
        passing = failure(answer, "Amazon")
        if passing is not None:
            raise passing
        if answer.status != HTTPStatus.OK:
            message = f"Amazon's report could not be downloaded ({answer.status})."
            raise Unavailable(message)
        return answer


CANCELED = "Amazon canceled the report."
FAILED = "Amazon could not make the report."
TOO_SLOW = "Amazon did not finish the report in time."
UNKNOWN_PACKING = "Amazon's report uses an unexpected compression."
NOT_AMAZON = "Amazon's report is at an unexpected address."
CUT_SHORT = "Amazon's report was cut off."
TOO_LARGE = f"Amazon's report is larger than {LARGEST_REPORT:,} bytes."


def unpack(content: bytes, most: int = LARGEST_REPORT) -> bytes:
    """Unpack a document, at most so many bytes of it: a few packed ones may hold gigabytes.

    Raises:
        SourceError: it holds more.
        Unavailable: it was cut off, or is damaged.
    """
    unpacking = zlib.decompressobj(_GZIP)
    try:
        text = unpacking.decompress(content, most + 1)
    except zlib.error:
        raise Unavailable(CUT_SHORT) from None
    if len(text) > most:
        raise SourceError(TOO_LARGE)
    if not unpacking.eof:
        raise Unavailable(CUT_SHORT)
    return text


def _safe(url: str, *, simulated: bool) -> httpx.URL:
    """Return the address of a document. Raises Unreadable: it leads into some private network."""
    try:
        found = httpx.URL(url)
    except httpx.InvalidURL:
        raise Unreadable(NOT_AMAZON) from None
    if simulated and found.scheme == "http" and found.host == "127.0.0.1":
        return found
    if found.scheme != "https" or found.userinfo or "." not in found.host or _is_ip(found.host):
        raise Unreadable(NOT_AMAZON)
    return found


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _charset(answer: Answer) -> str:
    header = Message()
    header["content-type"] = one_line(answer.headers.get("content-type", ""), LONGEST_ID)
    return header.get_content_charset("")
