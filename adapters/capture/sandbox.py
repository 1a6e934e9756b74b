"""Whether Chromium runs in its sandbox: it cannot as root, and nobody should go without unasked."""

from __future__ import annotations

import os

from bot.errors import UserError

NO_SANDBOX = (
    "As root, Chromium has no sandbox: a hostile page could read everything that Brandwarden "
    "can. Run Brandwarden as another user. If a container isolates it, set "
    "BRANDWARDEN_CAPTURE_WITHOUT_SANDBOX=yes."
)


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
