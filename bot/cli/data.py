"""``data``: check, back up, restore and repair what is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from adapters.storage.repair import Repaired
from adapters.storage.repair import repair as mend
from adapters.storage.tinydb import FILE
from bot.bootstrap.application import STORE
from bot.cli.backups import back_up, renew_epoch
from bot.cli.backups import restore as bring_back
from bot.cli.checkup import check_data
from bot.cli.output import AsJson, complain, errors, examples, group, tell
from bot.cli.start import begin, finish
from bot.core.text import plain
from bot.core.wall_clock import utc_now

app = group(
    "Check, back up, restore and repair the data.", "data check", "data backup backups/today"
)
console = Console(highlight=False)

LISTED = 20
"""So many of a kind are listed; the rest is counted."""

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the backup.")]


@app.command(epilog=examples("data check"))
def check(as_json: AsJson = False) -> None:
    """Check records and evidence.

    Changes nothing, and works while Brandwarden runs. Exit code 1: something is wrong.
    """
    settings = begin("error")
    with errors.status("Looking through the data"):
        checkup = finish(check_data(settings.data_dir))
    if as_json:
        tell(checkup)
    else:
        _say(f"{_documents(checkup.documents)}, schema {checkup.schema}.")
        for name, number in checkup.documents.items():
            _say(f"  {name}: {number:,}")
        _say(f"Evidence: {checkup.evidence:,} files that documents name.")
        if checkup.unnamed:
            _say(f"Files that the custody log does not name: {len(checkup.unnamed):,}.")
            _say("A crash leaves such a file. If there was none, find out who put it there:")
            for name in checkup.unnamed[:LISTED]:
                _say(f"  {name}")
        _end(checkup.wrong)
    raise typer.Exit(1 if checkup.wrong else 0)


@app.command(epilog=examples("data backup backups/today"))
def backup(folder: Folder, as_json: AsJson = False) -> None:
    """Copy the data into a folder.

    Works while Brandwarden runs. A second backup into the same folder adds only what is new.

    Exit code 1: the backup is made, but something in the data is wrong.
    """
    settings = begin("error")
    with errors.status("Copying the data"):
        made = finish(back_up(settings.data_dir, folder, utc_now()))
    if as_json:
        tell(made)
    else:
        _say(f"Backed up to {folder}: {_documents(made.manifest.documents)}.")
        _say(f"Evidence: {made.manifest.entries:,} entries. New files: {made.copied:,}.")
        _end(made.wrong)
    raise typer.Exit(1 if made.wrong else 0)


@app.command(epilog=examples("data restore backups/today", "data restore backups/today --replace"))
def restore(
    folder: Folder,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Replace the current data. It is kept under another name."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring back a backup.

    Stop Brandwarden first. Exit code 1: the backup could not be restored, or something in it is
    wrong.
    """
    settings = begin("error")
    with errors.status("Restoring the data"):
        checkup = finish(bring_back(folder, settings.data_dir, utc_now(), replace=replace))
    if as_json:
        tell(checkup)
    else:
        _say(f"Restored to {settings.data_dir}: {_documents(checkup.documents)}.")
        _say("New alerts are posted as new messages, also where numbers repeat.")
        _end(checkup.wrong)
    raise typer.Exit(1 if checkup.wrong else 0)


@app.command(epilog=examples("data repair"))
def repair() -> None:
    """Save what can be read of a damaged store.

    Stop Brandwarden first. Exit code 1: something is lost.
    """
    settings = begin("error")
    raise typer.Exit(0 if finish(_repair(settings.data_dir / STORE)) else 1)


async def _repair(store: Path) -> bool:
    """Repair and say what came of it; tell whether nothing is lost."""
    repaired = mend(store / FILE)
    if repaired.copy is not None:
        _say(f"The damaged file is kept as {repaired.copy}.")
    _say(f"Saved: {repaired.saved:,} changes.")
    if repaired.complete:
        _say("Nothing is lost.")
        return True
    await renew_epoch(store, "data repair", utc_now())
    for line in _listed(list(_lost(repaired))):
        complain(line)
    complain("What these changed is as it was before them. A backup may have more.")
    return False


def _lost(repaired: Repaired) -> Iterator[str]:
    for lost in repaired.lost:
        what = ", ".join(lost.documents) or "nothing in it can be read"
        yield f"Lost line {lost.line} ({lost.bytes:,} bytes): {what}"
    if repaired.missing:
        yield f"Lost at least {repaired.missing:,} bytes that are not in the file."


def _documents(by_collection: dict[str, int]) -> str:
    return f"{sum(by_collection.values()):,} documents in {len(by_collection)} collections"


def _end(wrong: Iterable[str]) -> None:
    found = list(wrong)
    for line in _listed(found):
        complain(line)
    if not found:
        _say("Everything is in order.")


def _listed(lines: list[str]) -> list[str]:
    more = len(lines) - LISTED
    return [*lines[:LISTED], f"And {more:,} more."] if more > 0 else lines


def _say(text: str) -> None:
    console.print(plain(text), markup=False, soft_wrap=True)
