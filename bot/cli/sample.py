"""``sample``: what the product makes, from the simulated marketplace, with no account."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.bootstrap.application import Application, running
from bot.cli.demo import open_demo
from bot.cli.output import PROGRAM
from bot.cli.sampling.acting import (
    capture,
    collect,
    look_through_account,
    meet_stranger,
    report,
    review,
    stamped,
)
from bot.cli.sampling.authority import MISSING, ROOT, SampleAuthority, sample_authority
from bot.cli.sampling.earlier import begin_earlier
from bot.cli.sampling.guard import guard_files
from bot.cli.sampling.past import remember_more
from bot.cli.sampling.texts import texts
from bot.cli.start import begin, finish
from bot.core.clocks import utc_now
from bot.core.text import plain
from bot.errors import UserError
from bot.features.checklists.resources import CHECKLISTS
from bot.features.reports.models.reports import Packet, Report
from bot.features.reports.service.gathering import subject_of
from bot.settings import Settings

SPEED = 4.0
"""How many times as fast as ours the sample's world runs."""
AGO = timedelta(days=9, hours=7)
"""So long ago the sample's seller came: there was time to buy from them."""
console = Console(highlight=False)


def sample(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
) -> None:
    """Write sample reports and charts into a folder.

    They come from a simulated marketplace: a case, its report and a quarterly review.
    """
    finish(_sample(begin("error"), folder))


async def _sample(settings: Settings, folder: Path) -> None:
    _require_empty(folder)
    with (
        tempfile.TemporaryDirectory(prefix="brandwarden-") as data,
        tempfile.TemporaryDirectory(prefix="brandwarden-") as keys,
    ):
        told = settings.model_copy(update={"data_dir": Path(data)})
        authority = await sample_authority(Path(keys))
        if authority is None:
            console.print(f"Skipped the timestamp. {MISSING}")
        authorities = [authority] if authority else []
        async with open_demo(told, SPEED, authorities=authorities) as application:
            async with application.app.store.transaction() as tx:
                remember_more(tx, application.app.resources[CHECKLISTS], utc_now())
            async with running(application):
                await _act(application, folder, authority)


async def _act(application: Application, folder: Path, authority: SampleAuthority | None) -> None:
    console.print("Answering this week's checklist and waiting for an unknown seller.")
    await look_through_account(application)
    case = await begin_earlier(application.app, await meet_stranger(application), AGO)
    console.print(f"{case.label}: collecting evidence.")
    if why := await capture(application, case):
        words = plain(f"Skipped the screenshot of the offer. {why}")
        console.print(words, markup=False, soft_wrap=True)
    await collect(application, case)
    console.print("Writing, confirming and sealing the report.")
    await stamped(application)
    filed, packet = await report(application, case)
    console.print("Writing the quarterly review and drawing charts.")
    contents = [
        *await _packet_files(application, packet),
        *await guard_files(application, await review(application)),
        *await _texts(application, filed),
        *([(ROOT, await authority.root())] if authority else []),
    ]
    await asyncio.to_thread(_store, folder, contents)
    archive = folder / packet.archive.name
    console.print(f"\nWrote {len(contents)} files to {folder}. Seal: {packet.seal}", soft_wrap=True)
    check = f"{PROGRAM} verify {archive} --seal {packet.seal}"
    check += f" --root {folder / ROOT}" if authority else ""
    console.print(f"To check it: {check}", soft_wrap=True)


def _require_empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        message = f"{folder} is not empty. Choose a new folder."
        raise UserError(message)


async def _packet_files(application: Application, packet: Packet) -> list[tuple[str, bytes]]:
    files = (packet.pdf, packet.archive)
    return [(file.name, await application.app.evidence.read(file.content)) for file in files]


async def _texts(application: Application, filed: Report) -> list[tuple[str, bytes]]:
    async with application.app.store.transaction() as tx:
        subject = await subject_of(application.app, tx, filed)
    return [(name, f"{text}\n".encode()) for name, text in texts(subject, utc_now().date())]


def _store(folder: Path, contents: list[tuple[str, bytes]]) -> None:
    for name, content in contents:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
