"""Files that people upload: recognized by their bytes, kept without what must not be kept."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from bot.core.context import AppContext
from bot.core.disk import sized
from bot.core.files import Hold, TableRead, Upload
from bot.core.forgetting import release
from bot.core.interface import together, tr
from bot.core.store import Transaction
from bot.core.uploads import refusal
from bot.errors import UserError
from bot.features.cases.models.cases import Case
from bot.features.evidence.resources import PICTURES
from bot.features.evidence.rules.content import ContentKind, examine
from bot.features.evidence.rules.hidden import hidden, without
from bot.features.evidence.rules.order_words import left_out_words
from bot.features.evidence.rules.orders import read_orders, reduced

log = structlog.get_logger(__name__)


async def ingest(app: AppContext, hold: Hold, name: str, content: bytes) -> Upload:
    """Check a file that a person uploads, and keep what may be kept of it.

    Of an order report only the columns without buyers are kept (facts: order records). Of a picture
    that tells more than it shows, what is kept is without that, unless whoever asks for the file
    asks about it: then the whole is held too. A picture has a copy that may be shown around. The
    name that its owner gave it is said in a refusal alone, and kept nowhere.

    Raises:
        UserError: it is not taken; the sentence has its name.
    """
    space = app.space()
    if space is not None and space.at_floor:
        left = tr(
            "The disk is nearly full ({size} left), so you cannot add files. Tell an admin.",
            size=sized(space.free),
        )
        raise refusal(name, left)
    try:
        kind, told = await asyncio.to_thread(examine, content)
        table = None
        if kind is ContentKind.TABLE:
            content, table = await asyncio.to_thread(_reduced, content)
        removed = await asyncio.to_thread(hidden, kind, content)
        bare = await asyncio.to_thread(without, kind, content) if removed else content
        copy = await _copied(app, kind, bare)
    except UserError as error:
        raise refusal(name, str(error)) from error
    facts = {"kind": "upload", "at": app.clock().isoformat()}
    try:
        kept = await hold(bare, facts)
        whole = await hold(content, {**facts, "kind": "upload, as it was"}) if removed else ""
        shown = await hold(copy, {**facts, "kind": "upload's copy"}) if copy else ""
    except OSError as error:
        log.warning("file not taken in", error=str(error))
        raise refusal(name, tr("Could not save the file to disk. Tell an admin.")) from error
    # It may be called after a buyer.
    return Upload(
        kind.file_name,
        kind.media_type,
        len(bare),
        kept,
        shown,
        table=table,
        removed=removed,
        whole=whole,
        whole_size=len(content) if whole else 0,
        remarks=told,
    )


def _reduced(content: bytes) -> tuple[bytes, TableRead]:
    """Return what is kept of an order report, and what people read about the rest.

    Raises:
        UserError: no order of it can be read.
    """
    table = read_orders(content)
    words = left_out_words(table)
    if not table.orders:
        raise UserError(together(tr("The report has no readable orders."), words))
    return reduced(table), TableRead(table.lines, table.left_out, words)


async def _copied(app: AppContext, kind: ContentKind, content: bytes) -> bytes:
    """Return a picture's copy for readers; nothing of what is no picture."""
    pictures = app.resources[PICTURES]
    if pictures is None or not kind.picture:
        return b""
    return await pictures.copy(content)


async def settled(
    app: AppContext, tx: Transaction, case: Case, files: Sequence[Upload], *, keep: bool
) -> tuple[Upload, ...]:
    """Return the files as they are kept; what is not wanted of them is deleted."""
    kept = tuple(file.as_handed_in if keep else file.bare for file in files)
    left = {digest for file in files for digest in _digests(file)}
    dropped = left - {digest for file in kept for digest in _digests(file)}
    if dropped:
        await release(app, tx, sorted(dropped), f"{case.label} taken out")
    return kept


def _digests(file: Upload) -> set[str]:
    return {file.content, file.shown, file.whole} - {""}
