"""Where the system's Chromium is; without Playwright, which takes its time to load."""

from __future__ import annotations

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")


def on_path() -> str | None:
    """Return the path of a Chromium on PATH; None: there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)
