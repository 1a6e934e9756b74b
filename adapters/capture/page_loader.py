"""One visit to a page: load it, read it, take its picture."""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

import msgspec
from playwright.async_api import CDPSession, Page, Request, Response
from playwright.async_api import TimeoutError as Late

from adapters.capture.elements import FIND, NO_BOXES, Box, Boxes, boxes
from adapters.capture.url_policy import Guard
from bot.errors import CaptureError
from bot.features.cases.models.seller_pages import (
    FEEDBACK,
    INDENTED,
    LONGEST_ROW,
    NAME,
    ROWS,
    ROWS_AT_MOST,
    SellerWords,
)

WIDTH, SCREEN, TALLEST = 1280, 960, 6000
"""Pixels: the window, and the most of a page that a picture shows."""
LONGEST_TEXT, LONGEST_TITLE = 20_000, 300
SELLER = f"""(() => {{
  const words = (each) => each ? String(each.innerText).slice(0, {LONGEST_ROW}) : "";
  const rows = [...document.querySelectorAll("{ROWS}")].filter((row) => !row.querySelector("div"));
  return {{
    name: words(document.querySelector("{NAME}")),
    feedback: words(document.querySelector("{FEEDBACK}")),
    rows: rows.slice(0, {ROWS_AT_MOST}).map((row) => (
      {{text: words(row), indented: row.classList.contains("{INDENTED}")}}
    )),
  }};
}})()"""
"""Reads what a seller's page says of the seller; on other pages there is nothing of it."""
READ = f"""({{
  title: String(document.title).slice(0, {LONGEST_TITLE}),
  text: String(document.body.innerText).slice(0, {LONGEST_TEXT}),
  seller: {SELLER},
}})"""


T = TypeVar("T")
_Places = list[Box | None]
_CODE = re.compile(r"net::(ERR_[A-Z_]+)")


class Sight(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen of a page, before anybody judges it."""

    url: str
    status: int
    title: str
    text: str
    seller: SellerWords = SellerWords()
    """What it says of a seller, if it is a seller's page."""
    whole: bool
    """False: the page goes on below the picture."""
    picture: bytes
    at: datetime
    boxes: Boxes = NO_BOXES
    """Where the page's own elements are on the picture."""


class _Frame(msgspec.Struct, frozen=True):
    id: str


class _Tree(msgspec.Struct, frozen=True):
    frame: _Frame


class _Frames(msgspec.Struct, frozen=True):
    frame_tree: _Tree = msgspec.field(name="frameTree")


class _World(msgspec.Struct, frozen=True):
    context: int = msgspec.field(name="executionContextId")


class _Words(msgspec.Struct, frozen=True):
    title: str
    text: str
    seller: SellerWords


class _Value(msgspec.Struct, frozen=True):
    value: object


class _Answer(msgspec.Struct, frozen=True):
    result: _Value


class _Size(msgspec.Struct, frozen=True):
    height: float


class _Metrics(msgspec.Struct, frozen=True):
    size: _Size = msgspec.field(name="cssContentSize")


class _Shot(msgspec.Struct, frozen=True):
    data: str


class Visit:
    """A visit with a page that was empty before. Playwright's errors pass through."""

    def __init__(
        self, page: Page, session: CDPSession, guard: Guard, clock: Callable[[], datetime]
    ) -> None:
        """Watch where the page goes from now on."""
        self._page = page
        self._session = session
        self._guard = guard
        self._clock = clock
        self._journeys = 0
        self._astray = ""
        self._failure = ""
        self._broken: asyncio.Future[Response | None] = asyncio.get_running_loop().create_future()
        page.on("request", self._note)
        page.on("requestfailed", self._note_failure)

    async def pay(self, url: str, rest: float) -> Sight:
        """Load the page; wait at most ``rest`` seconds for the last of its parts.

        Raises:
            CaptureError: it led elsewhere, or is no page that a picture can be taken of.
        """
        response = await self._load(url)
        with suppress(Late):
            await self._page.wait_for_load_state("load", timeout=1000 * rest)
        words = await self._ask(READ, _Words)
        metrics = msgspec.convert(await self._session.send("Page.getLayoutMetrics"), _Metrics)
        at = self._clock()
        before = await self._ask(FIND, _Places)
        height = min(max(int(metrics.size.height), SCREEN), TALLEST)
        picture = await self._shoot(height)
        after = await self._ask(FIND, _Places)
        self._require_still()
        return Sight(
            url=response.url,
            status=response.status,
            title=words.title[:LONGEST_TITLE],
            text=words.text[:LONGEST_TEXT],
            seller=words.seller,
            whole=metrics.size.height <= TALLEST,
            picture=picture,
            at=at,
            boxes=boxes(before, after, WIDTH, height),
        )

    def why(self, error: str) -> str:
        """Return the message for an error of the browser's."""
        if self._astray:
            return f"The page led to {self._astray[:80]!r}, which is not a known store."
        if self._journeys > 1:
            return "The page redirected during the screenshot. Try again."
        code = _CODE.search(error)
        return f"The page could not be loaded ({code[1] if code else 'the browser gave up'})."

    def _note(self, request: Request) -> None:
        if not self._leads(request):
            return
        self._journeys += request.redirected_from is None
        if not self._guard.page(request.url):
            self._astray = request.url

    def _note_failure(self, request: Request) -> None:
        if self._leads(request) and not self._broken.done():
            self._failure = request.failure or ""
            self._broken.set_result(None)

    def _leads(self, request: Request) -> bool:
        """Tell whether the request is for the page itself."""
        return request.is_navigation_request() and request.frame == self._page.main_frame

    async def _load(self, url: str) -> Response:
        going = asyncio.ensure_future(
            self._page.goto(url, wait_until="domcontentloaded", timeout=0)
        )
        try:
            # A page that breaks off in the middle is never ready.
            await asyncio.wait({going, self._broken}, return_when=asyncio.FIRST_COMPLETED)
            if not going.done():
                raise CaptureError(self.why(self._failure))
        finally:
            going.cancel()
        response = await going
        if response is None or not self._guard.page(response.url):
            raise CaptureError(self.why(""))
        if not response.headers.get("content-type", "").startswith("text/html"):
            raise CaptureError("The address leads to a file, not to a page.")
        return response

    async def _ask(self, expression: str, type_: type[T]) -> T:
        """Read in a world of our own: what the page made of JavaScript's functions stays out."""
        frames = msgspec.convert(await self._session.send("Page.getFrameTree"), _Frames)
        world = msgspec.convert(
            await self._session.send(
                "Page.createIsolatedWorld", {"frameId": frames.frame_tree.frame.id}
            ),
            _World,
        )
        question = {"expression": expression, "contextId": world.context, "returnByValue": True}
        answer = await self._session.send("Runtime.evaluate", question)
        value = msgspec.convert(answer, _Answer).result.value
        return msgspec.convert(value, type_)

    async def _shoot(self, height: int) -> bytes:
        # Playwright's own screenshot takes more than twice as long: it has no fast encoding.
        shape = {
            "format": "png",
            "captureBeyondViewport": True,
            "optimizeForSpeed": True,
            "clip": {"x": 0, "y": 0, "width": WIDTH, "height": height, "scale": 1},
        }
        shot = msgspec.convert(await self._session.send("Page.captureScreenshot", shape), _Shot)
        try:
            return await asyncio.to_thread(base64.b64decode, shot.data, validate=True)
        except binascii.Error as error:
            raise CaptureError from error

    def _require_still(self) -> None:
        """Refuse a picture that may be of another page than the one that was read."""
        if self._journeys != 1 or self._astray or not self._guard.page(self._page.url):
            raise CaptureError(self.why(""))
