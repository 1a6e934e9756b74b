"""Forgeries, and two verifiers: the one in every packet and the command say the same of each."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from adapters.capture import signatures
from adapters.packets.verifier import ALTERED, FINE, UNREADABLE, report
from bot.__main__ import app
from tests.unit.adapters.packets.conftest import (
    DIGEST,
    SHA256,
    SIGNED_DATA,
    STAMPER,
    TST_INFO,
    Sample,
    answer,
    der,
    enclosing,
    granting,
    oid,
    signer,
    statement,
    token,
    zipped,
)
from tests.unit.adapters.packets.mutations import MUTATIONS, listed_as_they_are

ROUNDS = pytest.mark.parametrize("rounds", [300, pytest.param(5000, marks=pytest.mark.soak)])
STAMP = "timestamps/T-1-tsa-example.tsr"
STAMPED = 5
"""The custody entry that the sample's time-stamp is over."""


def verdict(path: Path, content: bytes, *options: str) -> tuple[int, str]:
    """Return what both verifiers say; the command alone can tell that a signature is wrong."""
    path.write_bytes(content)
    seal = options[1] if options[:1] == ("--seal",) else ""
    code, lines = report(path, seal)
    done = CliRunner().invoke(app, ["verify", str(path), *options])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    for line in lines:
        assert line.encode() in done.stdout_bytes
    if done.exit_code != code:
        assert (code, done.exit_code) == (FINE, ALTERED)
        assert f"WRONG {STAMP}" in done.stdout
    return done.exit_code, done.stdout


def stamped_with(sample: Sample, forge: Callable[[str], bytes]) -> bytes:
    """Remake the packet as a whole, with another time-stamp over the same custody entry."""
    entry = json.loads(sample.parts[1][1].splitlines()[STAMPED - 1])["hash"]
    parts = [(name, forge(entry) if name == STAMP else data) for name, data in sample.parts]
    return zipped(listed_as_they_are(parts))


def listing(sample: Sample, change: Callable[[dict[str, Any]], None]) -> bytes:
    """Remake the packet with something else in its manifest."""
    data = json.loads(sample.parts[0][1])
    change(data)
    written = json.dumps(data, sort_keys=True, indent=1, ensure_ascii=False).encode() + b"\n"
    return zipped([("manifest.json", written), *sample.parts[1:]])


@pytest.fixture(autouse=True)
def no_other_roots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read no other roots thousands of times: the authority is known by its own alone."""
    monkeypatch.setattr(signatures, "known_roots", list)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The authority's certificate, as a person gets it."""
    root = tmp_path / "root.pem"
    root.write_bytes(STAMPER.public_bytes(Encoding.PEM))
    return root


def test_what_is_right_is_fine_for_both(sample: Sample, root: Path) -> None:
    code, text = verdict(sample.path, sample.content, "--seal", sample.seal)
    assert code == FINE
    assert "its time is only its issuer's claim" in " ".join(text.split())
    for forge in (answer, token):
        code, text = verdict(sample.path, stamped_with(sample, forge), "--root", str(root))
        assert (code, f"CHECKED {STAMP}: its signature is valid" in text) == (FINE, True)


def _unsigned(entry: str) -> bytes:
    return enclosing(statement(entry))


def _twice(entry: str) -> bytes:
    info = statement(entry)
    return enclosing(info, signer(info), signer(info))


def _two(entry: str) -> bytes:
    info = statement(entry)
    return enclosing(info, signer(info), signer(statement("ab" * 32)))


def _without_signature(entry: str) -> bytes:
    info = statement(entry)
    whole = signer(info)
    bare = whole[: whole.rindex(b"\x04", 0, -60)]
    return enclosing(info, der(0x30, bare[4:], der(4)))


def _earlier(entry: str) -> bytes:
    """Keep the signature, and state another time under it."""
    info = statement(entry)
    return enclosing(statement(entry, time=b"20200101000000Z"), signer(info))


def _other_entry(entry: str) -> bytes:
    return enclosing(statement(entry), signer(statement("ab" * 32)))


def _no_attributes(entry: str) -> bytes:
    who = der(0x30, STAMPER.issuer.public_bytes(), der(2, b"\1"))
    rest = der(0x30, oid("1.2.840.10045.4.3.2"))
    made = der(0x30, der(2, b"\1"), who, der(0x30, der(6, SHA256)), rest, der(4, b"x" * 70))
    return enclosing(statement(entry), made)


def _no_imprint(entry: str) -> bytes:
    info = der(0x30, der(2, b"\1"), oid("1.2.3"), der(0x18, b"20261123100005Z"))
    return enclosing(info, signer(info)) + bytes.fromhex(entry)


def _replaced(old: bytes, new: bytes) -> Callable[[str], bytes]:
    return lambda entry: answer(entry).replace(old, new, 1)


TOKENS: dict[str, Callable[[str], bytes]] = {
    "no signer": _unsigned,
    "no signer in an answer": lambda entry: granting(_unsigned(entry)),
    "the same signer twice": _twice,
    "two signers": _two,
    "an empty signature": _without_signature,
    "a time under another's signature": _earlier,
    "an entry under another's signature": _other_entry,
    "a signature over nothing that is told": _no_attributes,
    "no hash": _no_imprint,
    "the hash alone": bytes.fromhex,
    "the hash in words": str.encode,
    "the hash in a picture": lambda entry: b"\x89PNG\r\n\x1a\n" + bytes.fromhex(entry),
    "refused": lambda entry: granting(token(entry), b"\2"),
    "granted in another way": lambda entry: granting(token(entry), b"\1"),
    "waiting": lambda entry: granting(token(entry), b"\3"),
    "a status of no number": lambda entry: granting(token(entry), b""),
    "no token": lambda entry: der(0x30, der(0x30, der(2, b"\0"))),
    "two tokens": lambda entry: der(0x30, der(0x30, der(2, b"\0")), token(entry), token(entry)),
    "bytes behind it": lambda entry: answer(entry) + b"\0",
    "bytes before it": lambda entry: b"\0" + answer(entry),
    "an answer in an answer": lambda entry: granting(answer(entry)),
    "a longer length": lambda entry: b"\x30\x84\x00\x00" + answer(entry)[2:],
    "no length": lambda entry: b"\x30\x80" + answer(entry)[4:] + b"\0\0",
    "another kind of content": lambda entry: token(entry, kind=SHA256),
    "another kind of signature": _replaced(SIGNED_DATA, oid("1.2.840.113549.1.7.3")),
    "another algorithm": lambda entry: token(entry, algorithm=TST_INFO),
    "another digest": _replaced(DIGEST, oid("1.2.840.113549.1.9.3")),
    "the month thirteen": lambda entry: token(entry, time=b"20261323100005Z"),
    "the hour twenty-five": lambda entry: token(entry, time=b"20261123250005Z"),
    "the year nothing": lambda entry: token(entry, time=b"00000101000000Z"),
    "local time": lambda entry: token(entry, time=b"20261123100005+0100"),
    "a time of other digits": lambda entry: token(entry, time="\uff12\uff10261123100005Z".encode()),
    "another hash": lambda entry: answer("ab" * 32),
    "half of the hash": lambda entry: answer(entry[:32]),
    "nested for ever": lambda entry: b"0\x80" * 5000,
    "set and sequence exchanged": lambda entry: answer(entry).replace(b"\x31", b"\x30", 1),
}


@pytest.mark.parametrize("name", TOKENS)
def test_a_forged_time_stamp_is_wrong_for_both_though_the_packet_was_remade(
    sample: Sample, name: str
) -> None:
    code, text = verdict(sample.path, stamped_with(sample, TOKENS[name]))
    assert code == ALTERED
    assert f"CHANGED {STAMP}" in text


def _set(place: int | str, field: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        target = data["files"][place] if isinstance(place, int) else data
        target[field] = value

    return change


def _vault(number: int, head: str) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        data.update(vault_entries=number, vault_head=head)

    return change


def _no_such_field(data: dict[str, Any]) -> None:
    del data["files"][0]["kind"]


def _files_in_a_word(data: dict[str, Any]) -> None:
    data["files"] = "all"


LISTINGS: dict[str, Callable[[dict[str, Any]], None]] = {
    "a caption that is a number": _set(0, "caption", 5),
    "a kind that is nothing": _set(0, "kind", None),
    "a time that is a list": _set(0, "taken_at", []),
    "a file without a kind": _no_such_field,
    "a picture that is said to stamp": _set(0, "entry", 5),
    "a time-stamp that stamps nothing": _set(5, "entry", 0),
    "an entry that is true": _set(5, "entry", True),
    "an entry before the first": _set(5, "entry", -1),
    "a size in words": _set(0, "size", "380"),
    "a size below nothing": _set(0, "size", -1),
    "a size of a thousand digits": _set(0, "size", 10**1000),
    "a name that is a number": _set(0, "name", 7),
    "a name that leads elsewhere": _set(0, "name", "../evidence.png"),
    "a name of another's": _set(0, "name", STAMP),
    "files in a word": _files_in_a_word,
    "a file that is a word": lambda data: data["files"].append("report.txt"),
    "simulated in words": _set("", "simulated", "no"),
    "a case that is none": _set("", "case", None),
    "entries in words": _set("", "custody_entries", "6"),
    "a head that is none": _set("", "custody_head", None),
    "a format of tomorrow": _set("", "format", "brandwarden-packet-2"),
    "a head of the vault without its number": _set("", "vault_head", "ab" * 32),
    "a number of the vault without its head": _set("", "vault_entries", 7),
    "a head of the vault that is no hash": _vault(7, "yes"),
    "a vault of fewer than nothing": _vault(-1, "ab" * 32),
    "a fraction": _set("", "made_at", 1.5),
}


@pytest.mark.parametrize("name", LISTINGS)
def test_a_manifest_of_other_types_is_refused_by_both(sample: Sample, name: str) -> None:
    code, text = verdict(sample.path, listing(sample, LISTINGS[name]))
    assert code in (ALTERED, UNREADABLE)
    assert "WRONG" not in text


def test_there_are_fifty_forgeries() -> None:
    assert len(TOKENS) + len(LISTINGS) >= 50


@pytest.mark.ci
@ROUNDS
def test_whatever_is_changed_both_say_the_same_and_accept_nothing(
    sample: Sample, rounds: int
) -> None:
    dice = random.Random(77)
    for number in range(rounds):
        mutation = MUTATIONS[number % len(MUTATIONS)]
        content, _ = mutation(dice, sample)
        code, _ = verdict(sample.path, content, "--seal", sample.seal)
        assert code in (ALTERED, UNREADABLE), (number, mutation.__name__)
        # Without the seal a packet that was remade as a whole may fit together; for both then.
        verdict(sample.path, content)


@pytest.mark.ci
@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    bare=st.booleans(),
    where=st.floats(0, 1, exclude_max=True),
    cut=st.integers(0, 3),
    put=st.binary(max_size=3),
)
def test_whatever_is_done_to_a_time_stamp_both_say_the_same(
    sample: Sample, root: Path, bare: bool, where: float, cut: int, put: bytes
) -> None:
    def forge(entry: str) -> bytes:
        whole = token(entry) if bare else answer(entry)
        place = int(where * len(whole))
        return whole[:place] + put + whole[place + cut :]

    content = stamped_with(sample, forge)
    verdict(sample.path, content)
    verdict(sample.path, content, "--root", str(root))
