"""Captures of offers' pages by a real browser, one at a time, with a warm page ready for the next.

Each capture has a profile of its own: no cookie, no cache and no script of one page is there for
the next. A page that misbehaves takes its browser with it, and the next capture starts a new one.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from datetime import datetime
from importlib.util import find_spec
from types import TracebackType
from typing import TYPE_CHECKING, Self

import structlog

from adapters.capture.browser import NO_CHROMIUM, Limits, kept_in, on_path, require_sandbox
from adapters.capture.caption import Label, annotated
from adapters.capture.elements import NO_BOXES
from adapters.capture.url_policy import Guard
from bot.core.clocks import utc_now
from bot.errors import CaptureError, UserError
from bot.features.evidence.models.capture import Capture, CapturedPage, PageKind, recognise

if TYPE_CHECKING:
    # Playwright is an extra: without it everything but captures works.
    from adapters.capture.chromium import Chromium
    from adapters.capture.page_loader import Sight

NO_PLAYWRIGHT = (
    "Screenshots need Playwright. Run `.venv/bin/pip install playwright`, then `make browser` to "
    "install Chromium."
)
_log = structlog.get_logger(__name__)


async def check_available(*, without_sandbox: bool = False, simulated: bool = False) -> bool:
    """Look whether there is something to capture with; whether it starts, a start alone can tell.

    Returns whether it would run in its sandbox.

    Raises:
        UserError: there is no Playwright or no Chromium, or no sandbox though nobody said that it
            may do without; the message says what to do.
    """
    if find_spec("playwright") is None:
        raise UserError(NO_PLAYWRIGHT)
    if on_path() is None:
        if (kept := kept_in()) is not None and not kept.is_dir():
            raise UserError(NO_CHROMIUM)
        # Only Playwright can say which of them it would start, and takes most of a second to do so.
        from adapters.capture.chromium import look_for  # noqa: PLC0415 - it is an extra

        await look_for()
    return require_sandbox(without=without_sandbox, simulated=simulated)


class ChromiumCapture:
    """Takes pictures with Chromium, which starts with the first one and stays warm."""

    def __init__(
        self,
        simulated: str = "",
        *,
        sandbox: bool = True,
        limits: Limits | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        """Allow Amazon's pages, and those under the simulated marketplace's base address.

        Without a ``sandbox``, a simulation sees no other pages than its own.

        Raises:
            UserError: that base is not an address of this machine.
        """
        self._guard = Guard(simulated, shops=sandbox or not simulated)
        self._sandbox = sandbox
        self._limits = limits or Limits()
        self._clock = clock
        self._turn = asyncio.Lock()
        self._browser: Chromium | None = None
        self._taken = 0
        self._tidying: asyncio.Task[None] | asyncio.Task[Chromium] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Wait for the capture under way, and end the browser."""
        async with self._turn:
            await self._tidied()
            await self._drop()

    async def warm(self) -> None:
        """Start the browser, so that the first capture finds it ready.

        Raises:
            CaptureError: it took too long.
            UserError: there is no Chromium, or it does not start; the message says what to do.
        """
        async with self._turn:
            await self._ready()

    async def rest(self) -> None:
        """Wait until the next page is ready; a capture then finds it warm."""
        async with self._turn:
            await self._tidied()

    async def memory(self) -> int:
        """Return the bytes that the browser has; 0: none runs, or nobody can tell."""
        return await self._browser.memory() if self._browser else 0

    async def take(self, url: str) -> Capture:
        """Return the page as a visitor who is not logged in sees it now.

        Raises:
            CaptureError: it could not be loaded, or is a login wall, a captcha, an error page or
                not there; or the address is none that may be asked for.
            UserError: there is no Chromium, or it does not start; the message says what to do.
        """
        self._guard.require(url)
        async with self._turn:
            browser = await self._ready()
            sound = False
            try:
                sight = await browser.look(url)
                sound = True
                return await asyncio.to_thread(self._judged, sight, browser.version)
            finally:
                # The caller need not wait for it, and one who is cancelled cannot.
                self._tidying = asyncio.create_task(self._tidy(browser, sound=sound))

    def _judged(self, sight: Sight, version: str) -> Capture:
        """Return what was seen as a capture, or refuse it. Raises CaptureError."""
        page = CapturedPage(url=sight.url, status=sight.status, title=sight.title, text=sight.text)
        kind = recognise(page)
        if kind.refusal:
            raise CaptureError(kind.refusal)
        boxes = sight.boxes if kind is PageKind.OFFER else NO_BOXES
        label = Label(
            url=sight.url,
            at=sight.at,
            sha256=hashlib.sha256(sight.picture).hexdigest(),
            tool=f"Chromium {version}",
            whole=sight.whole,
            simulated=self._guard.simulated(sight.url),
        )
        return Capture(
            kind=kind,
            title=sight.title,
            text=sight.text,
            seller=sight.seller,
            picture=sight.picture,
            copy=annotated(sight.picture, label, boxes),
            url=label.url,
            at=label.at,
            tool=label.tool,
            sha256=label.sha256,
            whole=label.whole,
            simulated=label.simulated,
            boxed=tuple(each for each in boxes if boxes[each]),
            unboxed=tuple(each for each in boxes if not boxes[each]),
        )

    async def _ready(self) -> Chromium:
        """Return a browser with an empty page, a new one if there is none any more."""
        await self._tidied()
        if self._browser is not None and self._browser.ready:
            return self._browser
        # Half a start cannot be undone: it goes on if the caller is cancelled.
        starting = asyncio.create_task(self._renew())
        self._tidying = starting
        return await asyncio.shield(starting)

    async def _tidied(self) -> None:
        """Wait until nothing of the capture before is left to do."""
        if self._tidying is None:
            return
        await asyncio.wait((self._tidying,))
        if error := self._tidying.exception():
            _log.warning("the browser could not be made ready", error=str(error))
        self._tidying = None

    async def _tidy(self, browser: Chromium, *, sound: bool) -> None:
        """Make the next page ready, in a new browser if this one has done enough."""
        self._taken += 1
        if not sound:
            await self._drop()
            return
        memory = await browser.memory()
        if self._taken >= self._limits.captures or memory > self._limits.worn:
            _log.info("browser recycled", captures=self._taken, memory=memory)
            await self._renew()
        else:
            await browser.prepare()

    async def _renew(self) -> Chromium:
        """Start a new browser in the place of the old one."""
        try:
            from adapters.capture.chromium import Chromium  # noqa: PLC0415 - it is an extra
        except ImportError as error:
            raise UserError(NO_PLAYWRIGHT) from error
        await self._drop()
        self._taken = 0
        self._browser = browser = Chromium(
            self._guard, self._limits, self._clock, sandbox=self._sandbox
        )
        await browser.start()
        return browser

    async def _drop(self) -> None:
        if self._browser is not None:
            await self._browser.close()
            self._browser = None
