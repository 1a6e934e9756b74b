"""From the start of the process until the page is up and the engine runs, and its memory then."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

from bot.bootstrap.application import open_store
from bot.core.clocks import utc_now
from bot.core.history import History
from bot.core.listing import Offer, Snapshot, Watch, WatchStatus
from bot.core.money import Money
from bot.features.watchlist.collections import HISTORIES, STATUSES, WATCHES
from bot.settings import PREFIX
from tests.bench.measure import Measure, Peer, Row, Series, Target, alternate, row
from tests.bench.staff import batches, scratch, settings_in, watches_of

GROUP = "Start"
MEMORY = "Memory"
PEER = Peer("changedetection.io, 131 MB", 131.0)
"""Resident, on a machine like this one."""
READY = Target(1.0)
SMALL = Target(150)
LINK = b"http://127.0.0.1:"
IMPORTS = "import bot.cli.serving, bot.cli.inspect, bot.cli.watching"
EMPTY, BARE, IMPORT = "no watches", "Python alone", "imports alone"
COMMANDS = ("version", "--help")
"""What needs neither settings nor data."""
QUICK = Target(0.5)


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    watches: int = 10_000
    offers: tuple[int, ...] = (3, 20)
    rounds: int = 5


async def measure(sizes: Sizes) -> list[Row]:
    """Start the program on an empty store and on full ones, in turn with its imports alone."""
    memory: dict[str, list[float]] = {}
    with ExitStack() as stack:
        measures: dict[str, Measure] = {
            BARE: lambda: _python(""),
            IMPORT: lambda: _python(IMPORTS),
            **{name: partial(_command, name) for name in COMMANDS},
            EMPTY: _program(stack.enter_context(scratch()), memory.setdefault(EMPTY, [])),
        }
        for offers in sizes.offers:
            folder = stack.enter_context(scratch())
            await _fill(folder, sizes.watches, offers)
            name = f"{sizes.watches:,} watches, {offers} offers each"
            measures[name] = _program(folder, memory.setdefault(name, []))
        took = await alternate(sizes.rounds, measures)
    return _rows(took, {name: Series(tuple(values)) for name, values in memory.items()})


def _rows(took: Mapping[str, Series], memory: Mapping[str, Series]) -> list[Row]:
    imports, bare = Peer(IMPORT, took[IMPORT]), Peer(BARE, took[BARE])
    return [
        *(row(GROUP, name, "s", took[name], imports, READY) for name in memory),
        *(row(GROUP, name, "s", took[name], bare, QUICK) for name in COMMANDS),
        row(GROUP, f"floor: {IMPORT}", "s", took[IMPORT]),
        row(GROUP, f"floor: {BARE}", "s", took[BARE]),
        *(row(MEMORY, name, "MB", memory[name], PEER, SMALL) for name in memory),
    ]


def _program(folder: Path, memory: list[float]) -> Measure:
    """Return what starts the program on that data; it also notes how much memory it took."""

    async def measured() -> float:
        started = time.perf_counter()
        async with _process("-m", "bot", "run", env=_environment(folder)) as process:
            await _ready(process)
            took = time.perf_counter() - started
            memory.append(_resident(process.pid))
        return took

    return measured


async def _command(name: str) -> float:
    """Measure a command from its start to its end."""
    started = time.perf_counter()
    async with _process("-m", "bot", name, env=dict(os.environ)) as process:
        await process.communicate()
        if process.returncode:
            message = f"{name} failed"
            raise RuntimeError(message)
    return time.perf_counter() - started


async def _python(code: str) -> float:
    """Measure until the code has run; tidying up at the end is left out."""
    started = time.perf_counter()
    async with _process("-c", f"{code}\nimport os\nos._exit(0)", env=dict(os.environ)) as process:
        if await process.wait():
            message = f"{code} failed"
            raise RuntimeError(message)
    return time.perf_counter() - started


@asynccontextmanager
async def _process(*args: str, env: Mapping[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, *args, env=env, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.communicate()


async def _ready(process: asyncio.subprocess.Process) -> None:
    """Wait for the link, which is printed last."""
    assert process.stdout is not None
    async for line in process.stdout:
        if line.startswith(LINK):
            return
    message = "The program ended instead of starting."
    raise RuntimeError(message)


def _resident(pid: int) -> float:
    """Return the megabytes that the process has in memory."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    if found is None:
        message = "This system does not tell how much memory a process has."
        raise RuntimeError(message)
    return int(found[1]) / 1000


def _environment(folder: Path) -> dict[str, str]:
    """Return what `bot run` is told: credentials that open nothing, and nothing is due."""
    told = {
        "DATA_DIR": str(folder),
        "WEB_PORT": "0",
        "LOG_LEVEL": "warning",
        "AMAZON_CLIENT_ID": "nobody",
        "AMAZON_CLIENT_SECRET": "nothing",
        "AMAZON_REFRESH_TOKEN": "nothing",
        "AMAZON_ENDPOINT": "http://127.0.0.1:9",
        "AMAZON_LOGIN_URL": "http://127.0.0.1:9/auth/o2/token",
        "CHECK_EVERY": "P1D",
    }
    return {**os.environ, **{PREFIX + name: value for name, value in told.items()}}


async def _fill(folder: Path, watches: int, offers: int) -> None:
    """Store watches as they are after two looks at each."""
    async with open_store(settings_in(folder), simulated=True) as store:
        for several in batches(watches_of(watches)):
            async with store.transaction() as tx:
                for watch in several:
                    history = _history(watch, offers)
                    assert history.last is not None
                    at = history.last.at
                    tx.put(WATCHES, watch)
                    tx.put(HISTORIES, history)
                    tx.put(STATUSES, WatchStatus(key=watch.key, tried_at=at, seen_at=at))


def _history(watch: Watch, offers: int) -> History:
    sellers = [f"A{place:013d}" for place in range(offers)]
    several = tuple(
        Offer(
            seller=seller,
            price=Money(Decimal(20 + place), "USD"),
            shipping=Money(Decimal(0), "USD"),
            fba=False,
            prime=False,
            feedback_count=100,
            positive_percent=97,
            ships_from="US",
        )
        for place, seller in enumerate(sellers)
    )
    snapshot = Snapshot(
        asin=watch.asin,
        marketplace=watch.marketplace,
        at=utc_now(),
        offers=several,
        total=offers,
        holders=(sellers[0],),
        buy_box_price=several[0].landed,
        digest="ab" * 32,
    )
    return History(key=watch.key).apply(snapshot)
