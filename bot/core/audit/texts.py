"""Texts in the audit record: a keyed hash of each, whose key goes when the text goes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection

import msgspec

from bot.core.audit.entries import AuditEntry, AuditKeys, place_name
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
    store: Store, tx: Transaction, places: Collection[Place], *texts: str
) -> int:
    """Delete the keys of texts' hashes, because the texts themselves are deleted; return how many.

    ``places`` are the documents that hold them: the keys of all acts that wrote one of these are
    deleted. So are those of every hash of exactly one of the ``texts``, wherever it was written.
    """
    names = {place_name(place) for place in places}
    gone = 0
    async for known in each(store, AUDIT_KEYS):
        if not names.isdisjoint(known.written):
            tx.delete(AUDIT_KEYS, known.entry)
            gone += len(known.secrets)
        elif texts and (entry := await tx.get(AUDIT, known.entry)):
            left = _without(known, entry, texts)
            gone += len(known.secrets) - len(left)
            _keep(tx, known, left)
    return gone


def _without(known: AuditKeys, entry: AuditEntry, texts: Collection[str]) -> dict[str, bytes]:
    """Return the keys of the act's hashes but those of these texts."""
    return {
        name: secret
        for name, secret in known.secrets.items()
        if not any(
            hmac.compare_digest(entry.hashes.get(name, ""), keyed_hash(secret, text))
            for text in texts
        )
    }


def _keep(tx: Transaction, known: AuditKeys, secrets: dict[str, bytes]) -> None:
    if not secrets:
        tx.delete(AUDIT_KEYS, known.entry)
    elif secrets != known.secrets:
        tx.put(AUDIT_KEYS, msgspec.structs.replace(known, secrets=secrets))
