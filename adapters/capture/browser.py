"""Chromium: where one may be, whether it runs in its sandbox, and how much it may take."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import msgspec

from bot.errors import UserError

NO_CHROMIUM = "Screenshots need Chromium. Run `make browser` to install it."
NO_SANDBOX = (
    "As root, Chromium has no sandbox: a hostile page could read everything that Brandwarden "
    "can. Run Brandwarden as another user. If a container isolates it, set "
    "BRANDWARDEN_CAPTURE_WITHOUT_SANDBOX=yes."
)
NAMES = ("chromium", "chromium-browser", "google-chrome")


def require_sandbox(*, without: bool, simulated: bool) -> bool:
    """Tell whether Chromium runs in its sandbox; ``without``: the owner wants none.

    The simulated marketplace's own pages are harmless, so they are looked at without one.

    Raises:
        UserError: it cannot, and nobody said that it may do without.
    """
    if without:
        return False
    if os.geteuid() != 0:
        return True
    if simulated:
        return False
    raise UserError(NO_SANDBOX)


def on_path() -> str | None:
    """Return the path of a Chromium on PATH; None: there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def kept_in() -> Path | None:
    """Return the folder in which Playwright keeps its browsers; None: it alone can tell.

    https://playwright.dev/python/docs/browsers#managing-browser-binaries; the folder of caches on
    Linux is that of the XDG base directories.
    """
    set_to = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if set_to:
        return Path(set_to) if Path(set_to).is_absolute() else None
    caches = {
        "linux": os.environ.get("XDG_CACHE_HOME") or "~/.cache",
        "darwin": "~/Library/Caches",
    }.get(sys.platform)
    return Path(caches, "ms-playwright").expanduser() if caches else None


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
