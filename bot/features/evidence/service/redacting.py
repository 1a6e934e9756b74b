"""Removing the words of an entry from the case's evidence, and noting that in its custody log."""

from __future__ import annotations

import hmac
import secrets

import msgspec

from bot.core.context import AppContext
from bot.core.permissions import Person
from bot.core.removed_words import REMOVED
from bot.core.store import Transaction
from bot.features.cases.models.events import WordsRemoved
from bot.features.evidence.collections import EVIDENCE_ITEMS
from bot.features.evidence.models.custody import CustodyAction
from bot.features.evidence.models.items import MACHINE_WORDED
from bot.features.evidence.service.evidence import items_of, log_deed


async def remove_words(app: AppContext, tx: Transaction, event: WordsRemoved) -> None:
    """Take captions out that the entry told, and enter that words were removed."""
    told = {fact.label for fact in event.entry.facts}
    for item in await items_of(tx, event.case.key):
        if item.label in told and item.here and item.kind not in MACHINE_WORDED:
            tx.put(EVIDENCE_ITEMS, msgspec.structs.replace(item, caption=REMOVED))
    says = f"the text of entry {event.entry.place} was removed: {event.why}"
    await log_removal(app, tx, event.case.key, event.who, event.entry.words, says)


async def log_removal(
    app: AppContext, tx: Transaction, case: str, who: Person, words: str, says: str
) -> None:
    """Enter in the case's custody log that words were removed.

    The entry names them by a hash under a key that is kept nowhere: it shows that words were
    removed, and no one can find out from it which.
    """
    key = secrets.token_bytes(32)
    digest = hmac.digest(key, words.encode(errors="replace"), "sha256").hex()
    await log_deed(app, tx, case, who, CustodyAction.REDACTED, digest, says)
