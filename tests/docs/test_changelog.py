"""CHANGELOG.md names the version that the program prints."""

from __future__ import annotations

import re
import tomllib
from datetime import date

from bot import __version__
from tests.docs.pages import ROOT

TEXT = (ROOT / "CHANGELOG.md").read_text("utf-8")
RELEASES = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\S+)$", TEXT, re.MULTILINE)


def test_the_newest_release_is_what_the_program_prints() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert {RELEASES[0][0], project["version"]} == {__version__}


def test_releases_stand_newest_first_below_what_is_unreleased() -> None:
    headings = re.findall(r"^## \[([^]]+)\]", TEXT, re.MULTILINE)
    numbers = [tuple(map(int, number.split("."))) for number, _ in RELEASES]
    days = [date.fromisoformat(day) for _, day in RELEASES]
    assert headings == ["Unreleased", *(number for number, _ in RELEASES)]
    assert numbers == sorted(numbers, reverse=True)
    assert days == sorted(days, reverse=True)
