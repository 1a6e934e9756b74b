"""``watch import`` and ``watch export``: many products as a table; and those of the account."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from bot.cli.control import (
    ADD_WATCHES,
    AT_ONCE,
    IMPORT,
    Table,
    WatchesChanged,
    all_watches,
    control,
)
from bot.cli.from_account import EXAMPLES, from_account
from bot.cli.output import AsJson, errors, examples, group, tell, tell_table
from bot.cli.start import begin, finish
from bot.core.clocks import utc_now
from bot.core.listing import Watch
from bot.core.text import one_line, plain
from bot.core.views.lists import counted
from bot.core.when import rough
from bot.errors import UserError
from bot.features.watchlist.rules.columns import COLUMNS
from bot.features.watchlist.rules.table import (
    Imported,
    read_watches,
    without_taken,
    write_watches,
)
from bot.settings import Settings
from checks.planner import documented_rounds
from checks.timing import USUAL_PERIOD

app = group(
    "Watch products of your account or of a table.",
    "watch import products.csv",
    "watch export > products.csv",
)
app.command(name="from-account", epilog=EXAMPLES)(from_account)

LARGEST = 20_000_000
"""Bytes of a table; a hundred thousand products need a tenth of it."""
SHOWN = 20
"""Wrong lines that are printed; the rest is counted."""
LONGEST_LIST = 500
"""Characters of a list of columns."""
LONGEST_NAME = 40
"""Characters of the name of one."""


@app.command(
    name="import",
    epilog=f"Columns: {', '.join(COLUMNS)}. Only asin is required. An empty cell keeps the "
    "stored value. Amazon's listing report and other column names also work.\n\n"
    + examples("watch import products.csv"),
)
def import_(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="A CSV file with column names in the first line."),
    ],
    as_json: AsJson = False,
) -> None:
    """Watch the products in a table.

    Lines that cannot be used are reported; all others are imported. Works while Brandwarden runs.

    Exit code 1: some lines could not be used.
    """
    imported, changed = finish(_import(begin("error"), file))
    if as_json:
        tell(
            {
                "imported": len(imported.watches),
                "new": changed.new,
                "updated": changed.updated,
                "problems": imported.problems,
                "left_out": imported.left_out,
                "ignored": imported.ignored,
                "renamed": imported.renamed,
            }
        )
    else:
        _report(imported, changed)
    raise typer.Exit(1 if imported.problems else 0)


@app.command(epilog=examples("watch export > products.csv"))
def export(as_json: AsJson = False) -> None:
    """Print the watched products as a table that you can import.

    Works while Brandwarden runs.
    """
    watches = finish(_export(begin("error")))
    if as_json:
        tell(watches)
    else:
        tell_table(write_watches(watches))


def _report(imported: Imported, changed: WatchesChanged) -> None:
    for problem in imported.problems[:SHOWN]:
        column = f" ({one_line(problem.column, LONGEST_NAME)})" if problem.column else ""
        _warn(f"Line {problem.line}{column}: {problem.why}")
    if imported.left_out > SHOWN:
        _warn(f"And {imported.left_out - SHOWN:,} more lines like these; --json lists more.")
    if imported.ignored:
        _warn(f"Ignored columns: {one_line(', '.join(imported.ignored), LONGEST_LIST)}")
    if imported.renamed:
        _warn(f"Columns read: {one_line(', '.join(imported.renamed), LONGEST_LIST)}")
    same = len(imported.watches) - changed.new - changed.updated
    counts = [f"{changed.new:,} new", f"{changed.updated:,} updated"]
    counts += [f"{same:,} unchanged"] if same else []
    typer.echo(f"Imported {counted(len(imported.watches), 'product')}: {', '.join(counts)}.")
    if imported.left_out:
        typer.echo(f"{counted(imported.left_out, 'line')} not imported: see above.")


def _warn(text: str) -> None:
    errors.print(plain(text), style="yellow", markup=False, soft_wrap=True)


async def _import(settings: Settings, file: Path) -> tuple[Imported, WatchesChanged]:
    imported = read_watches(_read(file), settings.home, utc_now(), IMPORT)
    changed = WatchesChanged(0, 0)
    async with control(settings) as application:
        known = {watch.key: watch for watch in await all_watches(application)}
        imported = without_taken(imported, known.values())
        _foretell([*(known | {watch.key: watch for watch in imported.watches}).values()], settings)
        hidden = not errors.is_terminal
        with Progress(console=errors, transient=True, disable=hidden) as progress:
            task = progress.add_task("Importing", total=len(imported.watches))
            for start in range(0, len(imported.watches), AT_ONCE):
                several = imported.watches[start : start + AT_ONCE]
                added = await application.ask(ADD_WATCHES, Table(write_watches(several)))
                changed = WatchesChanged(changed.new + added.new, changed.updated + added.updated)
                progress.advance(task, len(several))
    return imported, changed


def _read(file: Path) -> str:
    """Read a text file as spreadsheets save it.

    Raises:
        UserError: it is none, or too large.
        OSError: it cannot be read.
    """
    if not file.is_file():
        message = f"There is no file {file}. Check its name and folder."
        raise UserError(message)
    if file.stat().st_size > LARGEST:
        message = f"{file} is larger than {LARGEST // 1_000_000} MB. Split it into smaller files."
        raise UserError(message)
    content = file.read_bytes()
    # Excel's 'Unicode Text' is UTF-16 and begins with such a mark.
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    message = f"{file} is not UTF-8 text. In your spreadsheet, save it as 'CSV UTF-8'."
    if not wide and b"\0" in content:
        # UTF-16 without such a mark, which UTF-8 takes for letters with zeros between them.
        raise UserError(message)
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(message) from None


async def _export(settings: Settings) -> list[Watch]:
    async with control(settings) as application:
        return await all_watches(application)


def _foretell(watches: list[Watch], settings: Settings) -> None:
    """Say before an import where Amazon's quotas will not let each product be seen in time."""
    wanted = settings.check_every or USUAL_PERIOD
    for (region, own), took in documented_rounds(watches).items():
        if took <= wanted:
            continue
        instead = f", not every {rough(wanted)}" if settings.check_every else ""
        how = "with your own SKU" if own else "without your own SKU"
        advice = "" if own else " Add your own SKUs (column sku) to check five times faster."
        _warn(
            f"Amazon's quota allows checking each product {how} in region {region} about every "
            f"{rough(took)}{instead}.{advice}"
        )
