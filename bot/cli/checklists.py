"""``checklist lint`` and ``checklist list``: the team's own definitions, and all in use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from adapters.scheduling.cadence import CronCadences
from bot.bootstrap.features import COMMAND_NAMES
from bot.cli.output import AsJson, complain, examples, group, tell
from bot.cli.start import begin
from bot.core.cadences import in_words
from bot.core.labeled import AttackKind
from bot.core.text import plain
from bot.core.views.lists import counted
from bot.features.checklists.models.definitions import Checklist
from checks.checklists import Examined, examine, gather, named, shipped

app = group(
    "Check and list your checklists.\n\nTo write one, see docs/checklists.md.",
    "checklist list",
    "checklist lint own/photos.toml",
)
console = Console(highlight=False)


@app.command(epilog=examples("checklist lint own/*.toml"))
def lint(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Your own checklists, as TOML files.")
    ],
    as_json: AsJson = False,
) -> None:
    """Check your own checklists and show what to fix.

    Exit code 1: a file cannot be used.
    """
    found = examine(files, CronCadences(), COMMAND_NAMES)
    if as_json:
        tell([{"file": plain(str(each.path)), "wrong": each.wrong} for each in found])
    else:
        for each in found:
            _verdict(each)
    raise typer.Exit(1 if any(each.wrong for each in found) else 0)


@app.command(name="list", epilog=examples("checklist list"))
def list_(as_json: AsJson = False) -> None:
    """List the checklists in use.

    These are the shipped ones and those in your own folder. Exit code 1: one of your files cannot
    be used.
    """
    gathered = gather(begin("error").checklists, CronCadences(), COMMAND_NAMES)
    if as_json:
        tell(gathered)
    else:
        for checklist in gathered.checklists:
            _show(checklist)
        for why in gathered.left_out:
            complain(why)
    raise typer.Exit(1 if gathered.left_out else 0)


def _verdict(examined: Examined) -> None:
    for wrong in examined.wrong:
        complain(wrong)
    checklist = examined.checklist
    if checklist is None:
        return
    known = {each.id for each in shipped()}
    instead = ". It replaces the shipped one" if checklist.id in known else ""
    _say(f"{named(examined.path)}: fine. {_size(checklist)}{instead}.")


def _show(checklist: Checklist) -> None:
    _say(f"{checklist.id}: {checklist.title}")
    _say(f"    {_begins(checklist)}")
    _say(f"    {_size(checklist)}. Owner: {checklist.owner.label}")


def _begins(checklist: Checklist) -> str:
    if checklist.cadence:
        words = in_words(checklist.cadence)
        return words[:1].upper() + words[1:]
    return f"On attack: {', '.join(AttackKind(kind).label for kind in checklist.attacks)}"


def _size(checklist: Checklist) -> str:
    return f"{counted(len(checklist.items), 'item')}, about {checklist.minutes} min"


def _say(text: str) -> None:
    console.print(plain(text), markup=False, soft_wrap=True)
