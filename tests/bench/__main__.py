"""Measure everything and print one table: ``python -m tests.bench``."""

from __future__ import annotations

import argparse
import asyncio
import itertools
import logging
import os
import platform
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import msgspec
import structlog
from rich.console import Console
from rich.table import Table

from tests.bench import (
    alerts,
    attacks,
    browser,
    burst,
    capture,
    charts,
    chats,
    checks,
    crowd,
    detection,
    first_card,
    history,
    looking_through,
    packets,
    quota,
    reseller,
    rounds,
    startup,
    store,
    trials,
)
from tests.bench.measure import Row
from tests.bench.staff import BUILD

MEASUREMENTS: Mapping[str, Callable[[], Awaitable[list[Row]]]] = {
    "check": lambda: checks.measure(checks.Sizes()),
    "write": lambda: store.measure(store.Sizes()),
    "card": lambda: browser.measure(browser.Sizes()),
    "burst": lambda: burst.measure(burst.Sizes()),
    "chat": lambda: chats.measure(trials.Sizes()),
    "alerts": lambda: alerts.measure(alerts.Sizes()),
    "packet": lambda: packets.measure(packets.Sizes()),
    "capture": lambda: capture.measure(capture.Sizes()),
    "attacks": lambda: attacks.measure(attacks.Sizes()),
    "chart": lambda: charts.measure(charts.Sizes()),
    "quota": lambda: quota.measure(quota.Sizes()),
    "first-card": lambda: first_card.measure(first_card.Sizes()),
    "history": lambda: history.measure(history.Sizes()),
    "reseller": lambda: reseller.measure(reseller.Sizes()),
    "rounds": lambda: rounds.measure(rounds.Sizes()),
    "crowd": lambda: crowd.measure(crowd.Sizes()),
    "table": lambda: looking_through.measure(looking_through.Sizes()),
    "start": lambda: startup.measure(startup.Sizes()),
}
MEANINGS = {
    module.GROUP: module.__doc__ or ""
    for module in (
        checks,
        store,
        browser,
        burst,
        chats,
        alerts,
        packets,
        capture,
        attacks,
        charts,
        quota,
        first_card,
        history,
        reseller,
        rounds,
        crowd,
        looking_through,
        startup,
    )
}
COLUMNS = ("", "What", "Figure", "Range", "Beside", "Ratio", "Target", "Met")
NUMBERS = ("Figure", "Ratio")
WIDTH = 150
"""Columns of the table where it does not go to a terminal."""


class Report(msgspec.Struct, frozen=True):
    """All rows, and where they were measured."""

    python: str
    machine: str
    processors: int
    meanings: Mapping[str, str]
    rows: list[Row]


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("only", nargs="*", help=f"some of: {', '.join(MEASUREMENTS)}")
    parser.add_argument("--json", action="store_true", help="print JSON alone")
    asked = parser.parse_args()
    if unknown := set(asked.only) - MEASUREMENTS.keys():
        parser.error(f"nothing is called {', '.join(sorted(unknown))}")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    report = measure(asked.only or list(MEASUREMENTS))
    content = msgspec.json.format(msgspec.json.encode(report)) + b"\n"
    keep(content, BUILD / "bench.json")
    if asked.json:
        print(content.decode(), end="")
    else:
        show(report)


def measure(names: list[str]) -> Report:
    """Measure one after the other: nothing else should run meanwhile."""
    rows: list[Row] = []
    waiting = Console(stderr=True)
    for name in names:
        with waiting.status(f"Measuring: {name}"):
            rows += asyncio.run(_run(name))
    processors = os.cpu_count() or 1
    return Report(platform.python_version(), platform.platform(), processors, MEANINGS, rows)


async def _run(name: str) -> list[Row]:
    return await MEASUREMENTS[name]()


def keep(content: bytes, path: Path) -> None:
    """Leave the figures where they can be compared with the next ones."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def show(report: Report) -> None:
    """Print the table, and what its groups mean."""
    table = Table(title=f"Medians, Python {report.python}, {report.processors} processors")
    for column in COLUMNS:
        table.add_column(column, justify="right" if column in NUMBERS else "left")
    for group, several in itertools.groupby(report.rows, lambda row: row.group):
        table.add_section()
        for place, row in enumerate(several):
            table.add_row(group if not place else "", *_cells(row))
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH)
    console.print(table)
    for group, meaning in report.meanings.items():
        console.print(f"{group}: {meaning}", markup=False)


def _cells(row: Row) -> tuple[str, ...]:
    ranged = row.low is not None and row.high is not None
    return (
        row.what,
        "not measured" if row.figure is None else f"{row.figure:.3g} {row.unit}",
        f"{row.low:.3g} to {row.high:.3g}" if ranged else "",
        row.beside,
        "" if row.ratio is None else f"{row.ratio:.2f} x",
        row.target,
        {True: "[green]yes[/green]", False: "[red]no[/red]", None: ""}[row.met],
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["detection"]:
        detection.main(sys.argv[2:])
    else:
        main()
