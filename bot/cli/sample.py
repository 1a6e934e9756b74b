"""``sample``: what the product makes, from the simulated marketplace, with no account."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
import typer
from rich.console import Console

from adapters.capture.drawing import draw_photo
from bot.app.collections import CASES, PIECES, REPORTS
from bot.app.reports import subject_of
from bot.cli.actors import Actor
from bot.cli.demo import open_demo
from bot.cli.house import House, running, utc_now
from bot.cli.start import begin, finish
from bot.domain.cases import Case
from bot.domain.reports.claims import Claim
from bot.domain.reports.reports import Packet, Report
from bot.domain.reports.wording import LANGUAGES, Subject
from bot.errors import UserError
from bot.settings import Settings
from bot.texts.letters import authorisation_letter, report_text
from bot.ui.forms import Answers

T = TypeVar("T")

SPEED = 4.0
"""How many times as fast as ours the sample's world runs."""
PATIENCE = 60.0
STEP = 0.1
"""Seconds: how long each part may take, and how often it is looked whether it is done."""
ORDER = "114-2718281-8284590"
console = Console(highlight=False)


def sample(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
) -> None:
    """Write a case's PDF and sealed archive, and every text, from a simulated marketplace."""
    finish(_sample(begin("error"), folder))


async def _sample(settings: Settings, folder: Path) -> None:
    _demand_empty(folder)
    with tempfile.TemporaryDirectory(prefix="brandwarden-") as data:
        told = settings.model_copy(update={"data_dir": Path(data)})
        async with open_demo(told, SPEED) as house, running(house):
            console.print("Waiting for a stranger on the simulated listing.")
            case = await _until(lambda: _case(house))
            console.print(f"{case.label}: collecting evidence.")
            await _collect(house, case)
            console.print("Drafting, confirming and sealing the report.")
            report, packet = await _report(house, case)
            await _write(house, report, packet, folder)


def _demand_empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        message = f"{folder} is not empty. Name a new folder."
        raise UserError(message)


async def _collect(house: House, case: Case) -> None:
    ben = Actor(house, "ben")
    if house.desk.tools.camera is not None:
        await ben.presses("collect", case.key, {"what": "capture"})
        await _until(lambda: house.desk.store.get(PIECES, f"{case.key}-0001"))
    today = utc_now().date()
    bought: Answers = {
        "order": ORDER,
        "ordered": (today - timedelta(days=6)).isoformat(),
        "arrived": (today - timedelta(days=2)).isoformat(),
        "observed": "The logo is printed; on the genuine product it is cast into the iron. "
        "The batch mark under the handle is missing.",
        "verified": "Compared side by side with one of our batch 7731 under a lens.",
    }
    await ben.presses("collect", case.key, {"what": "test-buy"}, bought)
    for kind, caption in (("received", "logo printed"), ("genuine", "logo cast, batch 7731")):
        photo = draw_photo(genuine=kind == "genuine")
        file = await house.front.take_in(f"{kind}.jpg", photo)
        shown: Answers = {"files": (file,), "caption": caption}
        await ben.presses("collect", case.key, {"what": kind}, shown)
    days = [(today - timedelta(days=back)).isoformat() for back in range(12)]
    sold = [
        f"112-31415{place:02d}-2653589 {day} {case.asins[0]} {9 - place % 4}"
        for place, day in enumerate(days)
    ]
    typed: Answers = {"files": (), "typed": "\n".join(sold), "none": ""}
    await ben.presses("collect", case.key, {"what": "orders"}, typed)


async def _report(house: House, case: Case) -> tuple[Report, Packet]:
    seen: Answers = {"seen": "copy", "grounds": "test-buy"}
    await Actor(house, "ben").presses("report", case.key, {"matter": "doubt"}, seen)
    [drafted] = await house.desk.store.page(REPORTS)
    await Actor(house, "ana").presses("confirm-report", drafted.key)
    return await _until(lambda: _packed(house, drafted.key))


async def _case(house: House) -> Case | None:
    """Return a case about a stranger."""
    found = await house.desk.store.page(CASES)
    return next((case for case in found if case.seller), None)


async def _packed(house: House, key: str) -> tuple[Report, Packet] | None:
    report = await house.desk.store.get(REPORTS, key)
    return (report, report.packet) if report and report.packet else None


async def _until(look: Callable[[], Awaitable[T | None]]) -> T:
    """Look again and again until there is something. Raises UserError when patience ends."""
    for _ in range(int(PATIENCE / STEP)):
        found = await look()
        if found is not None:
            return found
        await asyncio.sleep(STEP)
    message = "The sample was not made in time. Run it again with nothing else at work."
    raise UserError(message)


async def _write(house: House, report: Report, packet: Packet, folder: Path) -> None:
    contents = [
        (file.name, await house.desk.evidence.read(file.content))
        for file in (packet.pdf, packet.archive)
    ]
    async with house.desk.store.transaction() as tx:
        subject = await subject_of(house.desk, tx, report)
    contents += [(name, f"{text}\n".encode()) for name, text in _texts(subject)]
    await asyncio.to_thread(_store, folder, contents)
    archive = folder / packet.archive.name
    console.print(f"\n{len(contents)} files in {folder}. The seal: {packet.seal}", soft_wrap=True)
    console.print(f"python -m bot verify {archive} --seal {packet.seal}", soft_wrap=True)


def _texts(subject: Subject) -> Iterator[tuple[str, str]]:
    """Return every text in every language, as if the case were about that claim."""
    for language in ("en", *dict.fromkeys(LANGUAGES.values())):
        yield f"texts/{language}/letter.txt", authorisation_letter(subject, language)
        for claim in Claim:
            claimed = msgspec.structs.replace(subject, claim=claim)
            yield f"texts/{language}/{claim.value}.txt", report_text(claimed, language)


def _store(folder: Path, contents: list[tuple[str, bytes]]) -> None:
    for name, content in contents:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
