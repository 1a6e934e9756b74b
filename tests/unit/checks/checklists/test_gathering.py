"""Which checklists are in use: the shipped ones, the team's own, and what is left out."""

from __future__ import annotations

from pathlib import Path

from adapters.scheduling.cadence import CronCadences
from bot.bootstrap.features import COMMAND_NAMES
from bot.features.checklists.models.definitions import Checklist
from checks.checklists import Gathered, examine, gather, shipped
from tests.unit.checks.checklists.samples import CHECKLIST, TOML, write

CADENCES = CronCadences()
SHIPPED = "account-security"


def ids(gathered: Gathered) -> list[str]:
    return [checklist.id for checklist in gathered.checklists]


def of(gathered: Gathered, id: str) -> Checklist:
    [found] = [checklist for checklist in gathered.checklists if checklist.id == id]
    return found


def test_without_a_folder_the_shipped_ones_are_in_use() -> None:
    assert gather(None, CADENCES, COMMAND_NAMES) == Gathered(shipped())


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    assert gather(tmp_path, CADENCES, COMMAND_NAMES) == Gathered(shipped())


def test_own_ones_are_added_and_stand_first(tmp_path: Path) -> None:
    write(tmp_path)
    gathered = gather(tmp_path, CADENCES, COMMAND_NAMES)
    assert gathered.checklists == (CHECKLIST, *shipped())
    assert gathered.left_out == ()


def test_an_own_one_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    write(tmp_path, TOML.replace("photo-studio", SHIPPED))
    gathered = gather(tmp_path, CADENCES, COMMAND_NAMES)
    assert of(gathered, SHIPPED).title == "The photo studio"
    assert sorted(ids(gathered)) == sorted(each.id for each in shipped())


def test_a_wrong_one_is_left_out_and_the_shipped_one_stays(tmp_path: Path) -> None:
    write(tmp_path, TOML.replace("photo-studio", SHIPPED).replace("minutes = 2", "weight = 9"))
    write(tmp_path, "nonsense", "broken.toml")
    write(tmp_path, TOML, "fine.toml")
    gathered = gather(tmp_path, CADENCES, COMMAND_NAMES)
    assert gathered.checklists == (CHECKLIST, *shipped())
    broken, wrong = gathered.left_out
    assert broken.startswith("broken.toml: it is not TOML")
    assert wrong == "own.toml: item originals: weight must be 1 to 5."


def test_of_two_with_one_id_the_first_is_taken_and_the_second_told(tmp_path: Path) -> None:
    write(tmp_path, TOML, "a.toml")
    write(tmp_path, TOML.replace("The photo studio", "Another"), "b.toml")
    gathered = gather(tmp_path, CADENCES, COMMAND_NAMES)
    assert of(gathered, "photo-studio").title == "The photo studio"
    assert gathered.left_out == (
        "b.toml: a.toml also has the id photo-studio. Change one of them.",
    )


def test_what_is_no_definition_is_not_looked_at(tmp_path: Path) -> None:
    for name in ("README.md", "own.toml~", ".own.toml.swp", ".#own.toml"):
        write(tmp_path, "nonsense", name)
    assert gather(tmp_path, CADENCES, COMMAND_NAMES).left_out == ()


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    file = write(tmp_path)
    for path, why in ((tmp_path / "none", "No such file or directory"), (file, "Not a directory")):
        gathered = gather(path, CADENCES, COMMAND_NAMES)
        assert gathered.checklists == shipped()
        assert gathered.left_out == (f"Cannot read your own checklists in {path}: {why}.",)


def test_one_file_given_twice_is_no_double(tmp_path: Path) -> None:
    path = write(tmp_path)
    assert [each.checklist for each in examine([path, path], CADENCES, COMMAND_NAMES)] == [
        CHECKLIST
    ] * 2
