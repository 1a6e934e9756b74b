"""Prints a packet's PDF by typst, in a process of its own.

Pictures come from strangers. One that breaks the typesetter, or keeps it busy, ends that process
and costs a second run without pictures; the bot goes on.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec
import structlog

from adapters.rendering import picture_sizes, typesetter
from adapters.rendering.dossier import sheet
from adapters.rendering.dossier_rows import Shown
from adapters.rendering.words import ENGLISH, Words
from bot.errors import BrandwardenError, StoreError
from bot.features.reports.models.dossier import Dossier

log = structlog.get_logger(__name__)

MOST_PICTURES = 60
MOST_BYTES = 96 << 20
"""Bytes of all pictures together."""
LONGEST = 60.0
"""Seconds that a run may take."""

Read = Callable[[str], Awaitable[bytes]]
"""Returns the bytes with that SHA-256; raises StoreError."""

_TEMPLATES = Path(__file__).parent
_KEPT = ("HOME", "LANG", "PATH", "SYSTEMROOT", "TEMP", "TMPDIR", "XDG_DATA_HOME")
"""Of the environment: what finding fonts takes, and nothing secret."""
_LAST = 300
"""Characters of the typesetter's last words."""


async def print_dossier(dossier: Dossier, read: Read) -> bytes:
    """Return the PDF: the same bytes for the same dossier, pictures and fonts of the machine.

    A picture that cannot be printed is a grey box that says so; a letter that no font has is shown
    as its number, such as ``[U+5C71]``.

    Raises:
        BrandwardenError: it could not be set in type.
    """
    with tempfile.TemporaryDirectory(prefix="dossier-") as name:
        folder = Path(name)
        found = await gather(dossier, read, folder)
        failure = await _set(dossier, found, folder)
        if failure and any(shown.path for shown in found.values()):
            log.warning("dossier printed without pictures", report=dossier.report, why=failure)
            stopped = Shown(why=Words(dossier.language).say("stopped"))
            none = dict.fromkeys(found, stopped)
            failure = await _set(dossier, none, folder)
        if failure:
            message = f"The PDF could not be created: {failure}"
            raise BrandwardenError(message)
        return await asyncio.to_thread((folder / typesetter.RESULT).read_bytes)


async def gather(dossier: Dossier, read: Read, folder: Path) -> dict[str, Shown]:
    """Put the pictures into the folder, those of the first pages first; return them by SHA-256."""
    words = Words(dossier.language)
    found: dict[str, Shown] = {}
    left = MOST_BYTES
    for digest in _digests(dossier):
        if len(found) >= MOST_PICTURES or not left:
            found[digest] = Shown(why=words.say("too_many"))
            continue
        try:
            content = await read(digest)
        except StoreError as error:
            log.warning("picture not printed", report=dossier.report, why=str(error))
            found[digest] = Shown(why=words.say("lost"))
            continue
        shape = await asyncio.to_thread(picture_sizes.shape, content)
        if shape is None or len(content) > left:
            found[digest] = Shown(why=words.say("too_large"))
            continue
        left -= len(content)
        path = f"{len(found)}.{shape.ending}"
        await asyncio.to_thread((folder / path).write_bytes, content)
        found[digest] = Shown(path=path, width=shape.width, height=shape.height)
    return found


def _digests(dossier: Dossier) -> list[str]:
    """Return what is shown, in the order in which it would be missed."""
    first = {dossier.page, *dossier.confirmations}
    pieces = sorted(dossier.exhibits, key=lambda exhibit: exhibit.label not in first)
    shown = (*(photo.picture for photo in dossier.photos), *(each.picture for each in pieces))
    return [*dict.fromkeys(filter(None, shown))]


async def _set(dossier: Dossier, found: Mapping[str, Shown], folder: Path) -> str:
    """Set it in type; return why that failed, or nothing."""
    await asyncio.to_thread(lay_out, dossier, found, folder)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        typesetter.__file__,
        str(folder),
        str(int(dossier.made_at.timestamp())),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env={key: os.environ[key] for key in _KEPT if key in os.environ},
    )
    try:
        _, errors = await asyncio.wait_for(process.communicate(), LONGEST)
    except TimeoutError:
        return f"it took longer than {LONGEST:.0f} seconds"
    finally:
        # It has ended already unless it took too long or the caller was cancelled.
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if process.returncode == 0:
        return ""
    lines = errors.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][-_LAST:] if lines else f"the program ended with code {process.returncode}"


def lay_out(dossier: Dossier, found: Mapping[str, Shown], folder: Path) -> None:
    """Put the templates and what they read into the folder."""
    for template in _TEMPLATES.glob("dossier*.typ"):
        (folder / template.name).write_bytes(template.read_bytes())
    for target, language in ((typesetter.SHEET, ""), (typesetter.ENGLISH, ENGLISH)):
        encoded = msgspec.json.encode(sheet(dossier, found, language))
        (folder / target).write_bytes(encoded)
