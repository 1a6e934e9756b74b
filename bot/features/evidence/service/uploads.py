"""The one way in for files of people: known by their bytes, without what must not be kept."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable

import msgspec
import structlog

from bot.core import forms
from bot.core.context import AppContext
from bot.core.disk import sized
from bot.core.files import Upload
from bot.core.text import clip, one_line
from bot.errors import StoreError, UserError, disk_words
from bot.features.evidence.rules.content import ContentKind, recognise, safe_name
from bot.features.evidence.rules.orders import reduced

log = structlog.get_logger(__name__)

NAME = 60
"""Characters of a file's name, where it is said what is wrong with it."""
WHOLE = "Nothing was added: change your files and send them again."


class IngestedFiles(msgspec.Struct, frozen=True):
    """What became of files that were handed in together."""

    files: tuple[Upload, ...] = ()
    refused: tuple[str, ...] = ()
    """Why the others were not taken in: a sentence with the name for each."""

    def require_all(self) -> tuple[Upload, ...]:
        """Return the files. Raises UserError with every refusal if there is any."""
        if self.refused:
            raise UserError(clip("\n".join((*self.refused, WHOLE)), forms.INTRO))
        return self.files


def sort_out(found: Iterable[Upload | UserError]) -> IngestedFiles:
    """Part the files that were taken in from the refusals."""
    files: list[Upload] = []
    refused: list[str] = []
    for each in found:
        if isinstance(each, UserError):
            refused.append(str(each))
        else:
            files.append(each)
    return IngestedFiles(tuple(files), tuple(refused))


def refusal(name: str, why: str) -> UserError:
    """Return the error that says of a file, by the name its owner gave it, why it is not taken."""
    last = re.split(r"[/\\]", name)[-1]
    return UserError(f"{one_line(last, NAME) or 'file'}: {why}")


async def ingest(app: AppContext, name: str, content: bytes) -> Upload:
    """Keep a file that a person handed in.

    The original stays as it is; of an order report only the columns without buyers are kept
    (facts: order records). A picture has a copy beside it that may be shown around.

    Raises:
        UserError: it is not taken; the sentence has its name.
    """
    space = app.space()
    if space is not None and space.at_floor:
        left = f"The disk is nearly full ({sized(space.free)} left), so no files are taken."
        raise refusal(name, f"{left} Tell an admin.")
    try:
        kind = await asyncio.to_thread(recognise, content)
        if kind is ContentKind.TABLE:
            content = await asyncio.to_thread(reduced, content)
        copy = await _copied(app, kind, content)
    except UserError as error:
        raise refusal(name, str(error)) from error
    facts = {"kind": "upload", "at": app.clock().isoformat()}
    try:
        kept = await app.evidence.keep(content, facts)
        shown = await app.evidence.keep(copy, {**facts, "kind": "upload's copy"}) if copy else ""
    except StoreError as error:
        log.warning("file not kept", error=str(error))
        raise refusal(name, f"It was not kept: {disk_words(error)}. Tell an admin.") from error
    # A report may be called after a buyer.
    called = safe_name("orders" if kind is ContentKind.TABLE else name, kind)
    return Upload(called, kind.media_type, len(content), kept, shown)


async def _copied(app: AppContext, kind: ContentKind, content: bytes) -> bytes:
    """Return a picture's copy for readers; nothing of what is no picture."""
    if app.tools.pictures is None or not kind.picture:
        return b""
    return await app.tools.pictures.copy(content)
