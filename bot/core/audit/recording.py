"""Writing an act into the audit record, in the act's own transaction."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
import structlog

from bot.core.audit.entries import AuditEntry, AuditKeys, FieldChange, How, key_at, place_name
from bot.core.audit.texts import keyed_hash, new_key
from bot.core.collections import AUDIT, AUDIT_KEYS, NO_ACT, UNDOABLES
from bot.core.money import Money
from bot.core.permissions import Person
from bot.core.store import Collection, Place, Transaction
from bot.core.text import clip

log = structlog.get_logger(__name__)

NAMED = 12
"""So many documents and changes of an act are named; the rest is counted."""
VALUE = 80
"""Characters of a value."""
LISTED = 5
"""So many of a list of values are named."""
_numbers = itertools.count()

COMMAND_LINE = Person("", "command line")
"""Who acts where a command of ``python -m bot`` does."""


async def record_act(
    tx: Transaction,
    collections: Iterable[Collection[Any]],
    entry: AuditEntry,
    texts: Mapping[str, str],
) -> None:
    """Write the act into the record with what its transaction wrote; without that, it was none.

    ``texts`` are what people wrote, of which only keyed hashes are kept.
    """
    places = [place for place in tx.written if place[0] not in NO_ACT]
    if not places:
        return
    written = tuple(clip(place_name(place), VALUE) for place in places[:NAMED])
    changes = await _changes(tx, collections, places[:NAMED])
    secrets = {name: new_key() for name in texts}
    if secrets:
        tx.put(AUDIT_KEYS, AuditKeys(entry=entry.key, secrets=secrets, written=written))
    entry = msgspec.structs.replace(
        entry,
        written=written,
        more=len(places) - len(written),
        undoable=tuple(key for name, key in tx.written if name == UNDOABLES.name),
        changes=changes,
        hashes={name: keyed_hash(secrets[name], text) for name, text in texts.items()},
    )
    tx.create(AUDIT, entry)
    tx.after(lambda: log_entry(entry))


async def record_command_line(
    tx: Transaction, collections: Iterable[Collection[Any]], act: str, now: datetime
) -> None:
    """Write into the record what a command of ``python -m bot`` wrote."""
    key = entry_key(now)
    entry = AuditEntry(key=key, who="", name=COMMAND_LINE.name, how=How.PROGRAM, act=act)
    await record_act(tx, collections, entry, {})


def log_entry(entry: AuditEntry) -> None:
    """Tell the log of an entry, without what it was about."""
    result = "refused" if entry.refused else "done"
    log.info("audit", who=entry.who, how=entry.how.value, act=entry.act, result=result)


def entry_key(at: datetime) -> str:
    """Return the key of a new entry, behind all that this process has made in the microsecond."""
    return key_at(at, f"{next(_numbers):06d}")


async def _changes(
    tx: Transaction, collections: Iterable[Collection[Any]], places: Sequence[Place]
) -> tuple[FieldChange, ...]:
    audited = {each.name: each for each in collections if each.audited}
    found: list[FieldChange] = []
    for name, key in places:
        if name not in audited:
            continue
        collection = audited[name]
        before, after = await tx.before(collection, key), await tx.get(collection, key)
        for field in collection.audited:
            old = _value(before, collection.type, field)
            new = _value(after, collection.type, field)
            if old != new:
                found.append(FieldChange(clip(place_name((name, key)), VALUE), field, old, new))
    return tuple(found[:NAMED])


def _value(document: msgspec.Struct | None, kind: type[msgspec.Struct], field: str) -> str:
    """Return what the field says; where there is no document, what it says by default."""
    if document is None:
        return _by_default(kind, field)
    value = getattr(document, field)
    return str(value) if isinstance(value, Money) else shown_value(msgspec.to_builtins(value))


@cache
def _by_default(kind: type[msgspec.Struct], field: str) -> str:
    [found] = [each for each in msgspec.structs.fields(kind) if each.name == field]
    unknown = found.default is msgspec.NODEFAULT
    return "" if unknown else shown_value(msgspec.to_builtins(found.default))


def shown_value(value: object) -> str:
    """Return a value in a few characters, the first ones of a list."""
    if value is None:
        return ""
    if isinstance(value, dict):
        value = [f"{name}: {shown_value(each)}" for name, each in value.items()]
    if isinstance(value, list | tuple):
        more = f" and {len(value) - LISTED:,} more" if len(value) > LISTED else ""
        return clip(", ".join(shown_value(each) for each in value[:LISTED]), VALUE - 20) + more
    return clip(str(value), VALUE)
