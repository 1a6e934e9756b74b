"""Measure what takes long, and print it: ``python -m tests.soak``."""

from __future__ import annotations

import argparse
import asyncio
import itertools
import logging
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import structlog
from rich.console import Console
from rich.table import Table

from adapters.storage.memory import return_memory
from adapters.storage.tables import LogDB
from adapters.storage.tinydb import FILE, TinyStore
from adapters.storage.writing import WASTE
from bot.bootstrap.application import STORE
from bot.features.watchlist.collections import STATUSES
from tests.bench.staff import scratch
from tests.soak.office import COLLECTED, open_office
from tests.soak.year import CHECKS_A_MINUTE, UNCHANGED, Month, Sizes, Year, memory

MB = 1_000_000
LIVE, MEMORY, START = 30, 120, 1.2
"""Targets at the end of the year: MB that live, MB of memory, seconds to open the store."""
FULL = 0.97
"""The log is opened when so little is missing until it is written anew."""
SECOND = re.compile(rb":\d\d(?=[.Z])")
COLD = [each.name for each in COLLECTED if each.cold]
PACKED = [each.name for each in COLLECTED if each.packed]
STARTS = 5
WIDTH = 150


class Opened(msgspec.Struct, frozen=True):
    """What opening the year's store took."""

    seconds: float
    processor: float
    """Seconds of the processor: on a busy machine the others are not the program's."""
    memory: int


def main() -> None:
    """Live through the year in a process of its own, and open what it left in others."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--watches", type=int, default=1000)
    parser.add_argument("--cases", type=int, default=300, help="a month")
    parser.add_argument("--live", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--open", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    return_memory()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    sizes = Sizes(watches=asked.watches, cases_a_month=asked.cases, days=asked.days)
    if asked.live:
        asyncio.run(_live(asked.live, sizes))
    elif asked.open:
        asyncio.run(_open(asked.open))
    else:
        _show(sizes)


async def _live(folder: Path, sizes: Sizes) -> None:
    async with open_office(folder) as office:
        year = Year(office, sizes)
        await year.live(_print)
    for why in sorted(set(year.refused))[:10]:
        print(f"refused {year.refused.count(why)} times: {why}", file=sys.stderr)


async def _open(folder: Path) -> None:
    before, processor = time.perf_counter(), time.process_time()
    store = await TinyStore.open(folder / STORE, COLLECTED)
    _print(Opened(time.perf_counter() - before, time.process_time() - processor, memory()))
    await store.close()


def _print(answer: msgspec.Struct) -> None:
    print(msgspec.json.encode(answer).decode(), flush=True)


def _show(sizes: Sizes) -> None:
    console = Console(width=WIDTH)
    months: list[Month] = []
    with scratch() as folder:
        arguments = [f"--days={sizes.days}", f"--watches={sizes.watches}"]
        arguments += [f"--cases={sizes.cases_a_month}", f"--live={folder}"]
        with subprocess.Popen(
            [sys.executable, "-m", "tests.soak", *arguments], stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                months.append(msgspec.json.decode(line, type=Month))
                console.print(_line(months[-1]), highlight=False)
        if process.returncode:
            raise SystemExit(process.returncode)
        _age(folder)
        opened = [_opened(folder) for _ in range(STARTS)]
    console.print(_by_collection(months))
    _judge(console, months[-1], opened)


def _line(month: Month) -> str:
    return (
        f"month {month.month:2}: {sum(month.documents.values()):6,} documents, "
        f"{sum(month.live.values()) / MB:4.1f} MB of JSON, {month.warm / MB:.1f} MB in memory, "
        f"live {month.stored / MB:4.1f} MB, log {month.log / MB:5.1f} MB, "
        f"memory {month.memory / MB:4.0f} MB, {month.cases:,} cases, {month.refused} refused, "
        f"after {month.seconds:.0f} s"
    )


def _age(folder: Path) -> None:
    """Look at unchanged products until the log is about to be written anew."""
    db = LogDB(folder / STORE / FILE, COLD, PACKED)
    statuses = dict(db.documents.table(STATUSES.name))
    for turn in itertools.count():
        for key, status in statuses.items():
            # Another second each time: what stays the same is not written.
            with db.atomic():
                db.documents.change(STATUSES.name, key, SECOND.sub(b":%02d" % (turn % 60), status))
        if db.size > FULL * WASTE * db.live:
            break
    db.close()


def _opened(folder: Path) -> Opened:
    command = [sys.executable, "-m", "tests.soak", f"--open={folder}"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return msgspec.json.decode(done.stdout, type=Opened)


def _by_collection(months: list[Month]) -> Table:
    table = Table(title="MB of JSON at the end of each month (documents at the end of the last)")
    for column in ("", "documents", *(str(month.month) for month in months)):
        table.add_column(column, justify="right" if column else "left")
    last = months[-1]
    for name in sorted(last.live, key=lambda each: -last.live[each]):
        sizes = [f"{month.live.get(name, 0) / MB:.2f}" for month in months]
        table.add_row(name, f"{last.documents[name]:,}", *sizes)
    return table


def _judge(console: Console, last: Month, opened: list[Opened]) -> None:
    start = statistics.median(each.seconds for each in opened)
    processor = statistics.median(each.processor for each in opened)
    rows = (
        ("live, as the log has it", last.stored / MB, LIVE, "MB"),
        ("memory of the process that lived through it", last.memory / MB, MEMORY, "MB"),
        ("memory after a start", max(each.memory for each in opened) / MB, MEMORY, "MB"),
        ("opening the store with the longest log, median", start, START, "s"),
        ("processor time of that", processor, START, "s"),
    )
    for what, figure, most, unit in rows:
        met = "met" if figure <= most else "MISSED"
        console.print(f"{what}: {figure:.3g} {unit}, at most {most:g} {unit}: {met}")
    added = CHECKS_A_MINUTE * 1440 * UNCHANGED / MB
    console.print(
        f"Unchanged checks at {CHECKS_A_MINUTE} a minute add {added:.0f} MB of log a day."
    )


if __name__ == "__main__":
    main()
