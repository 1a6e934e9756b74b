"""One running Chromium with an empty page ready, driven by Playwright."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec
import structlog
from playwright.async_api import (
    Browser,
    BrowserContext,
    CDPSession,
    Error,
    Page,
    Playwright,
    async_playwright,
)
from playwright.async_api import TimeoutError as Late

from adapters.capture import processes
from adapters.capture.browser import NO_CHROMIUM, Limits, on_path
from adapters.capture.egress_proxy import Gate
from adapters.capture.page_loader import SCREEN, WIDTH, Sight, Visit
from adapters.capture.url_policy import Guard
from bot import __version__
from bot.errors import CaptureError, UserError

NO_START = (
    "Chromium does not start. The log says why; `make browser` reinstalls it. In a container, its "
    "sandbox needs user namespaces. If the container itself isolates Chromium, set "
    "BRANDWARDEN_CAPTURE_WITHOUT_SANDBOX=yes."
)
START = 30.0
"""Seconds in which a browser has to start."""
GLANCE = 0.2
"""Seconds between two looks at the memory."""
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # The gate resolves names; the browser itself knows none.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    # No datagram goes past the gate; older versions have the longer name.
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--js-flags=--max-old-space-size=512",
)
PASSED_ON = ("PATH", "HOME", "LANG")
"""What of our environment the browser gets."""
TOOL = f"Brandwarden/{__version__}"
"""Amazon asks of automated programs that they say who they are."""
T = TypeVar("T")
_log = structlog.get_logger(__name__)


class _Warm(msgspec.Struct, frozen=True):
    """An empty page in a profile of its own."""

    context: BrowserContext
    page: Page
    session: CDPSession


class _Info(msgspec.Struct, frozen=True):
    type: str
    id: int


class _Version(msgspec.Struct, frozen=True):
    user_agent: str = msgspec.field(name="userAgent")


class _Processes(msgspec.Struct, frozen=True):
    each: list[_Info] = msgspec.field(name="processInfo")


def find(driver: Playwright) -> str:
    """Return the path of Playwright's own Chromium, else of the system's.

    Playwright's own goes first: a person installed it on purpose, while on some systems the other
    is a script that says how to install one.

    Raises:
        UserError: there is neither; the message says how to get one.
    """
    own = driver.chromium.executable_path
    path = own if Path(own).exists() else on_path()
    if path is None:
        raise UserError(NO_CHROMIUM)
    return path


def _cause(told: str) -> str:
    """Return what the browser itself said, of all that Playwright tells of a start."""
    first, *others = told.splitlines() or [""]
    said = [line.partition("[err]")[2].strip() for line in others if "[err]" in line]
    return "; ".join(dict.fromkeys(said or [first]))[:2000]


async def look_for() -> None:
    """Look whether there is a Chromium. Raises UserError."""
    async with async_playwright() as driver:
        find(driver)


class Chromium:
    """A browser. Each look uses up the page that is ready; ``prepare`` makes the next one."""

    def __init__(
        self, guard: Guard, limits: Limits, clock: Callable[[], datetime], *, sandbox: bool
    ) -> None:
        """Nothing runs before ``start``."""
        self.version = ""
        self._name = ""
        """How it names itself to the pages that it asks for."""
        self._sandbox = sandbox
        self._guard = guard
        self._limits = limits
        self._clock = clock
        self._gate = Gate(guard, limits.received)
        self._stack = AsyncExitStack()
        self._browser: Browser | None = None
        self._pid = 0
        self._warm: _Warm | None = None
        self._used: BrowserContext | None = None
        self._swollen = False
        self._gone = asyncio.Event()

    @property
    def alive(self) -> bool:
        """Tell whether it runs."""
        return self._browser is not None and self._browser.is_connected()

    @property
    def ready(self) -> bool:
        """Tell whether a page is ready."""
        return self.alive and self._warm is not None

    async def memory(self) -> int:
        """Return the bytes that all its processes have."""
        # To read it takes some tens of milliseconds on a busy machine.
        return await asyncio.to_thread(processes.resident, self._pid) if self.alive else 0

    async def start(self) -> None:
        """Start the browser and prepare a page.

        Raises:
            CaptureError: it took too long.
            UserError: there is no browser, or it does not start.
        """
        try:
            async with asyncio.timeout(START):
                await self._stack.enter_async_context(self._gate)
                driver = await self._stack.enter_async_context(async_playwright())
                await self._launch(driver)
                await self._prepare()
        except (Late, TimeoutError) as error:
            # Of a busy machine more often than of a broken Chromium: the next try may be well.
            message = f"Chromium did not start within {START:g} seconds."
            raise CaptureError(message) from error
        except (Error, OSError) as error:
            _log.error("Chromium does not start", error=_cause(str(error)))
            raise UserError(NO_START) from error

    async def close(self) -> None:
        """End the browser at once, whatever its pages do."""
        if self.alive:
            processes.end(self._pid)
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(START):
                await self._stack.aclose()

    async def _launch(self, driver: Playwright) -> None:
        browser = await driver.chromium.launch(
            executable_path=find(driver),
            args=list(ARGUMENTS),
            # Otherwise a page could open windows without a click.
            ignore_default_args=["--disable-popup-blocking"],
            proxy={"server": self._gate.address},
            chromium_sandbox=self._sandbox,
            # Its processes handle hostile pages: they get no token that is in our environment.
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
            timeout=1000 * START,
        )
        if not self._sandbox:
            _log.warning("Chromium runs without its sandbox")
        browser.on("disconnected", lambda _: self._gone.set())
        self._browser = browser
        self._stack.push_async_callback(browser.close)
        self.version = browser.version
        session = await browser.new_browser_cdp_session()
        told = await session.send("SystemInfo.getProcessInfo")
        running = msgspec.convert(told, _Processes).each
        self._pid = next(process.id for process in running if process.type == "browser")
        own = msgspec.convert(await session.send("Browser.getVersion"), _Version)
        self._name = f"{own.user_agent} {TOOL}"
        await session.detach()

    async def prepare(self) -> None:
        """Throw away the page that was used, and make the next one ready.

        Raises:
            CaptureError: the browser does not do it.
        """
        try:
            async with asyncio.timeout(START):
                await self._unless_gone(self._prepare())
        except (Error, TimeoutError) as error:
            raise CaptureError("Chromium could not open a new page.") from error

    async def _prepare(self) -> None:
        if self._browser is None:
            raise CaptureError("Chromium is not running.")
        if self._used is not None:
            await self._used.close()
            self._used = None
        context = await self._browser.new_context(
            viewport={"width": WIDTH, "height": SCREEN},
            accept_downloads=False,
            service_workers="block",
            permissions=[],
            user_agent=self._name,
        )
        page = await context.new_page()
        self._warm = _Warm(context, page, await context.new_cdp_session(page))
        self._gate.renew()

    async def look(self, url: str) -> Sight:
        """Load the page and take its picture. After a failure the browser has to be closed.

        Raises:
            CaptureError: it could not be loaded, or did what no page of a shop does.
        """
        if self._warm is None:
            raise CaptureError("Chromium has no page ready.")
        warm, self._warm = self._warm, None
        self._used = warm.context
        visit = Visit(warm.page, warm.session, self._guard, self._clock)
        watch = asyncio.create_task(self._watch())
        limits = self._limits
        try:
            async with asyncio.timeout(limits.patience):
                return await self._unless_gone(visit.pay(url, limits.rest))
        except TimeoutError as error:
            message = f"The page was not ready after {limits.patience:g} seconds."
            raise CaptureError(message) from error
        except (Error, msgspec.ValidationError) as error:
            raise CaptureError(self._why(visit, str(error))) from error
        finally:
            watch.cancel()

    async def _unless_gone(self, work: Coroutine[None, None, T]) -> T:
        """Do the work; Playwright may wait for a browser that is there no more. Raises Error."""
        task, ended = asyncio.ensure_future(work), asyncio.ensure_future(self._gone.wait())
        try:
            await asyncio.wait((task, ended), return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise Error("The browser ended.")
            return task.result()
        finally:
            task.cancel()
            ended.cancel()

    def _why(self, visit: Visit, error: str) -> str:
        if self._swollen:
            return "The page used more memory than allowed."
        if not self.alive:
            return "The browser closed during the screenshot. Try again."
        return visit.why(error)

    async def _watch(self) -> None:
        """End the browser when the page makes it too large."""
        while await self.memory() <= self._limits.swollen:  # noqa: ASYNC110 - memory is no event
            await asyncio.sleep(GLANCE)
        self._swollen = True
        processes.end(self._pid)
