"""docs/running.md and the service that it installs agree with each other and with the program."""

from __future__ import annotations

import re
from configparser import RawConfigParser
from pathlib import Path

from bot.cli.start import DISK_FAILED, WRONG_USE
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "running.md").read_text("utf-8")


def service() -> RawConfigParser:
    """Return the unit."""
    unit = RawConfigParser()
    unit.read_string((ROOT / "deploy" / "brandwarden.service").read_text("utf-8"))
    return unit


def test_the_service_runs_the_program_where_the_page_installs_it() -> None:
    section = service()["Service"]
    folder = Path(section["WorkingDirectory"])
    assert f"git clone ADDRESS {folder}" in PAGE
    assert section["ExecStart"] == f"{folder}/.venv/bin/python -m bot run"
    assert f" {section['User']}\n" in PAGE
    assert folder.is_relative_to(section["ReadWritePaths"])


def test_the_service_starts_again_unless_a_setting_is_wrong() -> None:
    section = service()["Service"]
    assert section["Restart"] == "on-failure"
    assert section["RestartPreventExitStatus"] == str(WRONG_USE)
    assert re.findall(r"\b(\d+) means that", PAGE) == [str(WRONG_USE), str(DISK_FAILED)]
