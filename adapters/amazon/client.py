"""The Selling Partner API over HTTP: what is asked, and seldom what is set up, waits for quotas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus

import httpx
import stamina
import structlog
from structlog.typing import FilteringBoundLogger

from adapters.amazon.denials import ACCESS, refusal
from adapters.amazon.exchange import ask_amazon
from adapters.amazon.login import Login
from adapters.amazon.quota import Quota, Time
from adapters.http.exchange import Answer, failure
from bot.core.questions import OFFERS, Bucket, Operation
from bot.core.text import one_line
from bot.errors import LoginError, QuotaExceeded, SourceError, Unavailable, is_login_refused

USER_AGENT = "Brandwarden/0.1 (Language=Python)"
"""In the form that Amazon asks for: name/version (Language=...)."""

TRIES = 3
DONE = (HTTPStatus.OK, HTTPStatus.ACCEPTED)
"""Statuses of a success; a report that is asked for is accepted."""
LONGEST_REQUEST_ID = 64

log: FilteringBoundLogger = structlog.get_logger(__name__)


class SpApiClient:
    """One account in one region: every request waits for its quota and carries a token.

    ``timeout`` is in seconds, for one request with its whole answer.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        login: Login,
        endpoint: str,
        *,
        timeout: float,
        passing: Time | None = None,
    ) -> None:
        """Fill the buckets of all operations; nothing is sent yet."""
        self._http = http
        self._login = login
        self._endpoint = endpoint.rstrip("/")
        self._timeout = timeout
        self._time = passing or Time()
        self._quotas = {
            operation: Quota(operation.rate, operation.burst, self._time) for operation in Operation
        }
        self._retry = stamina.AsyncRetryingCaller(
            attempts=TRIES, timeout=None, wait_initial=0.5, wait_max=10.0
        ).on((Unavailable, QuotaExceeded))

    async def post(
        self, operation: Operation, content: bytes, *, path: str = "", again: bool = True
    ) -> bytes:
        """Send JSON to an operation and return the JSON that comes back, unparsed.

        What may pass is tried again, unless ``again`` is False: for operations that change
        something. A batch of reads is a POST at Amazon, too. ``path`` is as in ``get``.

        Raises:
            LoginError: Amazon refuses the credentials; AccessRefused: a fresh token too.
            Unavailable: Amazon does not answer, or refuses access for a while.
            QuotaExceeded: it went on asking to slow down.
            Refused: Amazon does not answer this request.
            SourceError: any other answer that is not the one asked for.
        """
        headers = {"content-type": "application/json"}
        request = self._http.build_request(
            "POST", self._endpoint + (path or operation.path), content=content, headers=headers
        )
        return await self._ask(operation, request, again=again)

    async def get(
        self, operation: Operation, params: Mapping[str, str], *, path: str = "", again: bool = True
    ) -> bytes:
        """Ask an operation with a query; returns and raises like ``post``.

        ``path`` stands in for the operation's own, where that has a place to fill in.
        """
        url = self._endpoint + (path or operation.path)
        request = self._http.build_request("GET", url, params=params)
        return await self._ask(operation, request, again=again)

    def buckets(self, region: str, operations: Iterable[Operation] = OFFERS) -> list[Bucket]:
        """Return the quotas of some operations; ``region`` is the client's."""
        return [self._quotas[operation].bucket(operation, region) for operation in operations]

    async def _ask(self, operation: Operation, request: httpx.Request, *, again: bool) -> bytes:
        if again:
            return await self._retry(self._send, operation, request)
        return await self._send(operation, request)

    async def _send(self, operation: Operation, request: httpx.Request) -> bytes:
        quota = self._quotas[operation]
        # Nothing comes between a turn and its request, or it would reach Amazon late.
        await self._login.token()
        await quota.take()
        token = await self._login.token()
        answer = await self._exchange(request, token, quota)
        if answer.status in ACCESS and (fresh := await self._login.refresh(token)) != token:
            await quota.take()
            answer = await self._exchange(request, fresh, quota)
        if answer.status in DONE:
            self._login.worked()
        else:
            request_id = answer.headers.get("x-amzn-requestid", "")
            log.debug(
                "Amazon refused a request",
                operation=operation.name,
                status=answer.status,
                request_id=one_line(request_id, LONGEST_REQUEST_ID),
            )
        try:
            return _accept(answer, operation)
        except LoginError as error:
            raise self._login.refuse(str(error)) if is_login_refused(error) else error from None

    async def _exchange(self, request: httpx.Request, token: str, quota: Quota) -> Answer:
        request.headers["x-amz-access-token"] = token
        request.headers["user-agent"] = USER_AGENT
        request.headers["accept"] = "application/json"
        sent = self._time.monotonic()
        answer = await ask_amazon(self._http, request, self._timeout)
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            quota.slow_down(answer.retry_after)
        else:
            quota.learn(answer.headers.get("x-amzn-ratelimit-limit"))
            quota.worked(self._time.monotonic() - sent)
        return answer


def _accept(answer: Answer, operation: Operation) -> bytes:
    """Return the body of a success; raise for everything else, and for a success without data."""
    passing = failure(answer, "Amazon")
    if passing is not None:
        raise passing
    if answer.status not in DONE:
        raise refusal(answer, operation)
    if not answer.body.strip():
        message = "Amazon sent an empty answer."
        raise SourceError(message)
    if not answer.is_json:
        message = "Amazon sent a web page instead of data."
        raise SourceError(message)
    return answer.body
