"""The gateway in front of every operation: faults, access token, quota, log.

The order is that of Amazon's gateway: an outage hits everybody, then the token is checked, then
the quota, and only then is the question read.
"""

from asyncio import Event, sleep
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import web

from adapters.simulator.faults import Fault, Faults, Strike
from adapters.simulator.login import Login, TokenState
from adapters.simulator.outages import (
    LIMIT_HEADER,
    abort,
    denied,
    instead,
    quota_exceeded,
    refusal,
    spoiled,
)
from adapters.simulator.questions import Refused
from adapters.simulator.quota import GRANTLESS, SELLING_PARTNER_API, Operation, Quotas
from adapters.simulator.world import ScenarioClock

LOG_SIZE = 10_000
LOGGED_KEY = 40
"""Characters of an ASIN or SKU in the log; anybody can send longer ones."""
OWN_NAMES = ("127.0.0.1", "localhost")
TOKEN_HEADER = "x-amz-access-token"
LIMIT_STATUSES = frozenset({200, 202, 400, 404})
"""Amazon tells the rate limit with these statuses only."""

SPOILED_STATUSES = frozenset({200, 202})
"""Only a success is spoiled on its way."""

DENIALS: Mapping[Fault, str] = {
    Fault.SECRET_EXPIRED: "The LWA secret token you provided has expired.",
    Fault.SECURITY_TOKEN_EXPIRED: "The security token included in the request is expired",
    Fault.ROLE_MISSING: "",
}
"""What Amazon says in the details of a denial (source: issues 4489 and 2595 of its models)."""


@dataclass(frozen=True)
class LogEntry:
    """A request that arrived: what it asked about, what it got, and when.

    `status` is None when it got no answer; `at` is scenario time in seconds. Each of `asins` is
    cut to `LOGGED_KEY` characters.
    """

    operation: Operation
    asins: tuple[str, ...]
    status: int | None
    at: float


@dataclass(frozen=True)
class Plan:
    """A question that was understood: its ASINs, and how to answer at a scenario time."""

    asins: tuple[str, ...]
    answer: Callable[[float], web.Response]


class Gateway:
    """Lets requests through to their answers, or not."""

    def __init__(self, clock: ScenarioClock, faults: Faults, login: Login, quotas: Quotas) -> None:
        self.log: deque[LogEntry] = deque(maxlen=LOG_SIZE)
        self.closing = Event()
        self._clock = clock
        self._faults = faults
        self._login = login
        self._quotas = quotas
        self.latency = 0.0

    async def serve(
        self, request: web.Request, operation: Operation, read: Callable[[bytes], Plan]
    ) -> web.StreamResponse:
        """Answer a request; `read` turns its body into a plan, or raises Refused."""
        if not _is_for_us(request):
            return web.Response(status=HTTPStatus.MISDIRECTED_REQUEST)
        plan = await _plan(request, read)
        await self._travel()
        now = self._clock.now()
        strike = self._faults.striker(operation, plan.asins, now)
        if strike(Fault.TIMEOUT) is not None:
            self._note(operation, plan, None, now)
            await self.closing.wait()
            abort(request)
            return web.Response(status=503)
        outage = await instead(strike, self.closing)
        response = outage or self._answer(request, operation, plan, strike, now)
        self._note(operation, plan, response.status, now)
        await self._travel()
        if response.status not in SPOILED_STATUSES:
            return response
        return await spoiled(strike, request, response)

    async def _travel(self) -> None:
        """Let the way of a request, or of its answer, take its time."""
        if self.latency:
            await sleep(self.latency / 2)

    def _note(self, operation: Operation, plan: Plan, status: int | None, at: float) -> None:
        asins = tuple(asin[:LOGGED_KEY] for asin in plan.asins)
        self.log.append(LogEntry(operation, asins, status, at))

    def _answer(
        self, request: web.Request, operation: Operation, plan: Plan, strike: Strike, now: float
    ) -> web.Response:
        if operation not in SELLING_PARTNER_API:
            return plan.answer(now)
        token = request.headers.get(TOKEN_HEADER)
        if token is not None and strike(Fault.EXPIRED_TOKEN) is not None:
            self._login.expire(token)
        state = self._login.check(token, for_seller=operation not in GRANTLESS)
        details = _denied(state, strike)
        if details is not None:
            return denied(details)
        if not self._quotas.take(operation):
            return quota_exceeded()
        if strike(Fault.REFUSED_REQUEST) is not None:
            return refusal(400, "InvalidInput", "Invalid 'asin' provided.")
        response = plan.answer(now)
        if response.status in LIMIT_STATUSES:
            response.headers[LIMIT_HEADER] = f"{self._quotas.rate(operation):g}"
        return response


def _denied(state: TokenState, strike: Strike) -> str | None:
    """Return the details of a denial; None where access is granted."""
    if state is not TokenState.GOOD:
        return str(state.value)
    return next((DENIALS[fault] for fault in DENIALS if strike(fault)), None)


def _is_for_us(request: web.Request) -> bool:
    """Tell whether the caller means this server: a page of the web may lead its own name here."""
    address = request.get_extra_info("sockname")
    return address is not None and request.host in [f"{name}:{address[1]}" for name in OWN_NAMES]


async def _plan(request: web.Request, read: Callable[[bytes], Plan]) -> Plan:
    try:
        return read(await request.read())
    except web.HTTPRequestEntityTooLarge:
        return _refuse(413, "RequestTooLarge", "The request body is too large.")
    except Refused as refused:
        return _refuse(400, refused.code, str(refused))


def _refuse(status: int, code: str, message: str) -> Plan:
    return Plan((), lambda _now: refusal(status, code, message))
