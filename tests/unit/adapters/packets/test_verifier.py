"""The verifier: an untouched packet is fine, whatever was done to another is named."""

from __future__ import annotations

import ast
import json
import os
import random
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapters.packets import verifier
from adapters.packets.verifier import ALTERED, FINE, UNREADABLE
from bot.__main__ import app
from tests.unit.adapters.packets.conftest import (
    Make,
    Sample,
    Vault,
    said,
    zipped,
)
from tests.unit.adapters.packets.mutations import MUTATIONS, listed_as_they_are

NEVER_TRUE = "A matching hash shows that nothing has changed since, not that the content is true."
ROUNDS = 1000


def test_an_untouched_packet_with_its_seal(sample: Sample) -> None:
    code, text = said(sample.path, sample.content, f" {sample.seal.upper()}\n")
    assert code == FINE
    assert text.startswith("Packet of case C-12, report R-3, made 2026-11-23T10:00:00+00:00 by")
    assert "The facts in this packet come from a simulated marketplace." in text
    assert f"Seal: {sample.seal}" in text
    assert "UNCHANGED: the seal matches the one you gave." in text
    assert text.endswith(NEVER_TRUE)


def test_without_a_seal_it_says_what_cannot_be_told(vault: Vault, make: Make) -> None:
    vault.add(b"one")
    sample = make(vault)
    code, text = said(sample.path, sample.content)
    assert code == FINE
    assert "UNCHANGED" not in text
    assert "rebuilt from scratch looks the same as the original" in text
    assert "It has no outside timestamp" in text
    assert text.endswith(NEVER_TRUE)


def test_another_packets_seal(sample: Sample) -> None:
    code, text = said(sample.path, sample.content, "ab" * 32)
    assert code == ALTERED
    assert "CHANGED seal" in text
    assert "ALTERED" in text


def test_a_packet_that_was_remade_as_a_whole_is_told_by_the_seal_alone(
    sample: Sample, vault: Vault
) -> None:
    vault.custody[-1:] = []
    vault.stamps.clear()
    vault.add(b"invented")
    vault.pack(sample.path)
    remade = sample.path.read_bytes()
    code, text = said(sample.path, remade)
    assert (code, "looks the same as the original" in text) == (FINE, True)
    assert said(sample.path, remade, sample.seal)[0] == ALTERED


@pytest.mark.ci
def test_a_thousand_random_mutations_are_all_told_and_named(sample: Sample) -> None:
    dice = random.Random(4)
    for number in range(ROUNDS):
        mutation = MUTATIONS[number % len(MUTATIONS)]
        content, names = mutation(dice, sample)
        where = (number, mutation.__name__)
        assert content != sample.content, where
        code, text = said(sample.path, content, sample.seal)
        assert code in (ALTERED, UNREADABLE), where
        assert "UNCHANGED" not in text, where
        assert [name for name in names if name not in text] == [], (*where, text)


def test_every_single_byte_counts_even_without_a_seal(vault: Vault, make: Make) -> None:
    vault.add(b"one")
    sample = make(vault)
    first = sample.content.index(b"verify.py")  # in the manifest; the source comes much later
    directory = struct.unpack_from("<L", sample.content, len(sample.content) - 6)[0]
    places = [*range(0, first, 5), *range(directory, len(sample.content))]
    for place in places:
        changed = bytearray(sample.content)
        changed[place] ^= 0x20
        assert said(sample.path, bytes(changed))[0] != FINE, place


def bare(sample: Sample, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the packet's own verifier in a Python without anything else."""
    script = sample.path.with_name("verify.py")
    script.write_bytes(dict(sample.parts)["verify.py"])
    code = (
        "import runpy, sys\n"
        "sys.argv = sys.argv[1:]\n"
        "try:\n"
        "    runpy.run_path(sys.argv[0], run_name='__main__')\n"
        "finally:\n"
        "    known = {'socket', '_socket', 'ssl', 'http', 'urllib.request', 'subprocess', 'site'}\n"
        "    assert not known & set(sys.modules), known & set(sys.modules)\n"
    )
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, str(script), *words],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONIOENCODING": "ascii", "PATH": os.defpath},
    )


def test_a_bare_python_without_a_network_verifies_it(sample: Sample) -> None:
    done = bare(sample, str(sample.path), "--seal", sample.seal)
    assert (done.returncode, done.stderr) == (FINE, "")
    assert "UNCHANGED" in done.stdout
    sample.path.write_bytes(sample.content.replace(b"photo 1", b"photo 7", 1))
    done = bare(sample, str(sample.path), "--seal", sample.seal)
    assert (done.returncode, done.stderr) == (ALTERED, "")
    assert "CHANGED evidence/E-3-received.png" in done.stdout
    assert bare(sample, str(sample.path.with_name("none.zip"))).returncode == UNREADABLE


def test_the_verifier_is_one_file_of_old_python_and_its_library() -> None:
    source = Path(verifier.__file__).read_text()
    tree = ast.parse(source, feature_version=(3, 8))
    names = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name) or ""
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [(b"", FINE, "UNCHANGED"), (b"x", ALTERED, "CHANGED report.txt"), (None, UNREADABLE, "CANNOT")],
)
def test_the_command(sample: Sample, change: bytes | None, code: int, words: str) -> None:
    parts = [(name, data + (change or b"") * (name == "report.txt")) for name, data in sample.parts]
    sample.path.write_bytes(b"no packet" if change is None else zipped(parts))
    result = CliRunner().invoke(app, ["verify", str(sample.path), "--seal", sample.seal])
    assert result.exit_code == code
    assert words in result.stdout


def test_what_is_no_seal_is_said(sample: Sample) -> None:
    code, text = said(sample.path, sample.content, "not a hash")
    assert (code, "64 hexadecimal digits" in text) == (UNREADABLE, True)


def test_evidence_that_is_not_in_the_packet_is_told(vault: Vault, make: Make) -> None:
    vault.add(b"one", "first")
    vault.add(b"two", "second")
    vault.add(b"three", "third")
    vault.delete(1)
    vault.pieces.pop()
    sample = make(vault)
    code, text = said(sample.path, sample.content, sample.seal)
    assert code == FINE
    assert "Deleted: E-1 was deleted (custody entry 4, Mara (U1), 2026-11-23" in text
    assert "Not in this packet: E-3 third (custody entry 3)." in text
    assert "E-2" not in text


def test_evidence_without_a_custody_entry_is_named(sample: Sample) -> None:
    name, content = sample.parts[3]
    parts = [*sample.parts[:3], (name, content + b"!"), *sample.parts[4:]]
    code, text = said(sample.path, zipped(listed_as_they_are(parts)))
    assert code == ALTERED
    assert f"MISSING {name}: no custody entry says where it comes from." in text
    assert "CHANGED" not in text


def test_it_says_where_the_log_of_all_evidence_stood(sample: Sample) -> None:
    head = "ab" * 32
    data = json.loads(sample.parts[0][1]) | {"vault_entries": 7, "vault_head": head}
    code, text = said(sample.path, zipped([_listing(data), *sample.parts[1:]]))
    assert code == FINE
    assert f"When it was made, the log of all evidence ended with entry 7, {head}." in text


def test_a_packet_of_an_earlier_version_is_read_too(sample: Sample) -> None:
    data = json.loads(sample.parts[0][1])
    del data["vault_entries"], data["vault_head"]
    code, text = said(sample.path, zipped([_listing(data), *sample.parts[1:]]))
    assert code == FINE
    assert "log of all evidence" not in text


def _listing(data: object) -> tuple[str, bytes]:
    written = json.dumps(data, sort_keys=True, indent=1, ensure_ascii=False)
    return "manifest.json", written.encode() + b"\n"
