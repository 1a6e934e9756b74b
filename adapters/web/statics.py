"""The page's own files, at addresses that change with what they say, so browsers may keep them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "static"


def _version(folder: Path) -> str:
    """Return what names the contents of all files together: scripts load each other."""
    found = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        content = file.read_bytes()
        found.update(f"{file.name} {len(content)} ".encode() + content)
    return found.hexdigest()[:16]


STATIC: Final = f"/static/{_version(FOLDER)}"
"""Where the files are now, and never were with other contents."""
KEPT: Final = "max-age=31536000, immutable"
"""A browser need not ask for such a file again."""
