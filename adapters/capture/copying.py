"""Copies evidence that may be in use into a backup, only what is not there yet."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from adapters.capture.custody import CUSTODY, last_words, path_of, whole_lines
from bot.errors import StoreError

TRIES = 3
"""Evidence may be deleted while it is copied; then the log of custody says so at the next try."""


class CopiedEvidence(NamedTuple):
    """What a backup holds, and what it should hold."""

    entries: int
    """Of the log of custody."""
    files: int
    """Copied this time."""
    wrong: tuple[str, ...]
    """What could not be copied as it was kept, a sentence for each."""


def copy_evidence(folder: Path, target: Path) -> CopiedEvidence:
    """Make the target hold the same evidence; what was deleted is deleted there too. Blocks.

    Raises:
        StoreError: the disk refused.
    """
    try:
        files, wrong, lines = 0, list[str](), list[bytes]()
        for _ in range(TRIES):
            lines = whole_lines(folder / CUSTODY)
            copied, wrong = _copy_files(folder, target, lines)
            files += copied
            if not wrong:
                break
        _replace(target / CUSTODY, b"".join(line + b"\n" for line in lines))
        _delete(target, lines)
    except OSError as error:
        message = f"The evidence in {folder} cannot be copied: {error}"
        raise StoreError(message) from error
    return CopiedEvidence(len(lines), files, tuple(wrong))


def _copy_files(folder: Path, target: Path, lines: Iterable[bytes]) -> tuple[int, list[str]]:
    copied, wrong = 0, []
    for digest, entry in sorted(last_words(lines).items()):
        place = path_of(target, digest)
        if entry.deleted or place.exists():
            continue
        try:
            content = path_of(folder, digest).read_bytes()
        except FileNotFoundError:
            wrong.append(f"File {digest} is missing.")
            continue
        if hashlib.sha256(content).hexdigest() != digest:
            wrong.append(f"File {digest} was changed after it was saved.")
            continue
        _replace(place, content)
        copied += 1
    return copied, wrong


def _delete(target: Path, lines: Iterable[bytes]) -> None:
    for digest, entry in last_words(lines).items():
        if entry.deleted:
            path_of(target, digest).unlink(missing_ok=True)


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
