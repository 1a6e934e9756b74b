"""The sample: everything that a case becomes, with no account."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.domain.reports.claims import Claim
from tests.bot.cli.conftest import Cli


@pytest.mark.browser
def test_the_sample_has_a_pdf_a_packet_that_verifies_and_every_text(
    cli: Cli, tmp_path: Path
) -> None:
    folder = tmp_path / "sample"
    said = cli("sample", str(folder))
    assert said.exit_code == 0, said.output
    assert (folder / "C-1-R-1.pdf").read_bytes().startswith(b"%PDF-")
    seal = re.findall(r"[0-9a-f]{64}", said.output)[0]
    verified = cli("verify", str(folder / "C-1-R-1.zip"), "--seal", seal)
    assert verified.exit_code == 0, verified.output
    assert "simulated" in verified.output
    languages = {path.name for path in (folder / "texts").iterdir()}
    assert languages == {"en", "de", "es", "fr", "it", "ja"}
    for language in languages:
        names = {path.stem for path in (folder / "texts" / language).iterdir()}
        assert names == {"letter", *Claim}


def test_what_is_in_a_folder_is_not_overwritten(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    said = cli("sample", str(tmp_path))
    assert said.exit_code == 1
    assert "is not empty" in said.stderr
