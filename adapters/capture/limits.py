"""How much a page, and a browser, may take."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Times are seconds, sizes are bytes. Memory is that of all processes of the browser."""

    patience: float = 30.0
    """For loading, reading and picturing a page."""
    rest: float = 8.0
    """For the last pictures and scripts, once the page itself is there."""
    received: int = 64_000_000
    """By one page."""
    swollen: int = 1_500_000_000
    """Memory at which a capture is broken off."""
    worn: int = 500_000_000
    """Memory between captures at which a new browser takes the old one's place."""
    captures: int = 100
    """By one browser."""
