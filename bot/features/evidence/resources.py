"""What evidence needs from outside: a browser, copies of pictures, and timestamp authorities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.core.resources import Resource
from bot.core.spots import Spot
from bot.core.vault import TimestampAuthority
from bot.features.evidence.models.capture import Capture


class PageCapture(Protocol):
    """Takes pictures of Amazon's pages, or of the simulated marketplace's."""

    async def take(self, url: str) -> Capture:
        """Return the page as a visitor who is not logged in sees it now.

        Raises:
            CaptureError: it could not be loaded, or is a login wall, a captcha, an error page or
                not there: none of these is proof of an offer. The message says what happened.
            UserError: there is no Chromium; the message says how to get it.
        """
        ...


class Pictures(Protocol):
    """Makes copies of pictures for readers; the original's bytes never change."""

    async def copy(self, content: bytes) -> bytes:
        """Return the picture without its location and all other hidden data.

        Raises:
            UserError: it cannot be read as a picture.
        """
        ...

    async def grid(self, content: bytes) -> bytes:
        """Return a JPEG of the picture under a grid of cells from A1 to F6.

        Raises:
            UserError: it cannot be read as a picture.
        """
        ...

    async def marked(
        self,
        received: bytes,
        genuine: bytes,
        spots: Sequence[tuple[Spot | None, Spot | None]],
    ) -> bytes:
        """Return a JPEG of both pictures side by side, with numbers from 1 at the spots.

        Each spot is a place on the one picture and on the other; None: not on that one.

        Raises:
            UserError: one of them cannot be read as a picture.
        """
        ...


CAMERA = Resource[PageCapture | None]("camera", None)
"""The browser that takes screenshots; without one, people attach them."""
NO_CAMERA = Resource[str]("why there is no camera", "")
"""How to get a camera, as a sentence; empty if there is one."""
PICTURES = Resource[Pictures | None]("pictures", None)
"""Copies pictures and draws on them; without it, readers get the originals."""
AUTHORITIES = Resource[Sequence[TimestampAuthority]]("authorities", ())
"""The timestamp authorities; each of them stamps the custody log."""
