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
from bot.cli.output import AsJson, complain, tell
from bot.cli.start import begin
from bot.core.text import plain
from checks.checklists import Examined, Gathered, examine, gather, named, shipped

app = typer.Typer(
    help="Check and list what is asked of the team again and again (docs/checklists.md).",
    no_args_is_help=True,
    rich_markup_mode=None,
)
console = Console(highlight=False)


@app.command()
def lint(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Definitions of your own, as TOML.")
    ],
    as_json: AsJson = False,
) -> None:
    """Say whether checklists of your own can be used, and what to mend.

    Exit code 1: something is wrong.
    """
    found = examine(files, CronCadences(), COMMAND_NAMES)
    if as_json:
        tell([{"file": plain(str(each.path)), "wrong": each.wrong} for each in found])
    else:
        for each in found:
            _verdict(each)
    raise typer.Exit(1 if any(each.wrong for each in found) else 0)


@app.command(name="list")
def list_(as_json: AsJson = False) -> None:
    """List the checklists in use: what is shipped, and what your own folder adds.

    Exit code 1: a file of your own had to be left out.
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
