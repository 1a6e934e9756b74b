"""``demo`` and ``run``: what stays up."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import signal
from typing import Annotated

import typer
from rich.console import Console

from bot.cli.demo import PEOPLE, open_demo
from bot.cli.house import House, People, open_house, page, running
from bot.cli.sources import open_source
from bot.cli.start import begin, finish
from bot.domain.people import Person, Role
from bot.errors import UserError
from bot.settings import Settings
from bot.ui.links import Links

OWNER: People = {"you": (Person("you", "You"), Role.ADMIN)}
console = Console(highlight=False)


def demo(
    speed: Annotated[
        float, typer.Option(min=0.1, max=100, help="How fast the simulated world runs.")
    ] = 1.0,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin the story anew.")] = False,
) -> None:
    """Try everything against a simulated marketplace; needs no account."""
    settings = begin("warning")
    settings = settings.model_copy(update={"data_dir": settings.data_dir / "demo"})
    if fresh:
        shutil.rmtree(settings.data_dir, ignore_errors=True)
    finish(_demo(settings, speed))


def run() -> None:
    """Watch for real, with the settings in .env."""
    finish(_run(begin()))


async def _demo(settings: Settings, speed: float) -> None:
    async with open_demo(settings, speed) as house:
        note = (
            "A simulated marketplace of the brand Alder & Finch.\n"
            "Within half a minute somebody you do not know sells on its saucepan.\n"
            "Ctrl+C stops it; make demo goes on where it was. --fresh begins anew."
        )
        await _serve(house, PEOPLE, settings.web_port, note)


async def _run(settings: Settings) -> None:
    async with open_source(settings) as source, open_house(settings, source, Links()) as house:
        note = f"Watching for {settings.brand}. Ctrl+C stops it."
        await _serve(house, OWNER, settings.web_port, note)


async def _serve(house: House, people: People, port: int, note: str) -> None:
    """Print the link, and stay until somebody stops the program."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signum, stop.set)
    async with contextlib.AsyncExitStack() as stack:
        try:
            link = await stack.enter_async_context(page(house, people, port))
        except OSError as error:
            message = (
                f"Port {port} is taken, perhaps by another Brandwarden. Stop it, or set "
                "BRANDWARDEN_WEB_PORT to another number."
            )
            raise UserError(message) from error
        await stack.enter_async_context(running(house))
        console.print(note, markup=False)
        console.print(f"\nOpen this link:\n{link}\n", markup=False, soft_wrap=True)
        await stop.wait()
        console.print("Stopping.")
