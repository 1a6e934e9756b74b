"""Why Amazon could not be reached, in words that say what to look at."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

import httpx

from bot.core.text import one_line

DEPTH = 20
"""Errors looked at behind one; they are chained, and may be grouped."""
LONGEST_HOST = 80


def explain(error: httpx.RequestError, request: httpx.Request) -> str:
    """Say in a sentence or two why a request did not get through, and what to do.

    It names the host and nothing else of the request, which may carry a token.
    """
    host = one_line(f"{request.url.host}:{request.url.port or 443}", LONGEST_HOST)
    words = next(filter(None, map(_words, _behind(error))), "")
    if not words and isinstance(error, CUT_OFF):
        words = RESET
    if words:
        return "Amazon could not be reached: " + words.replace("{host}", host)
    return (
        f"Amazon could not be reached at {host} ({type(error).__name__}). "
        "Check this machine's connection to the internet."
    )


CUT_OFF = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)
RESET = (
    "the connection to {host} was cut off. It usually passes; if it stays, check the firewall and "
    "the proxy on the way."
)
REFUSED = (
    "{host} refused the connection. Check the address in the settings, the firewall and the proxy."
)
UNKNOWN = (
    "the name of {host} was not found. Check this machine's DNS and its connection to the internet."
)
UNREACHABLE = "there is no way to {host}. Check this machine's connection to the internet."
CERTIFICATE = (
    "the certificate of {host} could not be verified ({reason}). Check this machine's clock, and "
    "whether a proxy on the way reads encrypted traffic: its certificate must be trusted here."
)
TLS = "no encrypted connection to {host} could be made. Check the proxy and the firewall."


_KINDS: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLError, TLS),
    (socket.gaierror, UNKNOWN),
    (ConnectionRefusedError, REFUSED),
    (ConnectionError, RESET),
)
_NO_WAY = (errno.ENETUNREACH, errno.EHOSTUNREACH)


def _words(cause: BaseException) -> str:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return CERTIFICATE.replace("{reason}", one_line(cause.verify_message, LONGEST_HOST))
    if isinstance(cause, OSError) and cause.errno in _NO_WAY:
        return UNREACHABLE
    return next((words for kind, words in _KINDS if isinstance(cause, kind)), "")


def _behind(error: BaseException) -> Iterator[BaseException]:
    """Yield what an error was raised from, the nearest first."""
    waiting: list[BaseException] = [error]
    for _ in range(DEPTH):
        if not waiting:
            return
        cause = waiting.pop(0)
        yield cause
        if isinstance(cause, BaseExceptionGroup):
            waiting += cause.exceptions
        waiting += [each for each in (cause.__cause__ or cause.__context__,) if each]
