"""How much room the disk has that holds the data."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.core.disk import Space

STORE = "store"


def space_of(folder: Path) -> Space | None:
    """Look at the disk of a data folder, which may not be there yet; None: nobody can tell."""
    there = folder.absolute()
    try:
        data = sum(each.stat().st_size for each in (there / STORE).glob("*"))
        while not there.exists():
            there = there.parent
        usage = shutil.disk_usage(there)
    except OSError:
        return None
    return Space(free=usage.free, total=usage.total, data=data)
