"""The command line's help: quick to start, whole at 80 columns, with examples, and forgiving."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from bot import __version__
from bot.__main__ import app
from bot.cli.lazy import LazyCommand
from bot.cli.output import PROGRAM
from tests.patience import PATIENCE
from tests.unit.cli.conftest import Cli

ROOT = Path(__file__).parents[3]
HEAVY = {"aiohttp", "apscheduler", "discord", "httpx", "slack_bolt", "tinydb"}
OURS = ("adapters.", "bot.bootstrap", "bot.features", "bot.settings", "checks")
LISTS = """
import atexit, sys
from bot.__main__ import app
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
app(sys.argv[1:])
"""


def top() -> TyperGroup:
    found = get_command(app)
    assert isinstance(found, TyperGroup)
    return found


def commands() -> Iterator[tuple[str, TyperCommand | TyperGroup]]:
    """Give every command, and those of groups, as they are typed."""
    for name, listed in top().commands.items():
        assert isinstance(listed, LazyCommand)
        command = listed.load()
        yield name, command
        for inner, part in getattr(command, "commands", {}).items():
            yield f"{name} {inner}", part


ALL = dict(commands())
GROUPS = ["", *(name for name, command in ALL.items() if isinstance(command, TyperGroup))]


def imported(*words: str) -> set[str]:
    """Return the modules that a command imports."""
    done = subprocess.run(
        [sys.executable, "-c", LISTS, *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("words", ["version", "--version", "--help", "-h", "version --help"])
def test_what_needs_nothing_imports_nothing(words: str) -> None:
    modules = imported(*words.split())
    assert "bot.cli.version" in modules
    assert {name.partition(".")[0] for name in modules} & HEAVY == set()
    assert [name for name in modules if name.startswith(OURS)] == []


def test_a_commands_help_imports_that_command_alone() -> None:
    modules = imported("verify", "--help")
    assert "bot.cli.verify" in modules
    assert "bot.cli.serving" not in modules


@pytest.mark.parametrize("listed", top().commands.values(), ids=lambda each: each.name)
def test_the_list_says_of_a_command_what_its_own_help_begins_with(listed: LazyCommand) -> None:
    own = listed.load().help or ""
    assert own.split("\n\n")[0].replace("\n", " ") == listed.help


@pytest.mark.parametrize("group", GROUPS)
def test_no_sentence_of_a_list_is_cut_at_80_columns(
    group: str, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = cli(*group.split(), "--help").stdout
    listed = shown.partition("Commands:\n")[2].split("\n\n")[0].splitlines()
    assert listed
    assert [line for line in listed if not line.endswith(".") or line.endswith("...")] == []
    assert max(len(line) for line in shown.splitlines()) <= 80


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("asked", ["-h", "--help"])
def test_every_command_explains_itself_with_an_example(name: str, asked: str, cli: Cli) -> None:
    shown = cli(*name.split(), asked)
    assert shown.exit_code == 0
    assert f"{name} [OPTIONS]" in shown.stdout
    assert f"    {PROGRAM} {name}" in shown.stdout


def test_the_version_is_an_option_too(cli: Cli) -> None:
    assert cli("--version").stdout == cli("version").stdout == f"Brandwarden {__version__}\n"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("wacth import", "No such command 'wacth'. Did you mean 'watch'?"),
        ("watch imprt", "No such command 'imprt'. Did you mean 'import'?"),
        ("doctor --jsn", "No such option: --jsn (Possible options: --json)"),
    ],
)
def test_a_slip_is_answered_by_what_was_meant(typed: str, says: str, cli: Cli) -> None:
    said = cli(*typed.split())
    assert said.exit_code == 2
    assert says in said.stderr


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("demo --speed fast", "'--speed': write a number from 0.1 to 100, like 4."),
        ("demo --speed 0", "'--speed': write a number from 0.1 to 100, like 4."),
        ("demo --speed nan", "'--speed': write a number from 0.1 to 100, like 4."),
        ("audit export --since monday", "'--since': write a date like 2026-11-23."),
        ("check B0ALDER001 --marketplace Germny", "Choose one of: US, CA, "),
    ],
)
def test_a_wrong_value_is_answered_by_what_to_write(typed: str, says: str, cli: Cli) -> None:
    said = cli(*typed.split())
    assert said.exit_code in {1, 2}
    assert says in said.stderr
