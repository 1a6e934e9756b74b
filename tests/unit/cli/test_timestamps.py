"""Time-stamp authorities in the settings and among the tools, and their signatures in packets."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner, Result

from adapters.capture.files import FileEvidence
from adapters.capture.timestamps import Rfc3161Authority, query
from adapters.packets.archive import write_archive
from bot.__main__ import app
from bot.bootstrap.capabilities import open_resources
from bot.cli import verify
from bot.features.evidence.models.custody import CustodyAction, Stamp, follow
from bot.features.evidence.resources import AUTHORITIES
from bot.features.reports.models.packets import Bundle
from bot.settings import PREFIX, Settings
from tests.platforms.tsa import make_authority, reply

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def test_authorities_are_off_and_come_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings(_env_file=None).timestamp_authorities == ()
    given = " https://tsa.example.com/tsr, http://timestamp.example.org ,"
    monkeypatch.setenv(f"{PREFIX}TIMESTAMP_AUTHORITIES", given)
    assert Settings(_env_file=None).timestamp_authorities == (
        "https://tsa.example.com/tsr",
        "http://timestamp.example.org",
    )


def test_an_authority_on_this_machine_is_taken() -> None:
    here = ("http://127.0.0.1:8318/tsr",)
    assert Settings(timestamp_authorities=here).timestamp_authorities == here


@pytest.mark.parametrize(
    "address",
    [
        "ftp://tsa.example.com/",
        "tsa.example.com",
        "https://user:evil@tsa.example.com/",
        "https://tsa.example.com/?key=evil",
        "https://tsa.example.com/#evil",
        "https://10.0.0.1/",
        "https://169.254.169.254/evil",
        "https://2130706433/",
        "https://[::1]/",
        "https://intranet/",
        "https://evil.internal/",
        "https://printer.local/",
        "https://tsa.example.com:0/",
        "https://tsa.example.com/a b",
        "https://tsa.example.com/,http://tsa.example.com/evil",
    ],
)
def test_what_is_no_public_authority_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Settings(timestamp_authorities=tuple(address.split(",")))
    [wrong] = caught.value.errors(include_input=False)
    assert "evil" not in wrong["msg"]


async def test_the_tools_have_the_authorities_that_are_set(tmp_path: Path) -> None:
    given = ("https://tsa.example.com/tsr", "http://timestamp.example.org")
    async with open_resources(tmp_path, FileEvidence(tmp_path), "", given) as resources:
        assert all(isinstance(each, Rfc3161Authority) for each in resources[AUTHORITIES])
        names = [each.name for each in resources[AUTHORITIES]]
    assert names == ["tsa.example.com", "timestamp.example.org"]
    async with open_resources(tmp_path, FileEvidence(tmp_path), "") as resources:
        assert resources[AUTHORITIES] == ()


def packet(folder: Path, spoil: int = 0) -> Path:
    """Write a packet with one stamped entry; ``spoil`` changes the signature before it is sealed.

    The authority's certificates are in the folder.
    """
    make_authority(folder)
    entry = follow(
        None,
        case="000012",
        at=AT,
        who="Mara",
        deed=CustodyAction.SEALED,
        sha256="ab" * 32,
        detail="-",
        tool="t",
    )
    token = bytearray(reply(folder, query(bytes.fromhex(entry.hash), 1 << 62)))
    token[-1] ^= spoil
    digest = hashlib.sha256(token).hexdigest()
    (folder / digest).write_bytes(token)
    stamp = Stamp(case="000012", number=1, authority="tsa.example", token=digest, at=AT)
    bundle = Bundle(
        case="C-12",
        report="R-3",
        made_at=AT,
        simulated=True,
        statement="Text",
        items=(),
        custody=(entry,),
        stamps=(stamp,),
        tool="t",
    )
    path = folder / "packet.zip"
    write_archive(bundle, path, lambda name: folder / name)
    return path


def run(path: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["verify", str(path), *options])


@pytest.mark.openssl
def test_a_signature_is_checked_where_the_root_is_given(tmp_path: Path) -> None:
    done = run(packet(tmp_path), "--root", str(tmp_path / "root.pem"))
    assert "CHECKED timestamps/T-1-tsa-example.tsr: its signature is valid" in done.stdout
    assert "leads to CN=Test-Root" in done.stdout
    assert done.exit_code == 0


@pytest.mark.openssl
def test_without_the_root_it_says_what_to_do(tmp_path: Path) -> None:
    done = run(packet(tmp_path))
    assert "NOT CHECKED timestamps/T-1-tsa-example.tsr" in done.stdout
    assert "openssl ts -verify" in done.stdout
    assert done.exit_code == 0


@pytest.mark.openssl
def test_a_wrong_signature_is_named_though_the_packet_fits_together(tmp_path: Path) -> None:
    done = run(packet(tmp_path, spoil=1), "--root", str(tmp_path / "root.pem"))
    assert "WRONG timestamps/T-1-tsa-example.tsr: Its signature is wrong." in done.stdout
    assert done.exit_code == 1


@pytest.mark.openssl
def test_without_the_package_it_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "find_spec", lambda name: None)
    done = run(packet(tmp_path))
    assert "pip install rfc3161-client" in done.stdout
    assert done.exit_code == 0


@pytest.mark.openssl
def test_a_root_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    done = run(packet(tmp_path), "--root", str(tmp_path / "nowhere.pem"))
    assert "cannot be read as a root certificate" in " ".join(done.output.split())
    assert done.exit_code == 2
