"""Whoever looks at pictures at Amazon: what they look like, and what they are made of."""

from __future__ import annotations

from typing import Protocol

import msgspec

from bot.core.resources import Resource


class PictureLook(msgspec.Struct, frozen=True):
    """What a picture looks like, and what it is made of."""

    look: str
    """Its perceptual hash in 16 hexadecimal digits; empty: it is no picture that is read."""
    digest: str
    """SHA-256 of its bytes, in hexadecimal."""


class PictureLooks(Protocol):
    """Looks at pictures at Amazon's addresses."""

    async def look(self, link: str) -> PictureLook | None:
        """Return what is there; None: it could not be fetched now. Never raises."""
        ...


PICTURE_LOOKS = Resource[PictureLooks | None]("picture looks", None)
"""Without it, a picture is the same only where its address has the same name of it."""
