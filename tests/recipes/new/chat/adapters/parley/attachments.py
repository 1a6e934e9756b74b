"""Files that a message shows on Parley: their bytes go with it."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from adapters.parley.calls import Json
from bot.core.chat_platform import ReadFile
from bot.core.files import Upload


async def attached(files: Sequence[Upload], read: ReadFile) -> list[Json]:
    """Return the files as the server takes them."""
    return [
        {
            "name": file.shown_name,
            "alt": file.alt,
            "content": base64.b64encode(await read(file.shown)).decode(),
        }
        for file in files
    ]
