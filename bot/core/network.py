"""Why a service on the network could not be reached, in words that say what to look at."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

from bot.core.text import one_line

DEPTH = 20
"""Errors looked at behind one; they are chained, and may be grouped."""
LONGEST_HOST = 80


def unreached(who: str, error: BaseException, host: str = "", *, cut_off: bool = False) -> str:
    """Say in a sentence or two why ``who`` could not be reached, and what to do.

    ``host`` is named instead of who, where it is known. ``cut_off``: the error itself means that
    the connection ended. Nothing else of the error is told: it may carry an address with a token.
    """
    words = next(filter(None, map(_words, _behind(error))), RESET if cut_off else "")
    if not words:
        at = f" at {host}" if host else ""
        remedy = "Check this machine's internet connection and any proxy."
        return f"{who} could not be reached{at}. {remedy}"
    place = one_line(host or who, LONGEST_HOST)
    return f"{who} could not be reached: {words.replace('{host}', place)}"


RESET = (
    "the connection to {host} was cut off. This is usually temporary. If it persists, check the "
    "firewall and any proxy."
)
REFUSED = (
    "{host} refused the connection. Check the address in the settings, the firewall and any proxy."
)
UNKNOWN = "the name {host} was not found. Check this machine's DNS and internet connection."
UNREACHABLE = "there is no route to {host}. Check this machine's internet connection."
CERTIFICATE = (
    "the certificate of {host} could not be verified ({reason}). Check this machine's clock. "
    "If a proxy inspects encrypted traffic, trust its certificate on this machine."
)
TLS = "could not set up an encrypted connection to {host}. Check the firewall and any proxy."
SILENT = (
    "{host} did not answer in time. This is usually temporary. If it persists, check the firewall."
)

_KINDS: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLError, TLS),
    (socket.gaierror, UNKNOWN),
    (ConnectionRefusedError, REFUSED),
    (ConnectionError, RESET),
    (TimeoutError, SILENT),
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
