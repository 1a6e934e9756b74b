"""The custody log of a case: who did what with which piece of evidence, chained entry by entry."""

from __future__ import annotations

import enum
import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.core.vault import NOTHING_KEPT, VaultHead

START = "0" * 64
"""Stands for the hash of the entry before the first."""
VAULT = "vault"
"""The one vault's name."""
OVERDUE = "the team's retention period after closing the case has ended"
"""Why evidence is deleted by the program."""


class CustodyAction(enum.StrEnum):
    """What was done."""

    TAKEN_IN = "taken in"
    CAPTURED = "captured"
    ANNOTATED = "annotated"
    STAMPED = "time-stamped"
    SEALED = "sealed"
    DELETED = "deleted"
    REDACTED = "redacted"
    """Words were removed; named by a hash under a key that is kept nowhere."""


class CustodyEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the log."""

    case: str
    number: int
    """Its place in the log, from 1."""
    at: str
    """UTC, ISO 8601."""
    who: str
    """The person's name and id, or the program."""
    deed: CustodyAction
    sha256: str
    """The bytes that it is about."""
    detail: str
    tool: str
    """Name and version of the program that did or took it down."""
    previous: str
    hash: str = ""
    """SHA-256 of this entry's canonical JSON without this field."""

    @property
    def key(self) -> str:
        """The entry's name in the store; sorts by case and number."""
        return f"{self.case}-{self.number:06d}"


def follow(
    last: CustodyEntry | None,
    *,
    case: str,
    at: datetime,
    who: str,
    deed: CustodyAction,
    sha256: str,
    detail: str,
    tool: str,
) -> CustodyEntry:
    """Return the entry that follows ``last``, or begins the log."""
    entry = CustodyEntry(
        case=case,
        number=last.number + 1 if last else 1,
        at=at.isoformat(timespec="seconds"),
        who=who,
        deed=deed,
        sha256=sha256,
        detail=detail,
        tool=tool,
        previous=last.hash if last else START,
    )
    return msgspec.structs.replace(entry, hash=_digest(entry))


def canonical(entry: CustodyEntry) -> bytes:
    """Return the entry as one line of JSON: sorted keys, no spaces, UTF-8."""
    fields = msgspec.to_builtins(entry)
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def broken(entries: Sequence[CustodyEntry], least: int = 0) -> list[str]:
    """Return what is wrong with the chain, a sentence each; nothing if it is whole.

    It has at ``least`` so many entries.
    """
    wrong: list[str] = []
    previous = START
    for number, entry in enumerate(entries, start=1):
        if entry.number != number or entry.hash != _digest(entry):
            wrong.append(f"Entry {number} was changed after it was made.")
        elif entry.previous != previous:
            wrong.append(f"Entry {number} does not follow the one before it.")
        previous = entry.hash
    if len(entries) < least:
        wrong.append(f"The log ends with entry {len(entries)} of {least}. Its end was cut off.")
    return wrong


def _digest(entry: CustodyEntry) -> str:
    fields = msgspec.to_builtins(entry)
    del fields["hash"]
    line = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(line.encode()).hexdigest()


class EvidenceLog(msgspec.Struct, frozen=True, kw_only=True):
    """How much evidence a case has, so that the next piece and entry find their place."""

    case: str
    items: int = msgspec.field(name="pieces", default=0)
    entries: int = 0
    """Of its custody log."""
    cleared: datetime | None = None
    """When the case was closed whose evidence was deleted, because the team keeps it no longer."""


class VaultAnchor(msgspec.Struct, frozen=True, kw_only=True):
    """What the log of the vault must still have, and when that was looked at."""

    name: str = VAULT
    head: VaultHead = NOTHING_KEPT
    """The last entry that was told to people: in a digest, in a packet."""
    verified_at: datetime | None = None


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """An outside time-stamp (RFC 3161) over the hash of a custody entry."""

    case: str
    number: int
    """The entry's number: it and all before it existed then."""
    authority: str
    """The authority's host."""
    token: str
    """SHA-256 of the authority's answer in the vault."""
    at: datetime

    @property
    def key(self) -> str:
        """The stamp's name in the store."""
        return f"{self.case}-{self.number:06d}-{self.authority}"
