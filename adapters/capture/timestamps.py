"""Time-stamp authorities, asked over HTTP (RFC 3161, section 3.4).

An authority gets a hash and nothing else. What it answers is kept whole, status and token, because
that is what ``openssl ts -verify`` reads.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx
import stamina
import structlog
from cryptography.x509 import Certificate
from rfc3161_client import PKIStatus

from adapters.capture.signatures import decode, root_of
from bot.core.clocks import Clock
from bot.core.network import unreached
from bot.core.text import one_line
from bot.errors import StampError

log = structlog.get_logger(__name__)

SECONDS = 10.0
"""So long an authority may take for one whole answer."""
TRIES = 2
"""Few: the job comes back to an authority that stays silent."""
LARGEST = 64 * 1024
"""Bytes of an answer; one with its certificates has about 6 kB."""
APART = timedelta(days=1)
"""So far an authority's clock and ours may be apart; one of them is wrong beyond that."""
LONGEST_QUOTE = 120
"""How many characters of an authority's own words are shown."""

_SHA256 = "2.16.840.1.101.3.4.2.1"
_DIGEST_BYTES, _NONCE_BYTES = 32, 8
_VERSION_AND_SHA256 = bytes.fromhex("0201013031300d060960864801650304020105000420")
"""Version 1 and the beginning of a message imprint, in DER; the digest follows."""
_NONCE = b"\x02\x08"
_WITH_CERTIFICATES = b"\x01\x01\xff"


class _Silent(StampError):
    """The authority did not answer. Try again later."""

    default_message = "The authority did not answer. Try again later."


class Rfc3161Authority:
    """One authority at its address."""

    def __init__(
        self,
        url: str,
        http: httpx.AsyncClient,
        now: Clock,
        roots: Sequence[Certificate],
        *,
        seconds: float = SECONDS,
    ) -> None:
        """Trust signatures that lead to one of the roots; nothing is sent yet."""
        self.name = urlsplit(url).hostname or url
        self._url = url
        self._http = http
        self._now = now
        self._roots = roots
        self._seconds = seconds
        self._retry = stamina.AsyncRetryingCaller(
            attempts=TRIES, timeout=None, wait_initial=0.5, wait_max=2.0
        ).on(_Silent)

    async def stamp(self, digest: bytes) -> bytes:
        """Return the authority's answer over a SHA-256.

        An answer whose signature leads to no known root is returned, and the log says so.

        Raises:
            StampError: it did not answer, or not with a time-stamp over this digest.
        """
        # The highest bit but one is set, so that the number always has the same length in DER.
        nonce = secrets.randbits(_NONCE_BYTES * 8 - 1) | 1 << (_NONCE_BYTES * 8 - 2)
        answer = await self._retry(self._ask, query(digest, nonce))
        self._check(answer, digest, nonce)
        if not self.root_of(answer):
            log.warning("no root certificate known for a time-stamp", authority=self.name)
        return answer

    def root_of(self, answer: bytes) -> str:
        """Return the name of the root certificate that the answer's signature leads to.

        Empty: none that is known here, so that nobody checked the signature.

        Raises:
            StampError: the signature is wrong.
        """
        try:
            return root_of(answer, self._roots)
        except StampError as error:
            message = f"{self.name} returned an invalid timestamp. {error}"
            raise StampError(message) from error

    async def _ask(self, request: bytes) -> bytes:
        headers = {
            "content-type": "application/timestamp-query",
            "accept": "application/timestamp-reply",
            "accept-encoding": "identity",
        }
        try:
            async with (
                asyncio.timeout(self._seconds),
                self._http.stream(
                    "POST", self._url, content=request, headers=headers, follow_redirects=False
                ) as response,
            ):
                self._accept(response)
                return await self._read(response)
        except (TimeoutError, httpx.TimeoutException) as error:
            message = f"{self.name} did not answer in time."
            raise _Silent(message) from error
        except httpx.RequestError as error:
            raise _Silent(unreached(self.name, error)) from error

    def _accept(self, response: httpx.Response) -> None:
        status = response.status_code
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
            message = f"{self.name} had a server error ({status})."
            raise _Silent(message)
        if response.is_redirect:
            message = f"{self.name} redirects to another address ({status}). Use that address."
            raise StampError(message)
        if status != HTTPStatus.OK:
            message = f"{self.name} refused the request ({status})."
            raise StampError(message)

    async def _read(self, response: httpx.Response) -> bytes:
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > LARGEST:
                message = f"{self.name} answered with more than {LARGEST:,} bytes."
                raise StampError(message)
        return bytes(body)

    def _check(self, answer: bytes, digest: bytes, nonce: int) -> None:
        """Raise StampError unless it is granted, over our digest, for this request, and now."""
        try:
            response = decode(answer)
            if response.status != PKIStatus.GRANTED:
                said = one_line("; ".join(response.status_string), LONGEST_QUOTE)
                raise StampError(
                    f"{self.name} refused to issue a timestamp: {said or response.status}."
                )
            info = response.tst_info
            imprint = info.message_imprint
            over = imprint.hash_algorithm.dotted_string, imprint.message
            given, at = info.nonce, info.gen_time
        except ValueError as error:
            message = f"{self.name} did not answer with a timestamp."
            raise StampError(message) from error
        if over != (_SHA256, digest):
            message = f"{self.name} returned a timestamp for other content."
            raise StampError(message)
        if given != nonce:
            message = f"{self.name} returned a timestamp for another request."
            raise StampError(message)
        if abs(self._now() - at) > APART:
            message = (
                f"{self.name}'s clock says {at:%Y-%m-%d %H:%M} UTC. Check this machine's clock."
            )
            raise StampError(message)


def query(digest: bytes, nonce: int) -> bytes:
    """Return a request in DER for a time-stamp over a SHA-256, with the authority's certificates.

    rfc3161-client makes requests over data, which it hashes itself; here the hash is what is there.

    Raises:
        ValueError: it is no SHA-256, or the nonce is no positive number of eight bytes.
    """
    length = nonce.bit_length() // 8 + 1
    if len(digest) != _DIGEST_BYTES or nonce < 0 or length != _NONCE_BYTES:
        message = "not a SHA-256 hash, or not an eight-byte nonce"
        raise ValueError(message)
    number = nonce.to_bytes(_NONCE_BYTES, "big")
    content = _VERSION_AND_SHA256 + digest + _NONCE + number + _WITH_CERTIFICATES
    return bytes((0x30, len(content))) + content
