"""The sample: everything that a case and a quarter become, with no account."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from adapters.rendering.printer import DENSITY
from bot.core.languages import LANGUAGES
from bot.features.attacks.rules.table import COLUMNS
from bot.features.letters.models.buyer_messages import Situation
from bot.features.letters.models.support_requests import SupportMatter
from bot.features.reports.models.claims import Claim
from tests.files import write_script
from tests.unit.adapters.packets.reading import page_texts
from tests.unit.cli.conftest import Cli

PICTURES = {
    "attacks-and-unknown-sellers-by-week",
    "how-we-are-attacked",
    "security-score-over-time",
    "security-score-by-area",
    "unknown-sellers-to-decide-about",
    "when-brandwarden-saw-it-new-york-time",
    "who-attacks-us",
}
WIDTH = 360 * DENSITY // 72


@pytest.mark.ci
@pytest.mark.browser
@pytest.mark.openssl
def test_the_packet_has_the_picture_of_the_offers_page_and_timestamps(
    cli: Cli, tmp_path: Path
) -> None:
    folder = tmp_path / "sample"
    said = cli("sample", str(folder))
    assert said.exit_code == 0, said.output
    assert "Skipped" not in said.output
    assert _captures(folder) == ["evidence/E-1-capture.png"]
    [archive] = folder.glob("C-*.zip")
    root = folder / "test-authority-root.pem"
    verified = cli("verify", str(archive), "--root", str(root))
    assert verified.exit_code == 0, verified.output
    assert "its signature is valid and leads to CN=Test-Root" in verified.output
    pages = page_texts(archive.with_suffix(".pdf").read_bytes())
    assert "simulatedtestauthority(notarealone)" in pages[-1]
    _see_told(pages)


@pytest.mark.ci
def test_without_chromium_the_sample_has_all_else_that_comes_of_a_case_and_of_a_quarter(
    cli: Cli, tmp_path: Path, no_chromium: Path
) -> None:
    folder = tmp_path / "sample"
    said = cli("sample", str(folder))
    assert said.exit_code == 0, said.output
    assert said.output.count("Skipped the screenshot of the offer. Screenshots need Chromium") == 1
    assert "make browser" in said.output
    assert _captures(folder) == []
    [archive] = folder.glob("C-*.zip")
    seal = re.findall(r"[0-9a-f]{64}", said.output)[0]
    verified = cli("verify", str(archive), "--seal", seal)
    assert verified.exit_code == 0, verified.output
    assert "simulated" in verified.output
    # There is no openssl either.
    assert "Skipped the timestamp. The openssl command was not found." in said.output
    _see_told(page_texts(archive.with_suffix(".pdf").read_bytes()))
    _see_reviewed(folder)
    _see_analysed(folder)
    _see_written(folder)


def _see_told(pages: Sequence[str]) -> None:
    """The first page is the case, and the story is one that can have happened."""
    first, rest = pages[0], "".join(pages)
    for said in ("Counterfeitproduct", "Whatdiffers", "Receivedfromthisseller", "Howitwasverified"):
        assert said in first
    told = "Offerfirstseenon", "Testbuyordered", "Testbuyarrived", "Comparedwith"
    places = [rest.index(each) for each in told]
    assert places == sorted(places)


def _see_reviewed(folder: Path) -> None:
    [printed] = folder.glob("review-*.pdf")
    pages = page_texts(printed.read_bytes())
    assert all("SIMULATED" in page for page in pages)
    told = "".join("".join(pages).split())
    # What of the rest lies in the quarter depends on the day.
    for expected in ("A2GRAYMARKET9", "Notdone", "Whatwasnotchecked"):
        assert expected in told


def _see_analysed(folder: Path) -> None:
    drawn = {path.stem: path for path in (folder / "pictures").iterdir()}
    assert set(drawn) == PICTURES
    for path in drawn.values():
        with Image.open(path) as picture:
            assert (picture.format, picture.width) == ("PNG", WIDTH)
    table = list(csv.reader(io.StringIO((folder / "attacks.csv").read_text("utf-8"))))
    assert tuple(table[0]) == COLUMNS
    assert len(table) > 30
    told = (folder / "attacks.txt").read_text("utf-8")
    assert told.startswith("SIMULATED")
    assert re.search(r"A2GRAYMARKET9: \d+ cases, comes back \(\d+ in total, on 3 products", told)
    assert "A2GRAYMARKET9 shows up on Friday evenings" in told
    assert "Account security, week" in (folder / "checklists.txt").read_text("utf-8")


def _see_written(folder: Path) -> None:
    texts = {path.name: path for path in (folder / "texts").iterdir()}
    assert set(texts) == set(LANGUAGES)
    for language, path in texts.items():
        names = {kind.name: {each.stem for each in kind.iterdir()} for kind in path.iterdir()}
        assert names["reports"] == {"letter", *Claim}
        assert names["buyers"] == set(Situation)
        assert names.get("support", set()) == (
            set(SupportMatter) if language in {"en", "de"} else set()
        )


@pytest.mark.ci
def test_a_chromium_that_does_not_start_keeps_nothing_else_back(
    cli: Cli, tmp_path: Path, no_chromium: Path
) -> None:
    write_script(no_chromium / "chromium", "exit 1")
    folder = tmp_path / "sample"
    said = cli("sample", str(folder))
    assert said.exit_code == 0, said.output
    assert "Chromium does not start" in said.output
    assert _captures(folder) == []


def _captures(folder: Path) -> list[str]:
    """Return the names of the packet's pictures of pages."""
    [archive] = folder.glob("C-*.zip")
    with ZipFile(archive) as packet:
        return [name for name in packet.namelist() if "capture" in name]


def test_what_is_in_a_folder_is_not_overwritten(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    said = cli("sample", str(tmp_path))
    assert said.exit_code == 1
    assert "is not empty" in said.stderr
