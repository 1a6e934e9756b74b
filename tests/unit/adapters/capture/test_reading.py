"""Evidence that is read again: the very bytes that were kept, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.capture.custody import CUSTODY
from adapters.capture.files import FileEvidence
from bot.errors import StoreError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "evidence"


@pytest.fixture
def evidence(folder: Path) -> FileEvidence:
    return FileEvidence(folder)


@pytest.mark.parametrize("content", [b"", b"one", bytes(range(256)) * 1000])
async def test_what_was_kept_is_read_again_even_after_a_restart(
    evidence: FileEvidence, folder: Path, content: bytes
) -> None:
    digest = await evidence.keep(content, {})
    assert await evidence.read(digest) == content
    assert await FileEvidence(folder).read(digest) == content


async def test_what_was_never_kept_cannot_be_read(evidence: FileEvidence) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        await evidence.read("0" * 64)


@pytest.mark.parametrize("left", [b"won", b"on", b""])
async def test_bytes_that_are_not_what_they_were_are_not_given(
    evidence: FileEvidence, folder: Path, left: bytes
) -> None:
    digest = await evidence.keep(b"one", {})
    (folder / digest[:2] / digest).write_bytes(left)
    with pytest.raises(StoreError, match="changed after it was saved"):
        await evidence.read(digest)


@pytest.mark.parametrize(
    "name", ["", CUSTODY, "../outside", "/etc/passwd", "a" * 63, "A" * 64, "0" * 64 + "\n", "\0"]
)
async def test_only_a_hash_names_what_is_read(
    evidence: FileEvidence, folder: Path, name: str
) -> None:
    await evidence.keep(b"one", {})
    (folder.parent / "outside").write_bytes(b"secret")
    with pytest.raises(StoreError, match="changed after it was saved"):
        await evidence.read(name)
