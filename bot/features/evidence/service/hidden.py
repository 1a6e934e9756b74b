"""What pictures tell besides what they show: kept in the originals, or dropped for good."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.context import AppContext
from bot.core.files import Upload
from bot.core.forgetting import release
from bot.core.store import Transaction
from bot.features.cases.models.cases import Case


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
