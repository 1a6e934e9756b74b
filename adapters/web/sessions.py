"""The secrets between the page and its reader: the link's, the cookie's and the page's own.

The token stands in the link alone. Who opens the link gets a cookie with a value of its own, from
which nobody can find the token. A browser sends cookies to every port of this machine, so another
program whose pages the reader visits may see that value; it cannot act with it unless it also has
the page's key, which no browser sends by itself.

What stays open: the cookie alone is enough to read the page, and whoever reads the page finds the
key in it. A program of this machine that is made to look like something worth visiting, and then
asks this port with the cookie that it was sent, gets in until Brandwarden is started again.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

KEY_FIELD = "key"
KEY_HEADER = "X-Brandwarden-Key"


def new_session(token: str) -> str:
    """Return the value of a new cookie. It needs no memory: its second half proves the first."""
    number = secrets.token_urlsafe(16)
    return f"{number}.{_proof(token, 'session', number)}"


def is_session(token: str, value: str) -> bool:
    """Tell whether a cookie was given out for this link."""
    number, _, proof = value.partition(".")
    return same(proof, _proof(token, "session", number))


def key_of(token: str, session: str) -> str:
    """Return what a page of that session must show before it may change anything."""
    return _proof(token, "key", session)


def same(given: str, secret: str) -> bool:
    """Compare, in a time that tells nothing; bytes that are no text are simply not the secret."""
    return hmac.compare_digest(_bytes(given), _bytes(secret))


def _proof(token: str, use: str, value: str) -> str:
    return hmac.new(_bytes(token), _bytes(f"{use}:{value}"), hashlib.sha256).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogateescape")
