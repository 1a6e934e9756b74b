"""The login at Amazon: an access token, fetched once for all who wait and kept while it is good.

Where Amazon refuses the login, it refuses every question. All who ask are told so, and one request
in a while finds out whether it is granted again: the first of whoever asks after a pause.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

import httpx
import msgspec
import structlog
from structlog.typing import FilteringBoundLogger

from adapters.amazon.exchange import Unreadable, ask_amazon, decode
from adapters.http.exchange import Answer, failure
from bot.errors import LoginError, SourceError

LOGIN_URL = "https://api.amazon.com/auth/o2/token"

USUAL_LIFE = 3600.0
"""Seconds that a token lives where the answer does not say (facts: about an hour)."""
MARGIN = 60.0
"""Seconds before its end from which on a token is not used any more."""
FIRST_PAUSE = 15.0
LONGEST_PAUSE = 900.0
"""Seconds before a refused login is tried again; each refusal doubles the pause."""
RENEWED = 900.0
"""Seconds in which a token that was renewed is not renewed again: that it is rejected, too, is not
because of its age."""
LARGEST_ANSWER = 64 * 1024
LONGEST_TOKEN = 8192

ADVICE = {
    "invalid_client": (
        "Amazon rejected the client ID or its secret. Copy both again from the app's page in "
        "Seller Central; secrets also expire."
    ),
    "invalid_grant": (
        "Amazon rejected the refresh token. Authorize the app again in Seller Central and use "
        "the new refresh token."
    ),
    "unauthorized_client": (
        "Amazon does not let this app log in. Check that the client ID and the refresh token "
        "are from the same app."
    ),
}
"""What to do, by OAuth's error code (RFC 6749, section 5.2)."""

log: FilteringBoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What opens a selling account; never shown, not even in a representation."""

    client_id: str = field(repr=False)
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)


class _Grant(msgspec.Struct, frozen=True):
    access_token: str = ""
    expires_in: float | None = None


class _Denial(msgspec.Struct, frozen=True):
    error: str = ""


_read_grant = msgspec.json.Decoder(_Grant, strict=False).decode
_read_denial = msgspec.json.Decoder(_Denial).decode


class Login:
    """Access tokens by the refresh_token grant (facts: login with Amazon, about an hour each).

    What needs no selling account has tokens by the client_credentials grant.

    ``monotonic`` tells seconds, ``timeout`` is in seconds.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        url: str,
        credentials: Credentials,
        *,
        timeout: float,
        monotonic: Callable[[], float] = time.monotonic,
        scope: str = "",
    ) -> None:
        """Keep the credentials; nothing is sent yet.

        With a ``scope``, the tokens are the app's own and stand for no selling account.
        """
        self._scope = scope
        self._http = http
        self._url = url
        self._credentials = credentials
        self._timeout = timeout
        self._monotonic = monotonic
        self._token = ""
        self._good_until = 0.0
        self._pending: asyncio.Task[str] | None = None
        self._renewed_at = -math.inf
        self._refused = ""
        """Why Amazon refuses the login, as people are told; empty: it does not."""
        self._pause = 0.0
        self._again_at = 0.0

    async def token(self) -> str:
        """Return a token that is good for a while; however many wait, one request is made.

        Raises:
            LoginError: Amazon refuses the credentials, or did so a while ago; the sentence says
                what to do.
            SourceError: the login could not be reached or made no sense.
        """
        now = self._monotonic()
        if self._token and now < self._good_until:
            return self._token
        if self._refused and now < self._again_at and self._pending is None:
            raise LoginError(self._refused, self._again_at - now)
        return await self._fetch()

    async def refresh(self, rejected: str) -> str:
        """Return another token than the rejected one, which Amazon answered with 403.

        A token that another request has fetched meanwhile is returned as it is. So is the rejected
        one if it was renewed shortly before. Raises like ``token``.
        """
        now = self._monotonic()
        if rejected == self._token:
            if now - self._renewed_at < RENEWED:
                return rejected
            self._token = ""
            self._renewed_at = now
        return await self.token()

    def refuse(self, why: str) -> LoginError:
        """Refuse all questions for a while, as Amazon does; return the error that says so.

        The pause doubles until a token is taken.
        """
        self._token = ""
        self._refused = why
        self._pause = min(max(2 * self._pause, FIRST_PAUSE), LONGEST_PAUSE)
        self._again_at = self._monotonic() + self._pause
        return LoginError(why, self._pause)

    def worked(self) -> None:
        """Take note that Amazon took a token."""
        self._refused = ""
        self._pause = 0.0

    async def aclose(self) -> None:
        """Give up a login that is under way."""
        if self._pending is not None:
            self._pending.cancel()
            await asyncio.wait([self._pending])

    async def _fetch(self) -> str:
        if self._pending is None:
            self._pending = asyncio.create_task(self._log_in())
            self._pending.add_done_callback(self._finished)
        # One who stops waiting must not take the login away from the others.
        return await asyncio.shield(self._pending)

    def _finished(self, task: asyncio.Task[str]) -> None:
        self._pending = None
        if not task.cancelled():
            # Looked at, so that a failure nobody waits for any more is no complaint.
            task.exception()

    async def _log_in(self) -> str:
        started = self._monotonic()
        answer = await ask_amazon(self._http, self._request(), self._timeout, LARGEST_ANSWER)
        try:
            grant = _accept(answer)
        except LoginError as error:
            raise self.refuse(str(error)) from None
        life = grant.expires_in if grant.expires_in and grant.expires_in > 0 else USUAL_LIFE
        self._token = grant.access_token
        self._good_until = started + max(life - MARGIN, life / 2)
        log.info("Logged in at Amazon", seconds=life)
        return self._token

    def _request(self) -> httpx.Request:
        form = {
            "client_id": self._credentials.client_id,
            "client_secret": self._credentials.client_secret,
        }
        if self._scope:
            form |= {"grant_type": "client_credentials", "scope": self._scope}
        else:
            token = self._credentials.refresh_token
            form |= {"grant_type": "refresh_token", "refresh_token": token}
        return self._http.build_request("POST", self._url, data=form)


def _accept(answer: Answer) -> _Grant:
    passing = failure(answer, "Amazon's login")
    if passing is not None:
        raise passing
    if answer.status != HTTPStatus.OK:
        raise _refusal(answer)
    grant = decode(_read_grant, answer.body)
    token = grant.access_token
    # It becomes a header: anything but plain text would fail there, and show it in the error.
    if not 0 < len(token) <= LONGEST_TOKEN or not (token.isascii() and token.isprintable()):
        message = "Amazon's login did not return a usable token."
        raise SourceError(message)
    return grant


def _refusal(answer: Answer) -> SourceError:
    try:
        code = decode(_read_denial, answer.body).error
    except Unreadable:
        return SourceError(f"Amazon's login answered with an error page ({answer.status}).")
    return LoginError(ADVICE.get(code, ""))
