"""Writes a packet's archive: a ZIP of one exact form, so that every byte of it can be verified."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from io import BufferedRandom
from pathlib import Path
from typing import IO

import msgspec

from adapters.packets import verifier
from bot.errors import StoreError
from bot.features.evidence.models.custody import CustodyAction, broken
from bot.features.reports.models.packets import (
    CUSTODY,
    MANIFEST,
    Bundle,
    PacketFile,
    custody_bytes,
    enclosed,
    listed,
    seal,
    stamped,
)

LARGEST = verifier.LARGEST - verifier.LARGEST_TEXT
"""Bytes of all files together; the rest is for the archive's directory."""
CHUNK = 1 << 20
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the archive: the same packet is the same bytes."""
MODE = 0o100644 << 16

ORIGINS = (CustodyAction.TAKEN_IN, CustodyAction.CAPTURED)
"""How evidence comes in."""

Locate = Callable[[str], Path]
"""Tells where the vault keeps the bytes with that SHA-256."""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """An archive on the disk."""

    sha256: str
    size: int
    """Bytes."""
    seal: str
    """The hash over manifest and custody log."""


class _Part(msgspec.Struct, frozen=True):
    """A file of the archive and where its bytes come from."""

    file: PacketFile
    source: Path | bytes


def write_archive(bundle: Bundle, path: Path, locate: Locate) -> Written:
    """Write the archive beside ``path`` and move it there; call it in a thread.

    Originals are streamed from the vault and hashed again on their way. Whatever happens, there
    is either a whole archive under ``path`` or what was there before.

    Raises:
        StoreError: a piece is not what was kept or was never entered in the custody log, the log
            is broken, the packet would be too large, or the disk refused.
    """
    beside = path.with_name(f"{path.name}.new")
    try:
        parts = list(_parts(bundle, locate))
        manifest = listed(bundle, [part.file for part in parts]).encode()
        custody = custody_bytes(bundle.custody)
        _require_fit(bundle, parts, manifest, custody)
        try:
            with beside.open("w+b") as file:
                _fill(file, manifest, custody, parts)
                digest, size = _finish(file)
            beside.replace(path)
            _sync_folder(path.parent)
        finally:
            beside.unlink(missing_ok=True)
    except (OSError, UnicodeEncodeError) as error:
        message = f"The packet of {bundle.case} cannot be written: {error}"
        raise StoreError(message) from error
    return Written(sha256=digest, size=size, seal=seal(manifest, custody))


def _parts(bundle: Bundle, locate: Locate) -> Iterator[_Part]:
    for piece in bundle.items:
        if piece.here:
            source = locate(piece.file.content) if piece.file else piece.words
            yield _Part(enclosed(piece), source)
    for place, stamp in enumerate(bundle.stamps, start=1):
        token = locate(stamp.token)
        yield _Part(stamped(stamp, place, token.stat().st_size), token)
    yield _text("report.txt", "The report's text", bundle.statement.encode())
    folder = Path(verifier.__file__).parent
    yield _text("verify.py", "Verifies the packet", (folder / "verifier.py").read_bytes())
    yield _text("VERIFY.txt", "How to verify the packet", (folder / "VERIFY.txt").read_bytes())


def _text(name: str, kind: str, content: bytes) -> _Part:
    digest = hashlib.sha256(content).hexdigest()
    return _Part(PacketFile(name=name, sha256=digest, size=len(content), kind=kind), content)


def _require_fit(bundle: Bundle, parts: Iterable[_Part], manifest: bytes, custody: bytes) -> None:
    """Refuse what nobody could verify. Raises StoreError."""
    wrong = broken(bundle.custody)
    if wrong:
        message = f"The custody log of {bundle.case} is damaged, so nothing was packed: {wrong[0]}"
        raise StoreError(message)
    entered = {entry.sha256 for entry in bundle.custody if entry.deed in ORIGINS}
    sizes = [len(manifest), len(custody)]
    for file in (part.file for part in parts):
        sizes.append(file.size)
        if file.name.startswith("evidence/") and file.sha256 not in entered:
            message = (
                f"{file.name} is not in the custody log of {bundle.case}, so nothing was packed."
            )
            raise StoreError(message)
    texts, counts = sizes[:2], (len(sizes), len(bundle.custody))
    if sum(sizes) > LARGEST or max(texts) > verifier.LARGEST_TEXT or max(counts) > verifier.MOST:
        message = f"The packet of {bundle.case} would be too large to verify."
        raise StoreError(message)


def _fill(file: IO[bytes], manifest: bytes, custody: bytes, parts: Iterable[_Part]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        archive.writestr(_info(MANIFEST), manifest)
        archive.writestr(_info(CUSTODY), custody)
        for part in parts:
            with archive.open(_info(part.file.name), "w") as target:
                _copy(part, target)


def _copy(part: _Part, target: IO[bytes]) -> None:
    """Copy and hash the bytes. Raises StoreError if they are not what was kept."""
    digest = hashlib.sha256()
    size = 0
    try:
        for chunk in _chunks(part.source):
            digest.update(chunk)
            target.write(chunk)
            size += len(chunk)
    except FileNotFoundError:
        message = f"{part.file.name} is missing from the evidence, so nothing was packed."
        raise StoreError(message) from None
    if (digest.hexdigest(), size) != (part.file.sha256, part.file.size):
        message = f"{part.file.name} was changed after it was saved, so nothing was packed."
        raise StoreError(message)


def _chunks(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, FIRST_DAY)
    info.create_system = 3  # Unix, on whichever system it is made
    info.external_attr = MODE
    return info


def _finish(file: BufferedRandom) -> tuple[str, int]:
    """Make it durable; return the SHA-256 and the size."""
    file.flush()
    os.fsync(file.fileno())
    size = file.tell()
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest(), size


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
