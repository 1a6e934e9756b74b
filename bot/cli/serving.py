"""``demo`` and ``run``: what stays up."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Annotated

import typer
from rich.console import Console

from bot.bootstrap.application import WEB, Application, People, open_application, page, running
from bot.bootstrap.chats import connected, connections
from bot.bootstrap.sources import links, open_source, try_login
from bot.cli.control import controlled, no_control
from bot.cli.demo import PEOPLE, open_demo
from bot.cli.start import begin, finish_soon, port_trouble
from bot.core.monitoring import OfferSource
from bot.core.permissions import Person, Role
from bot.core.push import PUSH
from bot.core.text import plain
from bot.errors import DiskError, LoginError, SourceError, UserError
from bot.features.evidence.resources import NO_CAMERA
from bot.features.overview.service.accounts import owner_name
from bot.features.setup.service.steps import begin_if_new
from bot.settings import PREFIX, Settings

DEMO = "demo"
"""The folder of the demo's data, beside the real one's."""
SLOWEST, FASTEST = 0.1, 100
"""Times real speed, for the demo's world."""
OWNER: People = {"you": (Person("you", "You"), Role.ADMIN)}
console = Console(highlight=False)


def _speed(text: str | float) -> float:
    """Read how many times as fast as ours the demo's world runs."""
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not SLOWEST <= speed <= FASTEST:
        message = f"write a number from {SLOWEST} to {FASTEST}, like 4."
        raise typer.BadParameter(message)
    return speed


def demo(
    speed: Annotated[
        float,
        typer.Option(
            parser=_speed, metavar="TIMES", help="Speed, from 0.1 to 100 times real time."
        ),
    ] = 1.0,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Delete the last demo and start over.")
    ] = False,
) -> None:
    """Try everything on a simulated marketplace.

    You need no account. The demo keeps its data apart from yours.
    """
    settings = begin("error")
    settings = settings.model_copy(update={"data_dir": settings.data_dir / DEMO})
    finish_soon(_demo(settings, speed, fresh=fresh))


def run() -> None:
    """Watch your Amazon listings. Stop with Ctrl+C.

    Settings come from the environment and from .env; doctor checks them.
    """
    finish_soon(_run(begin()))


async def _demo(settings: Settings, speed: float, *, fresh: bool) -> None:
    stop = _stop_signal()
    words: list[str] = []
    async with open_demo(settings, speed, fresh=fresh, say=words.append) as application:
        await _serve(application, PEOPLE, settings, words, stop)


async def _run(settings: Settings) -> None:
    stop = _stop_signal()
    words = [f"Watching the Amazon listings of {settings.brand}."]
    if not settings.own_sellers:
        own = f"Set {PREFIX}OWN_SELLERS to your seller IDs"
        words.append(f"{own}; until then, your own offers cause alerts.")
    linked = connections(settings)
    others = {each.name: each.chat for each in linked}
    async with (
        open_source(settings) as source,
        open_application(settings, source, links(settings), others) as application,
        connected(linked, application.gateway) as said,
        _checked(source, settings.home),
    ):
        await begin_if_new(application.app, WEB)
        people = await _owner(application)
        await _serve(application, people, settings, [*words, *said], stop)


async def _owner(application: Application) -> People:
    """Return whoever runs the page, under the name of the settings."""
    try:
        name = await owner_name(application.app)
    except UserError as error:
        message = f"Change {PREFIX}PAGE_OWNER. {error}"
        raise UserError(message) from error
    return {id: (Person(who.id, name), role) for id, (who, role) in OWNER.items()}


@asynccontextmanager
async def _checked(source: OfferSource, home: str) -> AsyncIterator[None]:
    """Say what is wrong with Amazon's credentials, if anything is, as soon as that is known."""
    asking = asyncio.create_task(_complain_of(source, home))
    try:
        yield
    finally:
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)


async def _complain_of(source: OfferSource, home: str) -> None:
    try:
        await try_login(source, home)
    except LoginError as error:
        _say(f"{error} Then restart Brandwarden.")
    except SourceError as error:
        _say(f"{error} Brandwarden keeps trying.")


def _stop_signal() -> asyncio.Event:
    """Return what is set when somebody stops the program."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def _serve(
    application: Application,
    people: People,
    settings: Settings,
    words: Sequence[str],
    stop: asyncio.Event,
) -> None:
    """Print the words and the link, and stay until the stop."""
    missing = application.app.resources[NO_CAMERA]
    said = [*words]
    if missing:
        said.append(f"Screenshots of offers are off. {missing}")
    if no_push := application.app.resources[PUSH].missing:
        said.append(no_push)
    async with AsyncExitStack() as stack:
        try:
            link = await stack.enter_async_context(
                page(application, people, settings.web_port, settings.page_url)
            )
        except OSError as error:
            raise UserError(port_trouble(settings.web_port, error)) from error
        await stack.enter_async_context(running(application))
        if why := await stack.enter_async_context(controlled(application, settings)):
            said.append(no_control(why))
        _say("\n".join([*said, "", "Open this link:", link, "", "Press Ctrl+C to stop."]))
        await _stopped_or_dead(application, stop)
        _say("Stopping.")


async def _stopped_or_dead(application: Application, stop: asyncio.Event) -> None:
    """Return when somebody stops the program.

    Raises:
        DiskError: no change can be recorded any more, and the chats were told.
    """
    stopped = asyncio.create_task(stop.wait())
    dead = asyncio.create_task(application.disk.until_dead())
    try:
        await asyncio.wait((stopped, dead), return_when=asyncio.FIRST_COMPLETED)
        if dead.done():
            raise DiskError(dead.result())
    finally:
        stopped.cancel()
        dead.cancel()


def _say(text: str) -> None:
    console.print(plain(text), markup=False, soft_wrap=True)
