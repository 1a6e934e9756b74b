"""The files of a message on its way out: as many as Discord takes, and a word on the others."""

from __future__ import annotations

import io
import json
from collections.abc import Awaitable, Callable, Sequence

import discord
import msgspec
import structlog

from adapters.discord.render import Json, escape
from bot.core.cards import Card, Tone
from bot.core.chat import Outgoing
from bot.core.files import Upload
from bot.core.text import clip, one_line
from bot.errors import StoreError

log = structlog.get_logger(__name__)

Read = Callable[[str], Awaitable[bytes]]

LARGEST = 10 * 1024 * 1024
"""Bytes of one file: Discord's limit in a server that pays nothing."""

TOGETHER = 24_000_000
"""Bytes of the files of one message: Discord takes 25 million in one request, with all else."""

FILES = 10
ALT = 1024
"""Characters of what stands for a picture."""

NAME, SHOWN_NAME = 150, 40
"""Characters of a file's name, and where it is missing: ten such find room in a content."""

UNREAD = "A file could not be read from the evidence"
TOO_LARGE = "A file is too large for Discord; it is still in the evidence"
REFUSED = "Discord rejected these files; they are still in the evidence"


def parts(message: Outgoing) -> list[Outgoing]:
    """Return the message with as many files as it can have, and the messages that follow it."""
    replace = msgspec.structs.replace
    first, *rest = _batches(message.files)
    parts = [replace(message, files=first)]
    for number, files in enumerate(rest, start=2):
        title = f"More files ({number} of {len(rest) + 1})"
        card = Card(title=title, tone=Tone.QUIET, simulated=message.card.simulated)
        key = f"{message.key}/files-{number}"
        parts.append(replace(message, key=key, card=card, files=files, ping=False, mentions=()))
    return parts


def untaken(part: Outgoing) -> Outgoing:
    """Return a message in whose files' place it says that Discord refuses them."""
    names = ", ".join(one_line(file.name, SHOWN_NAME) or "file" for file in part.files)
    card = msgspec.structs.replace(part.card, tone=Tone.WARNING, body=f"{REFUSED}: {names}")
    return msgspec.structs.replace(part, card=card, files=())


async def attached(read: Read, message: Outgoing) -> tuple[list[discord.File], list[str]]:
    """Return the files of a message, and what is to be said of those that cannot be shown."""
    files: list[discord.File] = []
    missed: list[str] = []
    room = TOGETHER
    for file in message.files:
        if file.size > LARGEST:
            missed.append(_missed(TOO_LARGE, file))
            continue
        try:
            content = await read(file.shown)
        except StoreError as error:
            log.warning("file not shown", message=message.key, error=str(error))
            missed.append(_missed(UNREAD, file))
            continue
        # A copy for readers can be larger than its original, whose size is what is known before.
        if len(content) > min(LARGEST, room):
            missed.append(_missed(TOO_LARGE, file))
            continue
        room -= len(content)
        name = one_line(file.shown_name, NAME) or "file"
        alt = clip(file.alt, ALT) or None
        files.append(discord.File(io.BytesIO(content), name, description=alt))
    return files, missed


def request(body: Json, files: Sequence[discord.File]) -> Json:
    """Return a message as discord.py sends it; with files it is a form, sent again if it must."""
    if not files:
        return {"json": body}
    told = [file.to_dict(number) for number, file in enumerate(files)]
    whole = json.dumps(body | {"attachments": told})
    form: list[Json] = [{"name": "payload_json", "value": whole}]
    for number, file in enumerate(files):
        form.append({"name": f"files[{number}]", "value": file.fp, "filename": file.filename})
    return {"form": form, "files": files}


def _missed(why: str, file: Upload) -> str:
    return f"{Tone.WARNING.symbol} {why}: {escape(one_line(file.name, SHOWN_NAME) or 'file')}"


def _batches(files: Sequence[Upload]) -> list[tuple[Upload, ...]]:
    """Cut the files so that each batch fits; a file that fits nowhere is told and not sent."""
    batches: list[tuple[Upload, ...]] = [()]
    for file in files:
        together = (*batches[-1], file)
        if len(together) > FILES or _weight(together) > TOGETHER:
            batches.append((file,))
        else:
            batches[-1] = together
    return batches


def _weight(files: Sequence[Upload]) -> int:
    return sum(file.size for file in files if file.size <= LARGEST)
