"""docs/checklists.md: its example can be used, and its lists are the program's."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.scheduling.cadence import CronCadences
from bot.bootstrap.features import COMMAND_NAMES
from bot.core.labeled import AttackKind, Duty
from bot.features.checklists.models.definitions import Area, Checklist, Item, ProofKind
from bot.settings import PREFIX
from checks.checklists import lint, read

PAGE = (Path(__file__).parents[2] / "docs" / "checklists.md").read_text("utf-8")
CADENCES = CronCadences()
WEDNESDAY = datetime(2026, 9, 30, 12, tzinfo=UTC)


def test_the_example_lints_clean(tmp_path: Path) -> None:
    [example] = re.findall(r"```toml\n(.+?)```", PAGE, re.DOTALL)
    file = tmp_path / "photo-studio.toml"
    file.write_text(example, "utf-8")
    checklist = read(file)
    assert lint(checklist, CADENCES, COMMAND_NAMES) == []
    assert checklist.id == file.stem


def test_every_key_is_explained() -> None:
    explained = set(re.findall(r"^\| `([a-z]+)` \|", PAGE, re.MULTILINE)) | {"cadence", "attacks"}
    assert {*Checklist.__struct_fields__, *Item.__struct_fields__} - {"items"} <= explained


def test_what_may_be_chosen_is_listed_whole() -> None:
    assert ", ".join(Area) in PAGE
    assert ", ".join(Duty) in PAGE
    assert ", ".join(AttackKind) in " ".join(PAGE.split())
    for kind in ProofKind:
        assert kind is ProofKind.NONE or f"`{kind}`" in PAGE


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("0 9 * * mon", "2026-10-05"),
        ("0 9 1-7 * tue", "2026-10-06"),
        ("0 9 8-14 1,4,7,10 tue", "2026-10-13"),
        ("0 9 1 6 *", "2027-06-01"),
        ("0 9 last * *", "2026-10-31"),
    ],
)
def test_cadences_come_when_the_page_says(words: str, day: str) -> None:
    assert f"| `{words}` |" in PAGE
    assert CADENCES.following(words, "UTC", WEDNESDAY).date().isoformat() == day


def test_the_setting_is_named() -> None:
    assert f"`{PREFIX}CHECKLISTS`" in PAGE
