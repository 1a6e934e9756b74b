"""What somebody could hand to the verifier to fool it, to stop it or to steer a terminal."""

from __future__ import annotations

import json

import pytest

from adapters.packets import verifier
from adapters.packets.verifier import ALTERED, UNREADABLE
from bot.features.evidence.models.custody import CustodyAction
from bot.features.reports.models.packets import custody_bytes
from tests.patience import computing
from tests.unit.adapters.packets.conftest import (
    Make,
    Parts,
    Sample,
    Vault,
    said,
    zipped,
)


def test_a_hostile_packets_words_do_not_steer_the_terminal(vault: Vault, make: Make) -> None:
    vault.add(b"one", "\x1b[2J\u202etxt.\nUNCHANGED: the seal matches the one you gave.\x07")
    vault.delete(1)
    vault.log(
        CustodyAction.DELETED, "0" * 64, "\x1b]0;owned\x07\nUNCHANGED: believe me" + "x" * 5000
    )
    sample = make(vault)
    parts = [*sample.parts, ("\x1b[31m\nUNCHANGED.png", b"")]
    code, text = said(sample.path, zipped(parts), sample.seal)
    assert code == ALTERED
    assert not [line for line in text.splitlines() if line.startswith("UNCHANGED")]
    assert all(char.isprintable() or char == "\n" for char in text)
    assert max(map(len, text.splitlines())) <= verifier.LONGEST


def _nested(opening: bytes) -> bytes:
    return opening * 200_000


MANIFESTS = {
    "no JSON": b"{",
    "deep": _nested(b"["),
    "deeper": _nested(b'{"a":'),
    "no UTF-8": b'{"case": "\xff"}',
    "half a character": b'{"case": "\\ud800"}',
    "a list": b"[]\n",
    "a number": b"7\n",
    "a huge number": b"9" * 1_000_000,
    "no number": b"NaN",
    "nothing": b"",
    "another format": b'{\n "format": "brandwarden-packet-9"\n}\n',
}


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_manifest_that_is_none_cannot_be_read(name: str, sample: Sample) -> None:
    parts: Parts = [("manifest.json", MANIFESTS[name]), *sample.parts[1:]]
    with computing(5):
        code, text = said(sample.path, zipped(parts))
    assert code == UNREADABLE
    assert "manifest.json" in text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("format", "brandwarden-packet-9"),
        ("files", {}),
        ("files", [7]),
        ("files", [{"name": "a"}]),
        ("custody_entries", "9"),
        ("custody_entries", True),
        ("custody_entries", 1.5),
        ("case", None),
        ("simulated", 1),
    ],
)
def test_a_manifest_of_wrong_types_cannot_be_read(
    field: str, value: object, sample: Sample
) -> None:
    data = {**json.loads(sample.parts[0][1]), field: value}
    content = json.dumps(data, sort_keys=True, indent=1, ensure_ascii=False).encode() + b"\n"
    code, _ = said(sample.path, zipped([("manifest.json", content), *sample.parts[1:]]))
    assert code == UNREADABLE


def test_a_manifest_in_other_words_is_not_the_one(sample: Sample) -> None:
    twice = sample.parts[0][1].replace(b'{\n "case"', b'{\n "case": "C-99",\n "case"', 1)
    code, _ = said(sample.path, zipped([("manifest.json", twice), *sample.parts[1:]]))
    assert code == UNREADABLE


def test_a_manifest_that_lists_a_file_twice_is_told(sample: Sample) -> None:
    data = json.loads(sample.parts[0][1])
    data["files"].append(data["files"][0])
    content = json.dumps(data, sort_keys=True, indent=1, ensure_ascii=False).encode() + b"\n"
    code, text = said(sample.path, zipped([("manifest.json", content), *sample.parts[1:]]))
    assert code == ALTERED
    assert "CHANGED manifest.json: it lists evidence/E-1-capture.png twice." in text


def test_a_custody_entry_in_another_form_is_told(sample: Sample) -> None:
    log = sample.parts[1][1].replace(b'{"at":', b'{"at": ', 1)
    code, text = said(
        sample.path, zipped([sample.parts[0], ("custody.jsonl", log), *sample.parts[2:]])
    )
    assert code == ALTERED
    assert "CHANGED custody entry 1:" in text


LOGS = {
    "deep": _nested(b"[") + b"\n",
    "nothing": b"",
    "only ends": b"\n" * 500,
    "no UTF-8": b"\xff\xfe\n",
    "a huge number": b'{"number":' + b"9" * 100_000 + b"}\n",
}


@pytest.mark.parametrize("name", LOGS)
def test_a_custody_log_that_is_none_is_told(name: str, sample: Sample) -> None:
    parts: Parts = [sample.parts[0], ("custody.jsonl", LOGS[name]), *sample.parts[2:]]
    code, text = said(sample.path, zipped(parts))
    assert code == ALTERED
    assert "custody entry 1:" in text


def test_a_custody_log_without_its_last_line_end_is_told(sample: Sample, vault: Vault) -> None:
    log = custody_bytes(vault.custody)[:-1]
    code, text = said(
        sample.path, zipped([sample.parts[0], ("custody.jsonl", log), *sample.parts[2:]])
    )
    assert code == ALTERED
    assert f"CHANGED custody entry {len(vault.custody)}:" in text


def test_too_many_entries_are_not_read(sample: Sample) -> None:
    log = b"\n" * 20_000
    parts: Parts = [sample.parts[0], ("custody.jsonl", log), *sample.parts[2:]]
    code, text = said(sample.path, zipped(parts))
    assert (code, "too many entries for a packet" in text) == (UNREADABLE, True)


def test_what_is_printed_has_an_end(sample: Sample) -> None:
    many: Parts = [(f"evidence/X-{number}.png", b"") for number in range(1000)]
    code, text = said(sample.path, zipped([*sample.parts, *many]))
    assert code == ALTERED
    assert "\nAnd 800 more.\n" in text
    assert len(text.splitlines()) < 250
