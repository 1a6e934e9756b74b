"""Whether the files of a vault are those that the entries of its custody log name.

The log's own checks stand in `adapters.capture.custody`. All of it blocks and raises OSError.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from adapters.capture.custody import DIGEST, last_words, path_of


def wrong_files(folder: Path, lines: Iterable[bytes]) -> Iterator[str]:
    """Tell which files are gone or are not what was kept, a sentence for each."""
    for digest, entry in sorted(last_words(lines).items()):
        if entry.deleted:
            continue
        path = path_of(folder, digest)
        if not path.exists():
            yield f"File {digest} is missing."
        elif _sha256_of(path) != digest:
            yield f"File {digest} was changed after it was saved."


def unnamed_files(folder: Path, lines: Iterable[bytes]) -> list[str]:
    """Return the SHA-256 of files that no entry names."""
    files = {path.name for path in folder.glob("??/*") if DIGEST.fullmatch(path.name)}
    return sorted(files - last_words(lines).keys())


def not_deleted(digests: Iterable[str], lines: Iterable[bytes]) -> list[str]:
    """Return those of these SHA-256 of which the log does not say that they were deleted."""
    last = last_words(lines)
    return [digest for digest in digests if digest not in last or not last[digest].deleted]


def _sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
