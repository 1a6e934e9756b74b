"""Links to the local page: each opens it in one browser, once, for ten minutes.

They are kept in memory alone. After a restart there is a new one in the terminal.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable

from bot.core.resources import Resource
from bot.errors import UserError

LASTS = 600.0
"""Seconds for which a link can be used."""
MOST = 16
"""Links at one time; more are nobody's any more, and the oldest gives way."""
NOT_SERVED = "The local page is not open. Restart Brandwarden."


class PageLinks:
    """The links that were given out and not used."""

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        """Count the seconds by a clock that nobody sets."""
        self.address = ""
        """Where the page is, such as ``http://127.0.0.1:8642``; empty: nowhere yet."""
        self._steady = steady
        self._ends: dict[str, float] = {}

    def new(self) -> str:
        """Return a new link.

        Raises:
            UserError: the page is not served.
        """
        if not self.address:
            raise UserError(NOT_SERVED)
        while len(self._ends) >= MOST:
            del self._ends[next(iter(self._ends))]
        token = new_token()
        self.allow(token)
        return self.leading(token)

    def leading(self, token: str) -> str:
        """Return the link that brings the token.

        Raises:
            UserError: the page is not served.
        """
        if not self.address:
            raise UserError(NOT_SERVED)
        return f"{self.address}/?token={token}"

    def allow(self, token: str) -> None:
        """Let whoever has the token in, from now on."""
        self._ends[digest_of(token)] = self._steady() + LASTS

    def is_good(self, token: str) -> bool:
        """Tell whether a link with the token can be used."""
        return self._ends.get(digest_of(token), 0.0) > self._steady()

    def use(self, token: str) -> bool:
        """Use the link up; False where it could not be used."""
        return self._ends.pop(digest_of(token), 0.0) > self._steady()


def new_token() -> str:
    """Return a random value that cannot be guessed."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return what is kept of a secret, and by which it is found: no time tells anything of it."""
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()


PAGE_LINKS = Resource[PageLinks]("links to the local page", PageLinks())
"""Where there is no page, there is no address for a link."""
