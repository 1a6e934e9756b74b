"""Signatures of time-stamps (RFC 3161), checked up to a root certificate that is known here.

Certificates have to have been good when the time-stamp was made, not today. Whether one was revoked
is not asked.
"""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path

import certifi
from cryptography import x509
from cryptography.utils import CryptographyDeprecationWarning
from rfc3161_client import (
    PKIStatus,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from bot.errors import StampError, UserError

LARGEST_FILE = 1_000_000
"""Bytes of a file of root certificates."""
_WRONG = "signature failure"
"""OpenSSL's words for a signature over something else, or by somebody else."""

_TO_CERTIFICATES = (0, 1, 1, 0, 3)
"""The way through an answer: itself, token, content, SignedData, certificates (RFC 5652)."""
_CERTIFICATES = 0xA0
_OID = 0x06
_STATUS_GRANTED = bytes.fromhex("3003020100")
_LONG = 0x80
"""From here on a length in DER tells how many bytes the length takes."""

Span = tuple[int, int, int]
"""Where an element of DER begins, where its content does, and where it ends."""


def known_roots() -> list[x509.Certificate]:
    """Return the root certificates that Mozilla trusts, and those that this machine does."""
    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()
    return _readable(context.get_ca_certs(binary_form=True))


def read_roots(path: Path) -> list[x509.Certificate]:
    """Return the certificates of a PEM file.

    Raises:
        UserError: it cannot be read, or has none.
    """
    try:
        with path.open("rb") as file:
            return x509.load_pem_x509_certificates(file.read(LARGEST_FILE))
    except (OSError, ValueError) as error:
        message = f"{path} cannot be read as a root certificate in PEM form."
        raise UserError(message) from error


def decode(answer: bytes) -> TimeStampResponse:
    """Return an authority's answer, or a bare token as the answer that grants it, read.

    Raises:
        ValueError: it is none.
    """
    return decode_timestamp_response(_ordered(_granted(answer)))


def root_of(answer: bytes, roots: Sequence[x509.Certificate]) -> str:
    """Return the name of the root certificate that the signature leads to; none: empty.

    Empty means 'could not be checked', neither right nor wrong.

    Raises:
        StampError: the signature is wrong, or it is no time-stamp at all.
    """
    try:
        with warnings.catch_warnings():
            # What a later version will refuse is no news for whoever verifies a packet.
            warnings.simplefilter("ignore", CryptographyDeprecationWarning)
            response = decode(answer)
            _require_whole(response)
            enclosed = response.signed_data.certificates
            issuers = {x509.load_der_x509_certificate(each).issuer for each in enclosed}
            candidates = [root for root in roots if root.subject in issuers]
            failed = [_failure(response, root) for root in candidates]
    except (ValueError, x509.InvalidVersion) as error:
        message = "It is not a readable timestamp."
        raise StampError(message) from error
    for root, failure in zip(candidates, failed, strict=True):
        if not failure:
            return root.subject.rfc4514_string()
    # Only now: of two roots with the same name, one may be right.
    if any(_WRONG in failure for failure in failed):
        message = "Its signature is wrong."
        raise StampError(message)
    return ""


def _require_whole(response: TimeStampResponse) -> None:
    """Raise ValueError unless one authority granted it, and all that it states can be read."""
    if response.status != PKIStatus.GRANTED or len(response.signed_data.signer_infos) != 1:
        message = "not granted, or not by a single authority"
        raise ValueError(message)
    info = response.tst_info
    for read in ("gen_time", "message_imprint", "policy", "serial_number"):
        getattr(info, read)


def _failure(response: TimeStampResponse, root: x509.Certificate) -> str:
    """Return why the signature does not lead to the root; empty: it does. Raises ValueError."""
    imprint = response.tst_info.message_imprint.message
    try:
        VerifierBuilder(roots=[root]).build().verify(response, imprint)
    except VerificationError as error:
        return str(error)
    return ""


def _granted(token: bytes) -> bytes:
    """Return a bare token as the answer that grants it; an answer stays as it is."""
    try:
        [(_, begin, _)] = _elements(token, 0, len(token))
        bare = token[begin] == _OID
    except (IndexError, ValueError):
        return token
    if not bare:
        return token
    length = len(_STATUS_GRANTED) + len(token)
    digits = length.to_bytes((length.bit_length() + 7) // 8, "big")
    size = bytes((length,)) if length < _LONG else bytes((_LONG + len(digits),)) + digits
    return b"\x30" + size + _STATUS_GRANTED + token


def _ordered(answer: bytes) -> bytes:
    """Return the answer with its certificates in the order that DER asks for.

    Authorities that run on openssl send them in another one, and rfc3161-client reads DER alone.
    No signature covers them.
    """
    start, begin, end = 0, 0, len(answer)
    try:
        for step in _TO_CERTIFICATES:
            start, begin, end = _elements(answer, begin, end)[step]
        parts = _elements(answer, begin, end) if answer[start] == _CERTIFICATES else []
    except IndexError:
        return answer
    if not parts:
        return answer
    ordered = sorted(answer[first:last] for first, _, last in parts)
    return answer[:begin] + b"".join(ordered) + answer[end:]


def _elements(der: bytes, place: int, end: int) -> list[Span]:
    """Return where the elements are; raises IndexError where one ends too early or too late."""
    spans = []
    while place < end:
        start, length = place, der[place + 1]
        place += 2
        if length >= _LONG:
            count = length - _LONG
            length = int.from_bytes(der[place : place + count], "big")
            place += count
        if place + length > end:
            raise IndexError(place)
        spans.append((start, place, place + length))
        place += length
    return spans


def _readable(certificates: Iterable[bytes]) -> list[x509.Certificate]:
    """Leave out what is too odd to be read: one old root must not take the others away."""
    read = []
    with warnings.catch_warnings():
        warnings.simplefilter("error", CryptographyDeprecationWarning)
        for each in certificates:
            try:
                read.append(x509.load_der_x509_certificate(each))
            except (ValueError, CryptographyDeprecationWarning):
                continue
    return read
