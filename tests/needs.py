"""What tests need beside Python, by their markers, and whether it is here."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec

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


def no_queue() -> str:
    """Return why there is no queue of SQS on this machine."""
    missing = [name for name in ("aiobotocore", "moto") if find_spec(name) is None]
    return f"{' and '.join(missing)} not installed: make install" if missing else ""


NEEDS: Mapping[str, Callable[[], str]] = {
    "browser": no_browser,
    "conformance": no_specifications,
    "git": no_git,
    "openssl": no_openssl,
    "queue": no_queue,
}
"""By marker, what says why a test cannot run here; nothing: it can."""
