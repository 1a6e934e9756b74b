"""The audit record as a table, for auditors and their spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.audit.entries import AuditEntry, FieldChange
from bot.core.spreadsheets import write_table

COLUMNS = (
    *("at", "who", "name", "role", "chat", "channel", "how", "act", "step", "about", "result"),
    *("permission", "count", "documents", "changes", "chosen", "texts"),
)


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
