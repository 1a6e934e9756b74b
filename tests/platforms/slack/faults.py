"""What goes wrong on purpose, and how often it did."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from tests.platforms.slack.state import Refused


@dataclass(frozen=True)
class Fault:
    """One thing that happens to one request."""

    name: str
    status: int = 0
    """Answer with this HTTP status instead."""
    error: str = ""
    retry_after: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    text: str = "upstream error"
    content_type: str = "text/plain"
    seconds: float = 0.0
    abort: bool = False
    acts: bool = False
    """The request takes effect before it goes wrong."""

    async def strike(self, request: web.Request, answer: web.Response) -> web.Response:
        """Return what is sent in place of the answer."""
        if self.seconds:
            await asyncio.sleep(self.seconds)
        if self.abort:
            cut(request)
        if self.status:
            return web.Response(
                status=self.status,
                text=self.text,
                headers=dict(self.headers),
                content_type=self.content_type,
            )
        return answer


class Faults:
    """Faults by method, '*' for any; pseudo-methods: response_url, upload, download.

    Each takes effect on the next so many calls, in the order in which they were asked for.
    """

    def __init__(self) -> None:
        self.injected: Counter[str] = Counter()
        self._waiting: defaultdict[str, deque[Fault]] = defaultdict(deque)

    def abort_before(self, method: str, times: int = 1) -> None:
        """Cut the connection before the request takes effect."""
        self._add(method, Fault("abort before", abort=True), times)

    def abort_after(self, method: str, times: int = 1) -> None:
        """Cut the connection when the request has taken effect: the answer is lost."""
        self._add(method, Fault("abort after", abort=True, acts=True), times)

    def status(self, method: str, status: int, times: int = 1, *, acts: bool = False) -> None:
        """Answer with an HTTP status, 500 or so."""
        self._add(method, Fault(f"HTTP {status}", status=status, acts=acts), times)

    def answer(
        self,
        method: str,
        status: int,
        text: str,
        content_type: str = "text/html",
        headers: Mapping[str, str] | None = None,
        times: int = 1,
    ) -> None:
        """Answer as what stands between may: with a page, or headers of its own."""
        sent = tuple((headers or {}).items())
        fault = Fault(
            f"HTTP {status}", status=status, headers=sent, text=text, content_type=content_type
        )
        self._add(method, fault, times)

    def rate_limit(self, method: str, retry_after: int = 1, times: int = 1) -> None:
        """Answer 429 with Retry-After, in seconds."""
        fault = Fault("HTTP 429", error="ratelimited", retry_after=retry_after)
        self._add(method, fault, times)

    def slow(self, method: str, seconds: float, times: int = 1) -> None:
        """Take effect at once, and answer so much later."""
        self._add(method, Fault("slow", seconds=seconds, acts=True), times)

    def error(self, method: str, error: str, times: int = 1) -> None:
        """Answer ``{"ok": false}`` with the error."""
        self._add(method, Fault(error, error=error), times)

    def next(self, method: str) -> Fault | None:
        """Take the fault that this call meets, if any, and count it."""
        for name in (method, "*"):
            if self._waiting[name]:
                fault = self._waiting[name].popleft()
                self.injected[f"{method} {fault.name}"] += 1
                return fault
        return None

    def clear(self) -> None:
        """Let everything go well from now on."""
        self._waiting.clear()

    @property
    def waiting(self) -> list[str]:
        """The methods that still have a fault before them."""
        return [method for method, faults in self._waiting.items() if faults]

    def _add(self, method: str, fault: Fault, times: int) -> None:
        self._waiting[method].extend([fault] * times)


def cut(request: web.Request) -> None:
    """Cut the TCP connection, unless the client has left already."""
    if request.transport is not None:
        request.transport.abort()


def raise_error(fault: Fault) -> None:
    """Refuse the request if that is what the fault does."""
    if fault.error:
        raise Refused(fault.error, retry_after=fault.retry_after)
