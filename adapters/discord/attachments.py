"""The files of a message on its way out: as many as Discord takes, and a word on the others."""

from __future__ import annotations

import io
import json
from collections.abc import Awaitable, Callable, Iterator, Sequence

import discord
import msgspec
import structlog

from adapters.discord.render import Json, escape
from bot.domain.files import Upload
from bot.errors import StoreError
from bot.ports import Outgoing
from bot.ui.cards import Card, Tone
from bot.ui.text import one_line

log = structlog.get_logger(__name__)

Read = Callable[[str], Awaitable[bytes]]

LARGEST = 10 * 1024 * 1024
"""Bytes of one file: Discord's limit in a server that pays nothing."""

TOGETHER = 24_000_000
"""Bytes of the files of one message: Discord takes 25 million in one request, with all else."""

FILES = 10
NAME, SHOWN_NAME = 150, 40
"""Characters of a file's name, and where it is missing: ten such find room in a content."""

UNREAD = "A file could not be read from the evidence"
TOO_LARGE = "A file is too large for Discord; the evidence has it"


def parts(message: Outgoing) -> list[Outgoing]:
    """Return the message with as many files as it can have, and the messages that follow it."""
    first, *rest = _batches(message.files)
    parts = [msgspec.structs.replace(message, files=first)]
    for number, files in enumerate(rest, start=2):
        title = f"More files ({number} of {len(rest) + 1})"
        card = Card(title=title, tone=Tone.QUIET, simulated=message.card.simulated)
        key = f"{message.key}/files-{number}"
        part = msgspec.structs.replace(message, key=key, card=card, files=files, ping=False)
        parts.append(part)
    return parts


async def attached(read: Read, message: Outgoing) -> tuple[list[discord.File], list[str]]:
    """Return the files of a message, and what is to be said of those that cannot be shown."""
    files: list[discord.File] = []
    missed: list[str] = []
    room = TOGETHER
    for file in message.files:
        if not _fits(file):
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
        files.append(discord.File(io.BytesIO(content), name))
    return files, missed


def form(body: Json, files: Sequence[discord.File]) -> Iterator[Json]:
    """Give the fields of a message with files as discord.py sends them, and again if it must."""
    yield {"name": "payload_json", "value": json.dumps(body)}
    for number, file in enumerate(files):
        yield {"name": f"files[{number}]", "value": file.fp, "filename": file.filename}


def _missed(why: str, file: Upload) -> str:
    return f"{Tone.WARNING.symbol} {why}: {escape(one_line(file.name, SHOWN_NAME) or 'file')}"


def _fits(file: Upload) -> bool:
    return file.size <= LARGEST


def _batches(files: Sequence[Upload]) -> list[tuple[Upload, ...]]:
    """Cut the files so that each batch fits; a file that fits nowhere is told and not sent."""
    batches: list[tuple[Upload, ...]] = []
    batch: tuple[Upload, ...] = ()
    for file in files:
        if len(batch) == FILES or _weight((*batch, file)) > TOGETHER:
            batches.append(batch)
            batch = ()
        batch = (*batch, file)
    return [*batches, batch]


def _weight(files: Sequence[Upload]) -> int:
    return sum(file.size for file in files if _fits(file))
