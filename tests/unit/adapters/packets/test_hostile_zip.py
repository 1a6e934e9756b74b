"""ZIPs that are not what they seem. Nothing is unpacked, and nothing takes long."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.packets import verifier
from adapters.packets.verifier import ALTERED, UNREADABLE
from tests.patience import computing
from tests.unit.adapters.packets.conftest import Sample, said, zipped

VICTIM = "evidence/E-3-received.png"


def changed(sample: Sample, change: Callable[[zipfile.ZipInfo], None]) -> bytes:
    """Return the same files, one of them stored in another manner."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sample.content)) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == VICTIM:
                change(info)
            new.writestr(info, content)
    return target.getvalue()


def _field(name: str, value: object) -> Callable[[zipfile.ZipInfo], None]:
    return lambda info: setattr(info, name, value)


MANNERS = {
    "deflated": _field("compress_type", zipfile.ZIP_DEFLATED),
    "packed by bzip2": _field("compress_type", zipfile.ZIP_BZIP2),
    "another date": _field("date_time", (2026, 11, 23, 10, 0, 0)),
    "an extra field": _field("extra", b"\x99\x99\4\0hide"),
    "a comment": _field("comment", b"hidden"),
    "a link": _field("external_attr", 0o120777 << 16),
    "for Windows": _field("create_system", 0),
}


@pytest.mark.parametrize("name", MANNERS)
def test_a_file_stored_in_another_manner_is_named(name: str, sample: Sample) -> None:
    code, text = said(sample.path, changed(sample, MANNERS[name]), sample.seal)
    assert code == ALTERED
    assert f"CHANGED {VICTIM}" in text


def test_what_the_test_changes_is_all_that_is_changed(sample: Sample) -> None:
    assert changed(sample, lambda _: None) == sample.content


def patched(sample: Sample, place: int, form: str, value: int) -> bytes:
    content = bytearray(sample.content)
    struct.pack_into(form, content, place, value)
    return bytes(content)


def record_of(sample: Sample) -> int:
    """Return where the victim's entry in the directory begins."""
    return sample.content.rindex(VICTIM.encode()) - 46


@pytest.mark.parametrize(
    ("field", "form", "value"),
    [
        (20, "<L", 0xFFFFFFFF),  # size, as ZIP64 has it
        (24, "<L", 0xFFFFFFFF),
        (20, "<L", 10**9),
        (42, "<L", 0xFFFFFFFF),  # offset
        (42, "<L", 0),
        (8, "<H", 1),  # encrypted
        (10, "<H", 8),  # deflated
        (34, "<H", 1),  # disk
        (6, "<H", 45),  # version
    ],
)
def test_a_directory_that_disagrees_with_the_file_is_named(
    field: int, form: str, value: int, sample: Sample
) -> None:
    code, text = said(sample.path, patched(sample, record_of(sample) + field, form, value))
    assert code == ALTERED
    assert f"CHANGED {VICTIM}" in text


def test_a_header_with_another_name_than_the_directory_is_named(sample: Sample) -> None:
    place = sample.content.index(VICTIM.encode() + b"photo")
    code, text = said(sample.path, patched(sample, place, "<B", ord("X")))
    assert code == ALTERED
    assert f"CHANGED {VICTIM}: its header" in text


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../up.png", "evidence/../../up.png", "C:\\x.png", "ü.png", ".env", "a//b.c"],
)
def test_a_name_that_leads_elsewhere_is_told(name: str, sample: Sample) -> None:
    code, text = said(sample.path, zipped([*sample.parts, (name, b"x")]), sample.seal)
    assert code == ALTERED
    assert "packets never have a file with this name: do not unpack it" in text


def test_a_name_that_is_there_twice_is_told(sample: Sample) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = zipped([*sample.parts, (VICTIM, b"another")])
    code, text = said(sample.path, twice, sample.seal)
    assert code == ALTERED
    assert f"EXTRA {VICTIM}: it is in the archive more than once." in text


def test_bytes_hidden_between_two_files_are_told(sample: Sample) -> None:
    directory = struct.unpack_from("<L", sample.content, len(sample.content) - 6)[0]
    hidden = sample.content[:directory] + b"hidden" + sample.content[directory:]
    end = bytearray(hidden)
    struct.pack_into("<L", end, len(end) - 6, directory + 6)
    code, text = said(sample.path, bytes(end), sample.seal)
    assert code == ALTERED
    assert "EXTRA archive: it has bytes outside its files" in text


def test_bytes_hidden_before_a_file_are_told(sample: Sample) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sample.content)) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            if info.filename == VICTIM:
                target.seek(new.start_dir)
                target.write(b"hidden")
                new.start_dir += len(b"hidden")
            new.writestr(info, old.read(info.filename))
    code, text = said(sample.path, target.getvalue(), sample.seal)
    assert code == ALTERED
    assert f"CHANGED {VICTIM}: it does not start where the file before it ends." in text


def test_a_check_sum_that_does_not_fit_is_named(sample: Sample) -> None:
    content = sample.content
    for place in (content.index(VICTIM.encode() + b"photo") - 16, record_of(sample) + 16):
        content = content[:place] + b"\1\2\3\4" + content[place + 4 :]
    code, text = said(sample.path, content, sample.seal)
    assert code == ALTERED
    assert f"CHANGED {VICTIM}: its checksum in the archive is wrong." in text


@pytest.mark.parametrize("name", ["MOST", "LARGEST_TEXT"])
def test_more_than_a_packet_has_is_not_read(
    name: str, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifier, name, 5)
    code, text = said(sample.path, sample.content)
    assert (code, "too many files for a packet" in text) == (UNREADABLE, True)


def test_a_manifest_as_large_as_none_is_not_read(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifier, "LARGEST_TEXT", len(sample.parts[0][1]) - 1)
    code, text = said(sample.path, sample.content)
    assert (code, "manifest.json is too large for a packet" in text) == (UNREADABLE, True)


def test_a_bomb_is_not_unpacked(sample: Sample) -> None:
    target = io.BytesIO(sample.content)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"\0" * 30_000_000)
    code, text = said(sample.path, target.getvalue())
    assert code == ALTERED
    assert "EXTRA bomb.txt" in text


def test_files_that_lie_over_each_other_are_not_read_for_hours(sample: Sample) -> None:
    size, count = 1_000_000, 9_000
    name = b"a.png"
    header = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 0x21, 0, size, size, len(name), 0)
    data = header + name + b"\0" * size
    fields = (20, 20, 0, 0, 0, 0x21, 0, size, size, len(name), 0, 0, 0, 0, 0, 0)
    directory = (struct.pack("<4s6H3L5H2L", b"PK\1\2", *fields) + name) * count
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), len(data), 0)
    with computing(10):
        assert said(sample.path, data + directory + end)[0] == UNREADABLE


@pytest.mark.parametrize(
    "change",
    [
        lambda content: b"#!/bin/sh\n" + content,
        lambda content: content + b"\n",
        lambda content: content[:-2] + b"\4\0hide",
        lambda content: content[:-22] + b"hidden" + content[-22:],
        lambda content: content[:-14] + b"\3\0\3\0" + content[-10:],
        lambda content: content[:-1],
        lambda content: content[:-22],
        lambda content: content[-22:],
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"PK\5\6", b"PK\6\6"),
        lambda content: content[:-14] + b"\xff\xff\xff\xff" + content[-10:],
        lambda content: content[:-18] + b"\1\0" + content[-16:],
        lambda _: b"",
        lambda _: b"PK",
        lambda _: b"PK\5\6" + b"\0" * 18,
        lambda _: b"%PDF-1.7\n" * 100,
        lambda _: zipped([]),
        lambda _: zipped([("custody.jsonl", b"")]),
    ],
)
def test_what_is_no_whole_archive_cannot_be_read(
    change: Callable[[bytes], bytes], sample: Sample
) -> None:
    code, text = said(sample.path, change(sample.content), sample.seal)
    assert code == UNREADABLE
    assert text.startswith("CANNOT BE READ: ")


def test_a_file_of_no_packets_size_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.zip"
    path.touch()
    os.truncate(path, verifier.LARGEST + 1)  # takes no room on the disk
    code, [line] = verifier.report(path)
    assert (code, line) == (UNREADABLE, "CANNOT BE READ: it is too large to be a packet.")


def test_what_is_no_file_cannot_be_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    for path in (tmp_path, tmp_path / "none.zip", tmp_path / "pipe.zip"):
        assert verifier.report(path) == (UNREADABLE, ["CANNOT BE READ: the file does not exist."])
