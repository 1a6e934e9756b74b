"""The PDF of a dossier with three pictures, beside other ways to print it."""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from asyncio.subprocess import DEVNULL
from pathlib import Path

from adapters.rendering.pdf import gather, lay_out, print_dossier
from adapters.rendering.typesetter import TEMPLATE
from bot.features.reports.models.dossier import Dossier
from tests.bench.measure import Measure, Peer, Row, Target, alternate, row
from tests.bench.web_page import as_web_page
from tests.unit.adapters.packets.dossiers import Shelf, light

GROUP = "Packet"
PRINTED, BARE, WEASY = "PDF with 3 pictures", "typst alone", "weasyprint"
QUICKER = Target(0.12, of_ratio=True)


async def print_all(rounds: int, folder: Path) -> list[Row]:
    """Print a dossier, and the same without this program.

    Weasyprint is no dependency: it stands beside only where its command is found.
    """
    shelf = Shelf()
    dossier = light(shelf)
    bare = folder / "bare"
    bare.mkdir()
    lay_out(dossier, await gather(dossier, shelf.read, bare), bare)
    measures: dict[str, Measure] = {
        PRINTED: lambda: _timed_print(dossier, shelf),
        BARE: lambda: _timed("typst", bare),
    }
    page = bare / "page.html"
    page.write_text(as_web_page(dossier, shelf.contents), "utf-8")
    found = shutil.which("weasyprint")
    if found:
        measures[WEASY] = lambda: _timed(WEASY, bare)
    took = await alternate(rounds, measures)
    rows = [row(GROUP, PRINTED, "ms", took[PRINTED], Peer(BARE, took[BARE]))]
    if not found:
        return rows
    peer = Peer(WEASY, took[WEASY])
    return [*rows, row(GROUP, PRINTED, "ms", took[PRINTED], peer, QUICKER)]


async def _timed_print(dossier: Dossier, shelf: Shelf) -> float:
    started = time.perf_counter()
    await print_dossier(dossier, shelf.read)
    return 1000 * (time.perf_counter() - started)


async def _timed(what: str, folder: Path) -> float:
    """Return the milliseconds of a process that prints what is in the folder."""
    output = str(folder / f"{what}.pdf")
    compiling = f"import typst; typst.compile({str(folder / TEMPLATE)!r}, output={output!r})"
    commands = {
        "typst": (sys.executable, "-I", "-c", compiling),
        WEASY: (WEASY, "-q", str(folder / "page.html"), output),
    }
    started = time.perf_counter()
    await run(*commands[what])
    return 1000 * (time.perf_counter() - started)


async def run(*command: str) -> None:
    process = await asyncio.create_subprocess_exec(*command, stdout=DEVNULL)
    if await process.wait():
        message = f"{command[0]} ended with code {process.returncode}."
        raise RuntimeError(message)
