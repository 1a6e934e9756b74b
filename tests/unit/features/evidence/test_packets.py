"""Packets: the names of their files, the list of them, and the seal."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.files import Upload
from bot.features.evidence.models.custody import START, CustodyAction, Stamp, canonical, follow
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind, Purchase
from bot.features.reports.models.packets import (
    Bundle,
    PacketFile,
    custody_bytes,
    enclosed,
    listed,
    seal,
    stamped,
)
from tests.cases import for_each

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SAFE = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9-]+\.[a-z]+", re.ASCII)
ENTRY = follow(
    None, case="1", at=AT, who="Mara", deed=CustodyAction.SEALED, sha256="0", detail="Ü\n", tool="T"
)
BUNDLE = Bundle(
    case="C-12",
    report="R-3",
    made_at=AT,
    simulated=True,
    statement="",
    items=(),
    custody=(ENTRY,),
    tool="T",
)
FILE = PacketFile(name="report.txt", sha256="0" * 64, size=3, kind="Text")


@for_each("kind", EvidenceKind)
@for_each("media", ["image/png", "text/csv", "../../evil", ""])
def test_a_piece_gets_a_name_of_ours(kind: EvidenceKind, media: str) -> None:
    file = Upload("../evil.exe", media, 3, "ab" * 32)
    piece = EvidenceItem(case="000012", place=7, at=AT, kind=kind, caption="../x", file=file)
    one = enclosed(piece)
    assert one.name.startswith(f"evidence/E-7-{kind.value}.")
    assert SAFE.fullmatch(one.name)
    assert (one.sha256, one.size, one.caption) == ("ab" * 32, 3, "../x")
    assert one.taken_at == "2026-11-23T10:00:00+00:00"


def test_a_piece_in_words_is_enclosed_as_its_words() -> None:
    bought = Purchase(order="111-2222222-3333333", ordered_on=date(2026, 11, 1), observed="Grey")
    piece = EvidenceItem(case="1", place=2, at=AT, kind=EvidenceKind.TEST_BUY, purchase=bought)
    one = enclosed(piece)
    assert one.name == "evidence/E-2-test-buy.json"
    assert one.sha256 == piece.words_digest == hashlib.sha256(piece.words).hexdigest()
    assert one.size == len(piece.words)
    assert json.loads(piece.words)[2]["observed"] == "Grey"


@given(st.text(max_size=30))
def test_a_time_stamp_gets_a_name_of_ours_whatever_the_authority_is_called(host: str) -> None:
    stamp = Stamp(case="1", number=4, authority=host, token="ab" * 32, at=AT)
    one = stamped(stamp, 2, 900)
    assert SAFE.fullmatch(one.name)
    assert one.name.startswith("timestamps/T-2-")
    assert (one.entry, one.sha256, one.size) == (4, "ab" * 32, 900)


def test_the_manifest_knows_how_long_the_custody_log_is() -> None:
    manifest = listed(BUNDLE, [FILE])
    assert (manifest.custody_entries, manifest.custody_head) == (1, ENTRY.hash)
    assert (manifest.case, manifest.report, manifest.simulated) == ("C-12", "R-3", True)
    empty = listed(msgspec.structs.replace(BUNDLE, custody=()), [])
    assert (empty.custody_entries, empty.custody_head) == (0, START)


@for_each(
    "name",
    [
        "",
        "/a.txt",
        "../a.txt",
        "a/../b.txt",
        "a/b/c.txt",
        "a",
        "a.b.c",
        "ü.txt",
        "a.txt\n",
        "a\\b.c",
    ],
)
def test_a_name_that_could_lead_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="an invalid name"):
        listed(BUNDLE, [msgspec.structs.replace(FILE, name=name)])


def test_a_name_that_is_there_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="the same name"):
        listed(BUNDLE, [FILE, FILE])


@given(st.text(max_size=30))
def test_the_manifest_is_one_exact_form_of_json(caption: str) -> None:
    manifest = listed(BUNDLE, [msgspec.structs.replace(FILE, caption=caption)])
    content = manifest.encode()
    again = json.dumps(json.loads(content), sort_keys=True, indent=1, ensure_ascii=False)
    assert content == again.encode() + b"\n"
    assert msgspec.json.decode(content, type=type(manifest)) == manifest


def test_the_custody_log_is_a_line_for_each_entry() -> None:
    assert custody_bytes([ENTRY, ENTRY]) == canonical(ENTRY) + b"\n" + canonical(ENTRY) + b"\n"
    assert custody_bytes([]) == b""


@given(st.binary(max_size=9), st.binary(max_size=9), st.binary(max_size=9), st.binary(max_size=9))
def test_the_seal_changes_with_either(
    manifest: bytes, custody: bytes, other: bytes, another: bytes
) -> None:
    same = (manifest, custody) == (other, another)
    assert (seal(manifest, custody) == seal(other, another)) is same


def test_the_seal_is_the_hash_of_the_two_hashes() -> None:
    both = hashlib.sha256(b"m").digest() + hashlib.sha256(b"c").digest()
    assert seal(b"m", b"c") == hashlib.sha256(both).hexdigest()
