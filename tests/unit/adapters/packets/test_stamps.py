"""Time-stamps in a packet: what they state, and that they are about its custody log."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from adapters.packets import verifier
from adapters.packets.verifier import ALTERED, FINE
from tests.unit.adapters.packets.conftest import (
    SHA256,
    TST_INFO,
    Make,
    Sample,
    Vault,
    answer,
    der,
    said,
    token,
)


def test_a_time_stamp_tells_its_time_and_what_it_covers(sample: Sample, vault: Vault) -> None:
    _, text = said(sample.path, sample.content, sample.seal)
    assert (
        "timestamps/T-1-tsa-example.tsr states that custody entry 5 existed at 2026-11-23 10:00:05"
    ) in text
    assert "Its signature is not checked here. To check it, unpack the file" in text
    assert f"openssl ts -verify -digest {vault.custody[4].hash}" in text
    assert "the timestamps cover custody entries 1 to 5" in text


def test_a_bare_token_is_read_too(vault: Vault, make: Make) -> None:
    vault.add(b"one")
    vault.stamp(1, token(vault.custody[0].hash, time=b"20261123100005.125Z"))
    sample = make(vault)
    code, text = said(sample.path, sample.content)
    assert code == FINE
    assert "existed at 2026-11-23 10:00:05 UTC" in text


RIGHT = "12" * 32
ELSEWHERE = {
    "another hash": answer("ab" * 32),
    "a longer hash": answer(RIGHT + "00"),
}
NO_STAMPS = {
    "another kind": token(RIGHT, kind=SHA256),
    "another algorithm": token(RIGHT, algorithm=TST_INFO),
    "no time": token(RIGHT, time=b"yesterday"),
    "a day that no calendar has": token(RIGHT, time=b"20260231100005Z"),
    "refused": bytes.fromhex("30053003020102"),
    "nothing": b"",
    "no end": b"0\x84\xff\xff\xff\xff",
    "endless": b"0\x80" * 1000,
    "text": b"<html>busy</html>",
    "too large": der(0x30, token(RIGHT)) + b"0" * verifier.LARGEST_TOKEN,
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_time_stamp_over_something_else_is_named(name: str, vault: Vault, make: Make) -> None:
    text = _stamped_with(ELSEWHERE[name], vault, make)
    assert "CHANGED timestamps/T-1-tsa-example.tsr: it does not contain the hash of" in text


@pytest.mark.parametrize("name", NO_STAMPS)
def test_what_is_no_time_stamp_is_named(name: str, vault: Vault, make: Make) -> None:
    text = _stamped_with(NO_STAMPS[name], vault, make)
    assert "CHANGED timestamps/T-1-tsa-example.tsr: it is not a readable timestamp from" in text


def _stamped_with(content: bytes, vault: Vault, make: Make) -> str:
    """Return what is said of a packet with this in place of a time-stamp."""
    vault.add(b"one")
    vault.stamp(1, content)
    sample = make(vault)
    code, text = said(sample.path, sample.content, sample.seal)
    assert code == ALTERED
    assert "no outside timestamp" in text
    return text


def test_a_token_cut_anywhere_is_no_time_stamp(vault: Vault) -> None:
    whole = answer(RIGHT)
    assert verifier._stated(whole)[0].hex() == RIGHT
    for end in range(len(whole)):
        with pytest.raises((IndexError, ValueError)):
            verifier._stated(whole[:end])


@pytest.mark.openssl
def test_a_real_authoritys_answer_is_read_and_openssl_agrees(
    vault: Vault, make: Make, tmp_path: Path
) -> None:
    vault.add(b"one")
    digest = vault.custody[0].hash
    (tmp_path / "tsa.cnf").write_text(
        "[req]\ndistinguished_name=dn\nx509_extensions=ext\nprompt=no\n[dn]\nCN=Test TSA\n"
        "[ext]\nextendedKeyUsage=critical,timeStamping\n[tsa]\ndefault_tsa=a\n"
        "[a]\nserial=serial\ndefault_policy=1.2.3\ndigests=sha256\nsigner_digest=sha256\n"
    )
    (tmp_path / "serial").write_text("01\n")
    for words in (
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out tsa.pem",
        f"ts -query -digest {digest} -sha256 -cert -out query.tsq",
        "ts -reply -queryfile query.tsq -signer tsa.pem -inkey key.pem -out answer.tsr",
    ):
        config = [] if "-query " in words else ["-config", "tsa.cnf"]
        command = ["openssl", *words.split(), *config]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    vault.stamp(1, (tmp_path / "answer.tsr").read_bytes())
    sample = make(vault)
    _, text = said(sample.path, sample.content, sample.seal)
    [line] = [line for line in text.splitlines() if "openssl ts -verify" in line]
    (tmp_path / "timestamps").mkdir()
    for name, content in sample.parts:
        if name.startswith("timestamps/"):
            (tmp_path / name).write_bytes(content)
    command = line.partition("run: ")[2].replace("ROOT.pem", "tsa.pem").split()
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert "Verification: OK" in done.stdout + done.stderr
