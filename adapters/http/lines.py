"""The connections to a port: how many, for how long they may be idle, and what is logged."""

from __future__ import annotations

import asyncio
import resource
import time
from collections import Counter
from typing import Any, Final

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

MOST: Final = 200
"""Connections at one time; a browser with many open pages needs a few dozen."""
BACKLOG: Final = 16
"""Connections that the system holds until they are taken, and that are taken at one go."""
SHARE: Final = 4
"""A port takes one of so many files that this process may have open: the others are for the data,
evidence and the chats."""
IDLE: Final = 10.0
"""Seconds until a connection that brings no complete head of a request is closed."""
LINGERING: Final = 2.0
"""Seconds for the rest of a body that nobody wants to read."""

UNREADABLE: Final = (HttpProcessingError, web.RequestPayloadError)
"""What aiohttp raises for bytes that it cannot read; its text quotes them."""
EVERY: Final = 60.0
"""Seconds between two lines in the log on one thing."""

_log = structlog.get_logger(__name__)


def most() -> int:
    """Return how many connections are taken at one time."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if files == resource.RLIM_INFINITY else min(MOST, files // SHARE)


class Line(web.RequestHandler):
    """A connection that repeats nothing of what it cannot read: a secret may be in it."""

    __slots__ = ("_open", "_tally")

    def __init__(
        self, server: web.Server, open_lines: set[Line], tally: Tally, **options: Any
    ) -> None:
        """Belong to the open connections for as long as it lasts."""
        super().__init__(server, **options)
        self._open = open_lines
        self._tally = tally

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection, unless there are too many."""
        super().connection_made(transport)
        if len(self._open) >= most():
            self.force_close()
        else:
            self._open.add(self)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Make room for another one."""
        self._open.discard(self)
        super().connection_lost(exc)

    def log_exception(self, *args: Any, **kw: Any) -> None:
        """Name the kind of an error that quotes what was sent, and log the others in full."""
        error = kw.get("exc_info")
        if isinstance(error, UNREADABLE):
            self._tally.note("a request could not be read", error=type(error).__name__)
        else:
            super().log_exception(*args, **kw)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer what could not be read without quoting it."""
        if isinstance(exc, UNREADABLE):
            self.log_exception(exc_info=exc)
            answer: web.StreamResponse = web.Response(
                status=status, text="That request is not valid.\n"
            )
            answer.force_close()
        else:
            answer = super().handle_error(request, status, exc, message)
        # Otherwise aiohttp names itself and its version; no hook of an application comes here.
        answer.headers["Server"] = ""
        return answer


class LineSite(web.BaseSite):
    """Listens at an address with connections of this kind."""

    def __init__(self, runner: web.AppRunner, host: str, port: int) -> None:
        """Serve what the runner, which is set up, runs."""
        super().__init__(runner)
        self._host = host
        self._port = port
        self._lines: set[Line] = set()
        self._tally = Tally(port=str(port))

    @property
    def name(self) -> str:
        """The address that was asked for."""
        return f"http://{self._host}:{self._port}"

    async def start(self) -> None:
        """Listen. Raises OSError if another program uses the port."""
        await super().start()
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._line, self._host, self._port, backlog=BACKLOG)

    def _line(self) -> Line:
        server = self._runner.server
        assert server is not None  # noqa: S101 - a site exists only for a runner that is set up
        return Line(
            server,
            self._lines,
            self._tally,
            loop=asyncio.get_running_loop(),
            access_log=None,
            keepalive_timeout=IDLE,
            lingering_time=LINGERING,
        )


class Tally:
    """Says what happens on a port; what happens again at once is counted in the next line."""

    def __init__(self, **bound: str) -> None:
        """Say the bound words with each line, such as which chat it is."""
        self._bound = bound
        self._said: dict[str, float] = {}
        self._times: Counter[str] = Counter()

    def note(self, event: str, **details: str) -> None:
        """Say it, or count it until it may be said again. ``event`` is one of a few fixed texts."""
        self._times[event] += 1
        now = time.monotonic()
        if now - self._said.get(event, now - EVERY) >= EVERY:
            self._said[event] = now
            _log.warning(event, times=self._times.pop(event), **self._bound, **details)
