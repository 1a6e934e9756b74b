"""What tests need beside Python, by their markers, and whether it is here."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from bot.errors import CaptureError, UserError

SANDBOX = os.geteuid() != 0
"""Whether a Chromium of a test can have one: for root there is none."""


@cache
def no_browser() -> str:
    """Return why there is no Chromium that starts; nothing: there is one."""
    # In a thread of its own, because this one has an event loop for its tests.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _tried()).result()


async def _tried() -> str:
    from adapters.capture.pages import ChromiumCapture

    try:
        async with ChromiumCapture(sandbox=SANDBOX) as capture:
            await capture.warm()
    except (CaptureError, UserError) as error:
        return str(error)
    return ""


def no_specifications() -> str:
    """Return why there are no publishers' specifications."""
    return "" if os.environ.get("SPECS_DIR") else "SPECS_DIR names no folder of specifications"


def no_openssl() -> str:
    """Return why there is no openssl."""
    return "" if shutil.which("openssl") else "there is no openssl on PATH"


def no_git() -> str:
    """Return why there is no git."""
    return "" if shutil.which("git") else "there is no git on PATH"


NEEDS: Mapping[str, Callable[[], str]] = {
    "browser": no_browser,
    "conformance": no_specifications,
    "git": no_git,
    "openssl": no_openssl,
}
"""By marker, what says why a test cannot run here; nothing: it can."""
