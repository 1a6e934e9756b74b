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
from bot.core.clocks import utc_now
from bot.core.text import plain
from bot.core.views.lists import counted

app = group(
    "Check, back up, restore and repair the data.", "data check", "data backup backups/today"
)
console = Console(highlight=False)

LISTED = 20
"""So many of a kind are listed; the rest is counted."""

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The backup folder.")]


@app.command(epilog=examples("data check"))
def check(as_json: AsJson = False) -> None:
    """Check records and evidence.

    Changes nothing, and works while Brandwarden runs. Exit code 1: something is wrong.
    """
    settings = begin("error")
    with errors.status("Checking the data"):
        checkup = finish(check_data(settings.data_dir))
    if as_json:
        tell(checkup)
    else:
        _say(f"{_documents(checkup.documents)}, schema {checkup.schema}.")
        for name, number in checkup.documents.items():
            _say(f"  {name}: {number:,}")
        _say(f"Evidence: {counted(checkup.evidence, 'file')} in use.")
        if checkup.unnamed:
            _say(f"Evidence files missing from the custody log: {len(checkup.unnamed):,}.")
            _say("A crash can leave such files. If there was no crash, find out who added them:")
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
        _say(f"Evidence: {made.manifest.entries:,} in the log, {counted(made.copied, 'new file')}.")
        _end(made.wrong)
    raise typer.Exit(1 if made.wrong else 0)


@app.command(epilog=examples("data restore backups/today", "data restore backups/today --replace"))
def restore(
    folder: Folder,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Replace the current data, and keep it under another name."),
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
        _say("Each alert now gets a new message, even if its case number was used before.")
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
        _say(f"Kept the damaged file as {repaired.copy}.")
    _say(f"Saved {counted(repaired.saved, 'change')}.")
    if repaired.complete:
        _say("Nothing was lost.")
        return True
    await renew_epoch(store, "data repair", utc_now())
    for line in _listed(list(_lost(repaired))):
        complain(line)
    complain("The changes in these lines are lost. A backup may have them.")
    return False


def _lost(repaired: Repaired) -> Iterator[str]:
    for lost in repaired.lost:
        what = ", ".join(lost.documents) or "nothing in it is readable"
        yield f"Lost line {lost.line} ({lost.bytes:,} bytes): {what}"
    if repaired.missing:
        yield f"Lost at least {repaired.missing:,} bytes, which are missing from the file."


def _documents(by_collection: dict[str, int]) -> str:
    records = counted(sum(by_collection.values()), "record")
    return f"{records} of {counted(len(by_collection), 'kind')}"


def _end(wrong: Iterable[str]) -> None:
    found = list(wrong)
    for line in _listed(found):
        complain(line)
    if not found:
        _say("No problems found.")


def _listed(lines: list[str]) -> list[str]:
    more = len(lines) - LISTED
    return [*lines[:LISTED], f"And {more:,} more."] if more > 0 else lines


def _say(text: str) -> None:
    console.print(plain(text), markup=False, soft_wrap=True)
