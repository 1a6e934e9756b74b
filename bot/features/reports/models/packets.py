"""Packets: what leaves the house for Amazon, a lawyer or a court, and the seal over it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.core.files import Upload
from bot.core.vault import NOTHING_KEPT, VaultHead
from bot.features.evidence.models.custody import START, CustodyEntry, Stamp, canonical
from bot.features.evidence.models.items import EvidenceItem

PACKET = "packet"
"""The kind of the job that makes one; its reference is the report's key."""
FORMAT = "brandwarden-packet-1"
MANIFEST = "manifest.json"
CUSTODY = "custody.jsonl"

_NAME = re.compile(r"([A-Za-z0-9-]+/)?[A-Za-z0-9-]+\.[a-z0-9]+")
_ODD = re.compile(r"[^a-z0-9]+")
_ENDINGS = {
    "application/json": "json",
    "application/pdf": "pdf",
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "text/csv": "csv",
    "text/plain": "txt",
}


class PacketFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a packet."""

    name: str
    """Its path in the archive, such as ``evidence/E-1-capture.png``: ASCII, no dots but one."""
    sha256: str
    size: int
    """Bytes."""
    kind: str
    """What it shows, for people."""
    caption: str = ""
    taken_at: str = ""
    """UTC, ISO 8601."""
    entry: int = 0
    """The number of the custody entry that it stamps, if it is a time-stamp."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The list of a packet's files, in the order of the archive.

    Raises:
        ValueError: a name is not one of ours, or is there twice.
    """

    case: str
    """``C-12``."""
    report: str
    """``R-3``."""
    made_at: str
    tool: str
    files: tuple[PacketFile, ...]
    custody_entries: int
    """How many entries the custody log has; without it nobody could tell that the last is gone."""
    custody_head: str
    """The hash of the last one."""
    simulated: bool = False
    """The facts come from a simulated marketplace."""
    vault_entries: int = 0
    """How many entries the log of the whole vault had; 0 in packets of earlier versions."""
    vault_head: str = ""
    """The hash of the last one, which the day's digest tells, too."""
    format: str = FORMAT

    def __post_init__(self) -> None:
        """Refuse names that could lead elsewhere when the archive is unpacked."""
        names = [file.name for file in self.files]
        if len(set(names)) < len(names) or not all(map(_NAME.fullmatch, names)):
            message = "two files in the packet have the same name, or a file has an invalid name"
            raise ValueError(message)

    def encode(self) -> bytes:
        """Return the bytes that are sealed: indented JSON that people can read."""
        fields = msgspec.to_builtins(self)
        return json.dumps(fields, sort_keys=True, indent=1, ensure_ascii=False).encode() + b"\n"


def custody_bytes(entries: Sequence[CustodyEntry]) -> bytes:
    """Return the custody log as it stands in the archive, a line for each entry."""
    return b"".join(canonical(entry) + b"\n" for entry in entries)


def seal(manifest: bytes, custody: bytes) -> str:
    """Return the one hash over manifest and custody log, in hexadecimal."""
    digests = hashlib.sha256(manifest).digest() + hashlib.sha256(custody).digest()
    return hashlib.sha256(digests).hexdigest()


class Bundle(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive is made of."""

    case: str
    """``C-12``."""
    report: str
    """``R-3``."""
    made_at: datetime
    simulated: bool
    statement: str
    """The report's text."""
    items: tuple[EvidenceItem, ...]
    custody: tuple[CustodyEntry, ...]
    stamps: tuple[Stamp, ...] = ()
    vault: VaultHead = NOTHING_KEPT
    """Where the log of the whole vault stood."""
    tool: str


class Archived(msgspec.Struct, frozen=True, kw_only=True):
    """An archive that was written."""

    file: Upload
    seal: str


def enclosed(item: EvidenceItem) -> PacketFile:
    """Return a piece as a file of the packet; one without a file is its words."""
    ending = _ENDINGS.get(item.file.kind, "bin") if item.file else "json"
    return PacketFile(
        name=f"evidence/{item.label}-{item.kind}.{ending}",
        sha256=item.file.content if item.file else item.words_digest,
        size=item.file.size if item.file else len(item.words),
        kind=item.kind.label,
        caption=item.caption,
        taken_at=item.at.isoformat(timespec="seconds"),
    )


def stamped(stamp: Stamp, place: int, size: int) -> PacketFile:
    """Return a time-stamp as a file of the packet; ``place`` counts the packet's from 1."""
    host = _ODD.sub("-", stamp.authority.lower()).strip("-")
    return PacketFile(
        name=f"timestamps/T-{place}-{host}.tsr",
        sha256=stamp.token,
        size=size,
        kind="Timestamp (RFC 3161)",
        caption=f"{stamp.authority}, over custody entry {stamp.number}",
        taken_at=stamp.at.isoformat(timespec="seconds"),
        entry=stamp.number,
    )


def listed(bundle: Bundle, files: Sequence[PacketFile]) -> Manifest:
    """Return the list of the bundle's files."""
    return Manifest(
        case=bundle.case,
        report=bundle.report,
        made_at=bundle.made_at.isoformat(timespec="seconds"),
        tool=bundle.tool,
        files=tuple(files),
        custody_entries=len(bundle.custody),
        custody_head=bundle.custody[-1].hash if bundle.custody else START,
        simulated=bundle.simulated,
        vault_entries=bundle.vault.number,
        vault_head=bundle.vault.hash,
    )
