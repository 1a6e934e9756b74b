"""``checklist lint`` and ``checklist list``, the setting behind them, and what else reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal

from adapters.simulator import Marketplace
from bot.bootstrap.application import Application, open_application
from bot.bootstrap.sources import open_source
from bot.cli.output import PROGRAM
from bot.core.links import Links
from bot.features.checklists.resources import CHECKLISTS
from bot.settings import PREFIX, Settings
from checks.checklists import shipped
from tests.unit.checks.checklists.samples import CHECKLIST, TOML, write
from tests.unit.cli.conftest import Cli, use

WRONG = TOML.replace("minutes = 2", "weight = 9\nlink = 'https://example.org/'", 1).replace(
    'link = "https://sellercentral.amazon.com/gp/help/external/901"\n', ""
)


@pytest.fixture
def own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of own checklists that the settings name."""
    own = folder / "own"
    own.mkdir()
    use(monkeypatch, checklists=str(own))
    return own


def test_a_file_that_is_fine(cli: Cli, folder: Path) -> None:
    said = cli("checklist", "lint", write(folder))
    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout == "own.toml: fine. 1 item, about 2 min.\n"


def test_one_that_takes_the_place_of_a_shipped_one_says_so(cli: Cli, folder: Path) -> None:
    said = cli("checklist", "lint", write(folder, TOML.replace("photo-studio", "training")))
    assert said.stdout.endswith("about 2 min. It replaces the shipped one.\n")


def test_everything_that_is_wrong_is_told_in_a_sentence_each(cli: Cli, folder: Path) -> None:
    said = cli("checklist", "lint", write(folder, WRONG), write(folder, "x", "a.toml"), "none.toml")
    assert (said.exit_code, said.stdout) == (1, "")
    weight, link, broken, missing = said.stderr.splitlines()
    assert weight == "own.toml: item originals: weight must be 1 to 5."
    assert link.startswith("own.toml: item originals: link must be an Amazon page")
    assert broken.startswith("a.toml: it is not TOML")
    assert missing == "none.toml: there is no such file. Check its name and folder."


EVERYTHING_WRONG = """
id = "Photo"
titel = "x"
area = "nowhere"
why = 5
section = "bad"
owner = "lead"
cadence = "0 9 * *"

[[items]]
id = "a"
title = "T"
weight = "heavy"
minutes = 99

[[items]]
title = "T"
why = "W"
link = "https://example.org"
"""


def test_all_that_is_wrong_in_a_file_is_told_at_once(cli: Cli, folder: Path) -> None:
    said = cli("checklist", "lint", write(folder, EVERYTHING_WRONG, "a.toml"))
    assert [line.removeprefix("a.toml: ")[:32] for line in said.stderr.splitlines()] == [
        each[:32]
        for each in (
            "'titel' is unknown. Did you mean",
            "area is 'nowhere', which is unkn",
            "why has the wrong type. It must be",
            "item a: weight has the wrong type",
            "item a: why is missing. Add it.",
            "item 2: id is missing. Add it.",
            "title is missing. Add it.",
            "id must have lowercase letters, digits ",
            "there is no section 'bad'. Use a",
            "cadence: '0 9 * *' must have fiv",
            "item a: minutes must be 0 (a glan",
            "item item-2: link must be an Amazon",
        )
    ]


def test_several_files_are_told_apart_and_may_not_share_an_id(cli: Cli, folder: Path) -> None:
    said = cli("checklist", "lint", write(folder), write(folder, name="again.toml"))
    assert said.exit_code == 1
    assert said.stdout == "own.toml: fine. 1 item, about 2 min.\n"
    assert said.stderr.startswith("again.toml: own.toml also has the id photo-studio.")


def test_lint_for_machines(cli: Cli, folder: Path) -> None:
    said = cli("checklist", "lint", write(folder), write(folder, "x", "a.toml"), "--json")
    fine, wrong = json.loads(said.stdout)
    assert (said.exit_code, said.stderr) == (1, "")
    assert fine == {"file": str(folder / "own.toml"), "wrong": []}
    assert wrong["wrong"][0].startswith("a.toml: it is not TOML")


def test_the_shipped_ones_are_listed_with_their_whole_names(cli: Cli) -> None:
    said = cli("checklist", "list")
    assert said.exit_code == 0
    for checklist in shipped():
        assert f"{checklist.id}: {checklist.title}\n" in said.stdout
    assert "    Second Tuesday of January, April, July and October at 9:00\n" in said.stdout
    assert "    On attack: " in said.stdout
    assert not [line for line in said.stdout.splitlines() if len(line) > 80]


def test_own_ones_are_listed_and_what_is_wrong_is_told(cli: Cli, own: Path) -> None:
    write(own)
    write(own, WRONG, "wrong.toml")
    said = cli("checklist", "list")
    assert said.exit_code == 1
    assert "photo-studio: " in said.stdout
    assert "wrong.toml: item originals: weight must be 1 to 5." in said.stderr


def test_the_list_for_machines(cli: Cli, own: Path) -> None:
    write(own)
    said = cli("checklist", "list", "--json")
    told = json.loads(said.stdout)
    assert (said.exit_code, told["left_out"]) == (0, [])
    assert [each["id"] for each in told["checklists"]] == [
        "photo-studio",
        *(checklist.id for checklist in shipped()),
    ]


def doctors(cli: Cli) -> tuple[str, str]:
    found = json.loads(cli("doctor", "--json").stdout)
    [each] = [each for each in found if each["name"] == f"{PREFIX}CHECKLISTS"]
    return each["state"], each["says"]


def test_the_doctor_counts_them(cli: Cli, own: Path) -> None:
    write(own)
    assert doctors(cli) == ("fine", f"{len(shipped()) + 1} checklists and playbooks")


def test_the_doctor_names_what_is_left_out(cli: Cli, own: Path) -> None:
    write(own, WRONG)
    state, says = doctors(cli)
    assert state == "wrong"
    assert says == (
        f"own.toml: item originals: weight must be 1 to 5. "
        f"And 1 more. To see all: {PROGRAM} checklist list"
    )


def test_the_doctor_knows_a_folder_that_is_not_there(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, checklists="nowhere")
    assert doctors(cli) == (
        "wrong",
        "Cannot read your own checklists in nowhere: No such file or directory.",
    )


async def open_and_close() -> Application:
    settings = Settings()
    async with (
        open_source(settings) as source,
        open_application(settings, source, Links(), {}) as application,
    ):
        return application


def test_a_wrong_one_stops_nothing_and_the_log_says_so(
    own: Path, market: Marketplace, portal: BlockingPortal, capsys: pytest.CaptureFixture[str]
) -> None:
    write(own)
    write(own, WRONG, "wrong.toml")
    application = portal.call(open_and_close)
    asked = application.app.resources[CHECKLISTS]
    assert list(asked) == [CHECKLIST, *shipped()]
    told = "".join(capsys.readouterr())
    assert "checklist left out" in told
    assert "wrong.toml: item originals: weight must be 1 to 5." in told
