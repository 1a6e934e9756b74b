"""Sentences for people, in the language of the interface."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from bot.core import interface
from bot.core.interface import (
    InterfaceLanguage,
    listed,
    noted,
    notes,
    phrases,
    speak,
    speaking,
    together,
    tr,
    tr_count,
    tr_noted,
)
from bot.core.labeled import Duty
from bot.core.team import Team

CHINESE = InterfaceLanguage.CHINESE


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of catalogs that stand for all others."""
    folder = tmp_path / "bot"
    folder.mkdir()
    monkeypatch.setattr(interface, "ROOT", tmp_path)
    _clear()
    return folder


@pytest.fixture(autouse=True)
def _forget() -> object:
    yield
    _clear()


def _clear() -> None:
    for known in (phrases, notes, interface._notes):
        known.cache_clear()


def test_a_sentence_is_spoken_in_the_language_of_the_block(catalog: Path) -> None:
    (catalog / "one.zh.toml").write_text('[phrases]\n"Filed by {name}." = "由 {name} 提交。"\n')
    assert tr("Filed by {name}.", name="Ana") == "Filed by Ana."
    with speak(CHINESE):
        assert tr("Filed by {name}.", name="Ana") == "由 Ana 提交。"
    assert speaking() is InterfaceLanguage.ENGLISH


def test_a_count_has_a_sentence_for_one_and_one_for_several() -> None:
    said = [tr_count(count, "{count} case", "{count} cases") for count in (0, 1, 2, 1200)]
    assert said == ["0 cases", "1 case", "2 cases", "1,200 cases"]


def test_sentences_stand_apart_as_their_language_has_it() -> None:
    assert together("One.", "", "Two.") == "One. Two."
    assert together("完成。", "Next…", "继续。") == "完成。Next… 继续。"
    assert listed("one", "", "two") == "one, two"


def test_a_label_is_said_in_the_language(catalog: Path) -> None:
    (catalog / "one.zh.toml").write_text('[phrases]\n"Lead" = "主管"\n')
    with speak(CHINESE):
        assert (Duty.LEAD.said, Duty.LEAD.label) == ("主管", "Lead")


def test_a_team_of_a_language_that_is_not_known_is_spoken_to_in_english() -> None:
    team = msgspec.convert({"language": "xx"}, Team)
    assert team.language is InterfaceLanguage.ENGLISH
    assert msgspec.to_builtins(Team(language=CHINESE))["language"] == "zh"


def test_what_is_stored_in_english_is_said_in_the_language_later(catalog: Path) -> None:
    (catalog / "one.zh.toml").write_text(
        '[phrases]\n"Under review" = "审核中"\n"May" = "5 月"\n'
        '[noted]\n"{report} is {state}." = "{report}：{state}。"\n'
        '"{who} said that {report} is {state}." = "{who} 认为 {report} {state}。"\n'
    )
    said = "{who} said that {report} is {state}."
    stored = noted(said, who="May", report="R-1", state="under review")
    assert (stored, tr_noted(stored)) == ("May said that R-1 is under review.",) * 2
    with speak(CHINESE):
        assert noted(said, who="May", report="R-1", state="under review") == stored
        assert tr_noted(stored) == "May 认为 R-1 审核中。"
        assert tr_noted("R-1 is waiting for Ana.") == "R-1：waiting for Ana。"
        assert tr_noted("Ours alone") == "Ours alone"


def test_what_no_catalog_knows_stays_english(catalog: Path) -> None:
    with speak(CHINESE):
        assert tr("Ours alone {x}") == "Ours alone {x}"


def test_a_value_with_braces_is_kept_as_it_is(catalog: Path) -> None:
    assert tr("Note: {text}", text="{name}") == "Note: {name}"


@pytest.mark.parametrize("written", ["phrases = 1", '[phrases]\n"a" = 1', "[other]"])
def test_a_catalog_that_is_not_sound_is_named(catalog: Path, written: str) -> None:
    (catalog / "one.zh.toml").write_text(written)
    with pytest.raises(ValueError, match=r"one\.zh\.toml"):
        phrases(CHINESE)


def test_two_catalogs_that_differ_are_named(catalog: Path) -> None:
    (catalog / "one.zh.toml").write_text('[phrases]\n"Done" = "完成"\n')
    (catalog / "two.zh.toml").write_text('[phrases]\n"Done" = "已完成"\n')
    with pytest.raises(ValueError, match=r"two\.zh\.toml: 'Done'"):
        phrases(CHINESE)
