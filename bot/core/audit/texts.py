"""Texts in the audit record: a keyed hash of each, whose key goes when the text goes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection

from bot.core.audit.entries import AuditKey, place_name
from bot.core.collections import AUDIT, AUDIT_KEYS
from bot.core.scanning import each
from bot.core.store import Place, Store, Transaction

HASH = 32
"""Hexadecimal digits of a hash."""
KEY = 32
"""Bytes of a key."""


def new_key() -> bytes:
    """Return a random key, for one text alone."""
    return secrets.token_bytes(KEY)


def keyed_hash(secret: bytes, text: str) -> str:
    """Return what shows, with the key, whether a text is the one that was written."""
    return hmac.new(secret, text.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()[:HASH]


async def forget_texts(
    store: Store, tx: Transaction, places: Collection[Place], text: str = ""
) -> int:
    """Delete the keys of a text's hashes, because the text itself is deleted; return how many.

    ``places`` are the documents that hold the text: the keys of all acts that wrote one of them
    are deleted. So are those of every hash of exactly this ``text``, wherever it was written.
    """
    names = {place_name(place) for place in places}
    gone = 0
    async for known in each(store, AUDIT_KEYS):
        belongs = not names.isdisjoint(known.written)
        if belongs or (text and await _is_hash(tx, known, text)):
            tx.delete(AUDIT_KEYS, known.key)
            gone += 1
    return gone


async def _is_hash(tx: Transaction, known: AuditKey, text: str) -> bool:
    entry = await tx.get(AUDIT, known.entry)
    found = entry.hashes.get(known.field, "") if entry else ""
    return hmac.compare_digest(found, keyed_hash(known.secret, text))
