"""Files that people hand in."""

from __future__ import annotations

import msgspec


class Upload(msgspec.Struct, frozen=True):
    """A file that a person handed in; ``content`` names its bytes by their SHA-256."""

    name: str
    kind: str
    """The media type, as the person's program told it."""
    size: int
    """Bytes."""
    content: str
