"""``watch import`` and ``watch export``: many products as a table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.progress import Progress

from bot.app.collections import WATCHES
from bot.cli.house import open_store, utc_now
from bot.cli.start import AsJson, begin, finish
from bot.domain.offers import Watch
from bot.domain.watch_table import Imported, merged, read_watches, write_watches
from bot.errors import UserError
from bot.settings import Settings

app = typer.Typer(help="Bring many products in or out as a table.", no_args_is_help=True)

LARGEST = 20_000_000
"""Bytes of a table; a hundred thousand products need a tenth of it."""
AT_ONCE = 200
"""Watches written in one transaction."""
SHOWN = 20
"""Wrong lines that are printed; the rest is counted."""

errors = Console(stderr=True, highlight=False)


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV file; its first line names the columns.")],
    as_json: AsJson = False,
) -> None:
    """Watch the products of a table. Wrong lines are reported, the rest is taken.

    Exit code 1: some lines were wrong.
    """
    settings = begin("error")
    imported = finish(_import(settings, file))
    if as_json:
        report = {"imported": len(imported.watches), "problems": imported.problems}
        print(msgspec.json.encode(report).decode())
    else:
        for problem in imported.problems[:SHOWN]:
            errors.print(f"line {problem.line}: {problem.why}", style="yellow", markup=False)
        if len(imported.problems) > SHOWN:
            errors.print(f"and {len(imported.problems) - SHOWN} more wrong lines", style="yellow")
        print(
            f"{len(imported.watches)} products are watched; {len(imported.problems)} lines wrong."
        )
    raise typer.Exit(1 if imported.problems else 0)


@app.command()
def export(as_json: AsJson = False) -> None:
    """Print the watched products as a table."""
    watches = finish(_export(begin("error")))
    if as_json:
        print(msgspec.json.encode(watches).decode())
    else:
        sys.stdout.write(write_watches(watches))


async def _import(settings: Settings, file: Path) -> Imported:
    text = _read(file)
    imported = read_watches(text, settings.home, utc_now(), "import")
    async with open_store(settings, simulated=settings.snapshots is not None) as store:
        with Progress(console=errors, transient=True) as progress:
            task = progress.add_task("Importing", total=len(imported.watches))
            for start in range(0, len(imported.watches), AT_ONCE):
                several = imported.watches[start : start + AT_ONCE]
                async with store.transaction() as tx:
                    for watch in several:
                        tx.put(WATCHES, merged(await tx.get(WATCHES, watch.key), watch))
                progress.advance(task, len(several))
    return imported


def _read(file: Path) -> str:
    if not file.is_file():
        message = f"There is no file {file}."
        raise UserError(message)
    if file.stat().st_size > LARGEST:
        message = f"{file} is larger than {LARGEST // 1_000_000} MB. Split it."
        raise UserError(message)
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        message = f"{file} is not UTF-8 text. Save it as 'CSV UTF-8'."
        raise UserError(message) from None


async def _export(settings: Settings) -> list[Watch]:
    watches: list[Watch] = []
    after = ""
    async with open_store(settings, simulated=settings.snapshots is not None) as store:
        while found := await store.page(WATCHES, after=after, limit=AT_ONCE):
            watches += found
            after = found[-1].key
    return watches
