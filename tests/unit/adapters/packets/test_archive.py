"""The archive: what is in it, what is refused, and what a failure leaves behind."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import tempfile
import tracemalloc
import zipfile
from pathlib import Path
from types import ModuleType

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.packets import archive, verifier
from adapters.packets.archive import write_archive
from bot.errors import StoreError
from bot.features.evidence.models.custody import CustodyAction
from bot.features.evidence.models.items import EvidenceItem
from bot.features.reports.models.packets import seal
from tests.strategies import examples
from tests.unit.adapters.packets.conftest import Make, Sample, Vault, unzipped


@examples(40)
@given(
    contents=st.lists(st.binary(max_size=300), max_size=5),
    caption=st.text(max_size=40),
    statement=st.text(max_size=200),
    gone=st.booleans(),
)
def test_whatever_is_packed_verifies_and_comes_out_again(
    contents: list[bytes], caption: str, statement: str, gone: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        vault = Vault(Path(folder))
        for content in contents:
            vault.add(content, caption)
        if gone and contents:
            vault.delete(1)
        path = Path(folder) / "packet.zip"
        written = write_archive(vault.bundle(statement), path, vault.locate)
        content = path.read_bytes()
        result = verifier.examine(path, written.seal)
    assert (written.sha256, written.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert (result.faults, result.seal) == ([], written.seal)
    parts = dict(unzipped(content))
    kept = [data for name, data in parts.items() if name.startswith("evidence/")]
    assert kept == contents[gone and bool(contents) :]
    assert parts["report.txt"].decode() == statement


def test_the_manifest_lists_everything_in_the_order_of_the_archive(sample: Sample) -> None:
    names = [name for name, _ in sample.parts]
    assert names == [
        "manifest.json",
        "custody.jsonl",
        "evidence/E-1-capture.png",
        "evidence/E-2-received.png",
        "evidence/E-3-received.png",
        "evidence/E-4-received.png",
        "evidence/E-5-test-buy.json",
        "timestamps/T-1-tsa-example.tsr",
        "report.txt",
        "verify.py",
        "VERIFY.txt",
    ]
    listed = json.loads(sample.parts[0][1])["files"]
    assert [file["name"] for file in listed] == names[2:]
    for file, (_, content) in zip(listed, sample.parts[2:], strict=True):
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert file["size"] == len(content)


def test_any_zip_program_can_read_it(sample: Sample) -> None:
    with zipfile.ZipFile(io.BytesIO(sample.content)) as opened:
        assert opened.testzip() is None
        assert {info.compress_type for info in opened.infolist()} == {zipfile.ZIP_STORED}
        assert not any(info.extra or info.comment for info in opened.infolist())


def test_the_seal_is_over_manifest_and_custody_log(sample: Sample) -> None:
    assert sample.seal == seal(sample.parts[0][1], sample.parts[1][1])


def test_the_same_packet_is_the_same_bytes(sample: Sample, vault: Vault, make: Make) -> None:
    assert make(vault).content == sample.content


def test_the_help_is_ten_lines_and_the_verifier_this_one(sample: Sample) -> None:
    parts = dict(sample.parts)
    assert len(parts["VERIFY.txt"].decode("ascii").splitlines()) == 10
    assert parts["verify.py"] == Path(verifier.__file__).read_bytes()


def test_deleted_evidence_is_left_out(vault: Vault, make: Make) -> None:
    first = vault.add(b"one")
    vault.add(b"two")
    vault.delete(1)
    assert first.file is not None
    vault.locate(first.file.content).unlink()
    names = [name for name, _ in make(vault).parts]
    assert "evidence/E-2-received.png" in names
    assert "evidence/E-1-received.png" not in names


def refused(vault: Vault, path: Path, match: str) -> None:
    """Show that nothing is packed, and that the packet of before stays."""
    path.write_bytes(b"the packet before")
    with pytest.raises(StoreError, match=match):
        vault.pack(path)
    assert path.read_bytes() == b"the packet before"
    assert [each.name for each in path.parent.iterdir() if each.is_file()] == [path.name]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "packet.zip"


@pytest.fixture
def piece(vault: Vault) -> EvidenceItem:
    """The second of three pieces."""
    return [vault.add(b"%d" % number * 100) for number in range(3)][1]


@pytest.mark.parametrize("content", [b"", b"1" * 99, b"1" * 99 + b"2", b"1" * 101])
def test_an_original_that_is_not_what_was_kept_is_named(
    content: bytes, vault: Vault, piece: EvidenceItem, path: Path
) -> None:
    assert piece.file is not None
    vault.locate(piece.file.content).write_bytes(content)
    refused(vault, path, "E-2-received.png was changed after it was saved")


def test_an_original_that_is_gone_is_named(vault: Vault, piece: EvidenceItem, path: Path) -> None:
    assert piece.file is not None
    vault.locate(piece.file.content).unlink()
    refused(vault, path, "E-2-received.png is missing from the evidence")


def test_a_size_that_is_not_the_originals_is_refused(
    vault: Vault, piece: EvidenceItem, path: Path
) -> None:
    assert piece.file is not None
    file = msgspec.structs.replace(piece.file, size=7)
    vault.pieces[1] = msgspec.structs.replace(piece, file=file)
    refused(vault, path, "E-2-received.png was changed after it was saved")


def test_evidence_that_the_custody_log_does_not_know_is_refused(
    vault: Vault, piece: EvidenceItem, path: Path
) -> None:
    entry = vault.custody.pop()
    vault.log(CustodyAction.ANNOTATED, entry.sha256, "only ever as a copy of something")
    refused(vault, path, "evidence/E-3-received.png is not in the custody log")


def test_a_damaged_custody_log_is_not_sealed(vault: Vault, piece: EvidenceItem, path: Path) -> None:
    vault.custody[0] = msgspec.structs.replace(vault.custody[0], who="Nobody")
    refused(vault, path, "Entry 1 was changed")


@pytest.mark.parametrize(
    ("module", "name"), [(archive, "LARGEST"), (verifier, "LARGEST_TEXT"), (verifier, "MOST")]
)
def test_a_packet_that_nobody_could_verify_is_refused(
    module: ModuleType,
    name: str,
    vault: Vault,
    piece: EvidenceItem,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, name, 2)
    refused(vault, path, "too large to verify")


def test_text_that_cannot_be_written_is_refused(vault: Vault, path: Path) -> None:
    vault.pieces.append(msgspec.structs.replace(vault.add(b"one"), place=2, caption="\ud800"))
    refused(vault, path, "cannot be written")


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_failure_on_the_way_leaves_no_half_packet(
    step: str, vault: Vault, piece: EvidenceItem, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = {"write": "zipfile._ZipWriteFile.write", "fsync": "os.fsync"}
    with monkeypatch.context() as patch:
        patch.setattr(target.get(step, "pathlib.Path.replace"), fail)
        refused(vault, path, "No space left")
    vault.pack(path)
    assert verifier.examine(path).faults == []


def test_what_a_kill_left_behind_is_written_over(
    vault: Vault, piece: EvidenceItem, path: Path
) -> None:
    path.with_name("packet.zip.new").write_bytes(b"x" * 100_000)
    vault.pack(path)
    assert verifier.examine(path).faults == []
    assert not path.with_name("packet.zip.new").exists()


def test_no_original_is_in_memory_as_a_whole(vault: Vault, path: Path) -> None:
    for number in range(2):
        vault.add(bytes([number]) * 6_000_000)
    vault.pack(path)
    tracemalloc.start()
    try:
        vault.pack(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4_000_000
