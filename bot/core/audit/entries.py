"""What the audit record keeps of an act, and the record as a table for auditors."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from bot.core.spreadsheets import write_table

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DIGITS = 16
"""Of the microseconds since 1970 with which a key begins, so that keys sort by time."""
COLUMNS = (
    *("at", "who", "name", "role", "chat", "channel", "how", "act", "step", "about", "result"),
    *("permission", "count", "documents", "changes", "chosen", "texts"),
)


class How(enum.StrEnum):
    """How somebody acted."""

    COMMAND = "command"
    BUTTON = "button"
    FORM = "form"
    ARRIVAL = "arrival"
    PROGRAM = "program"
    """A command of ``python -m bot``."""


class FieldChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """A field of a document, as it was and as it is; both empty: it was and is nothing."""

    place: str
    """The document's collection and key."""
    field: str
    old: str = ""
    new: str = ""


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An act, or a refusal. It holds ids, names of fields and enumerated values, never a text."""

    key: str
    """Begins with the time, so that entries sort by it."""
    who: str
    """The chat's id of the person."""
    name: str
    role: str = ""
    chat: str = ""
    channel: str = ""
    how: How
    act: str
    """The command's name, the button's action, or the flow's id."""
    step: str = ""
    """The step of the flow."""
    ref: str = ""
    """What the button or the form was about."""
    refused: bool = False
    permission: str = ""
    """Which permission was missing, where that is known."""
    count: int = 1
    """So many refusals of this kind it stands for."""
    written: tuple[str, ...] = ()
    """Collections and keys of the first documents that it wrote."""
    more: int = 0
    """How many further documents it wrote."""
    undoable: tuple[str, ...] = ()
    """The keys of what it did that can be undone (`bot.core.undo.models.Undoable`)."""
    changes: tuple[FieldChange, ...] = ()
    chosen: dict[str, str] = {}
    """What was chosen in a form, by the name of the input."""
    hashes: dict[str, str] = {}
    """HMAC-SHA256 of each text, by the name of the input; its key is in ``AuditKeys``."""

    @property
    def at(self) -> datetime:
        """When it happened."""
        return moment_of(self.key)


class AuditKeys(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of an act's hashes. Without its key, a hash says nothing about the text."""

    entry: str
    """The key of the entry, and its own."""
    secrets: dict[str, bytes]
    """By the name of the input."""
    written: tuple[str, ...] = ()
    """The documents that the act wrote, among which are those that hold the texts."""


def key_at(at: datetime, mark: str) -> str:
    """Return the key of an entry; ``mark`` tells apart what happened in one microsecond."""
    return f"{(at - _EPOCH) // timedelta(microseconds=1):0{_DIGITS}d}-{mark}"


def moment_of(key: str) -> datetime:
    """Return the moment with which a key begins."""
    return _EPOCH + timedelta(microseconds=int(key[:_DIGITS]))


def place_name(place: tuple[str, str]) -> str:
    """Return how a document is called in an entry."""
    return " ".join(place)


def write_audit(entries: Iterable[AuditEntry]) -> str:
    """Write the entries as they come, times in UTC; of texts only the names of their inputs."""
    return write_table(COLUMNS, map(_row, entries))


def change_words(change: FieldChange) -> str:
    """Say what changed in a field."""
    return f"{change.field}: {change.old or 'none'} → {change.new or 'none'}"


def _row(entry: AuditEntry) -> tuple[str, ...]:
    more = (f"and {entry.more} more",) if entry.more else ()
    return (
        entry.at.isoformat(timespec="seconds"),
        entry.who,
        entry.name,
        entry.role,
        entry.chat,
        entry.channel,
        entry.how.value,
        entry.act,
        entry.step,
        entry.ref,
        "refused" if entry.refused else "done",
        entry.permission,
        str(entry.count),
        ", ".join((*entry.written, *more)),
        "; ".join(f"{change.place} {change_words(change)}" for change in entry.changes),
        "; ".join(f"{name}: {value}" for name, value in entry.chosen.items()),
        ", ".join(entry.hashes),
    )
