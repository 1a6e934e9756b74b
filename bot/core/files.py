"""Files that people hand in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import msgspec

Hold = Callable[[bytes, Mapping[str, str]], Awaitable[str]]
"""Holds bytes, with what is to be entered of them if they are kept; returns their SHA-256."""


class TableRead(msgspec.Struct, frozen=True):
    """What was read of a table that was handed in."""

    lines: int
    """Lines with anything, but for the one that names the columns."""
    left_out: int
    """Lines that could not be used."""
    words: str = ""
    """Which ones, and why, for people; empty where nothing was left out."""


class Upload(msgspec.Struct, frozen=True):
    """A file that a person handed in; ``content`` names its bytes by their SHA-256."""

    name: str
    kind: str
    """The media type."""
    size: int
    """Bytes."""
    content: str
    copy: str = ""
    """SHA-256 of a copy for readers, where there is one: a picture without the place where it was
    taken."""
    alt: str = ""
    """What a picture shows, for those who do not see it."""
    table: TableRead | None = None
    """Of a table: what is kept of it, and what is not."""

    @property
    def shown(self) -> str:
        """Name the bytes that may be shown around."""
        return self.copy or self.content

    @property
    def shown_name(self) -> str:
        """Name the file that is shown around: a copy is a PNG or a JPEG, whatever it is of."""
        converted = self.copy and self.kind == "image/webp"
        return f"{self.name.removesuffix('.webp')}.jpg" if converted else self.name
