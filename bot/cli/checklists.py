"""``checklist lint`` and ``checklist list``: the team's own definitions, and all in use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from adapters.scheduling.cadence import CronCadences
from bot.bootstrap.features import COMMAND_NAMES
from bot.cli.output import AsJson, complain, examples, group, tell
from bot.cli.start import begin
from bot.core.text import plain
from checks.checklists import Examined, Gathered, examine, gather, named, shipped

app = group(
    "Check and list your checklists.\n\ndocs/checklists.md says how to write one.",
    "checklist list",
    "checklist lint own/photos.toml",
)
console = Console(highlight=False)


@app.command(epilog=examples("checklist lint own/*.toml"))
def lint(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Your own checklists, as TOML.")
    ],
    as_json: AsJson = False,
) -> None:
    """Check your own checklists, and say what to fix.

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
        console.print(_table(gathered))
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
    instead = ", takes the place of the shipped one" if checklist.id in known else ""
    items = "1 item" if len(checklist.items) == 1 else f"{len(checklist.items)} items"
    says = f"{named(examined.path)}: fine, {items}, about {checklist.minutes} min{instead}"
    console.print(says, markup=False, soft_wrap=True)


def _table(gathered: Gathered) -> Table:
    table = Table(caption="Minutes are those of the whole list; playbooks begin with an attack.")
    table.add_column("Checklist", no_wrap=True)
    for column in ("Title", "Begins", "Items", "Min", "Owner"):
        table.add_column(column)
    for checklist in gathered.checklists:
        cells = (
            checklist.id,
            checklist.title,
            checklist.cadence or ", ".join(checklist.attacks),
            str(len(checklist.items)),
            str(checklist.minutes),
            checklist.owner.value,
        )
        # As text: brackets in a plain string would be read as markup.
        table.add_row(*(Text(plain(cell)) for cell in cells))
    return table
