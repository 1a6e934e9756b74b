"""What tests cost, by folder, beside what they may cost: printed at the end of a whole run.

Counted are seconds of the processor, of a test and of the programs that it starts: other programs
on the machine add little to them, while by the clock a busy machine doubles everything. For the
same reason nothing fails: how fast a machine is, is no fault of a change. The clock counts for one
thing: by it a test is too slow to run by default.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

BUDGETS: Mapping[str, float] = {
    "tests/contracts": 18,
    "tests/docs": 4,
    "tests/journeys": 45,
    "tests/language": 8,
    "tests/mutants": 2,
    "tests/unit": 15,
    "tests/unit/adapters": 95,
    "tests/unit/checks": 20,
    "tests/unit/cli": 40,
    "tests/unit/core": 27,
    "tests/unit/features": 55,
    "tests/unit/texts": 8,
}
"""Seconds of the processor by folder; a test counts for the innermost that is named here."""
PURE = "pure"
PURE_BUDGET = 20.0
"""Seconds of the processor for the pure part, which lies in several folders."""
PURE_FOLDERS = ("tests/unit/core", "tests/unit/features", "tests/unit/checks", "tests/unit/texts")
TOO_SLOW = 1.0
"""Seconds by the clock, on a quiet machine, from which on a test is marked ci."""
COST = "cost"
"""The attribute of a report; those of workers are sent with all that they have."""
SHOWN = 5
"""How many of the slowest are named."""


class Cost(NamedTuple):
    """What a test took: seconds of the processor, and by the clock."""

    work: float
    clock: float


def now() -> Cost:
    """Return what was spent until now, also by programs that have ended."""
    return Cost(sum(os.times()[:4]), time.monotonic())


def is_pure(item: pytest.Item) -> bool:
    """Tell whether it tests rules, views, flows or texts, without a loop and without files."""
    function = getattr(item, "function", None)
    return (
        item.nodeid.startswith(PURE_FOLDERS)
        and not asyncio.iscoroutinefunction(function)
        and "tmp_path" not in getattr(item, "fixturenames", ())
        and not hasattr(getattr(item, "module", None), "asyncio")
    )


class Meter:
    """Measures tests where they run, and adds up where reports come together."""

    def __init__(self, *, whole: bool) -> None:
        self.whole = whole
        self.costs: dict[str, Cost] = {}
        self.pure: set[str] = set()
        self._began = now()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self) -> None:
        """Begin to count."""
        self._began = now()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Let the last report of a test carry what it took, also from a worker."""
        report = yield
        if call.when == "teardown":
            spent = now()
            cost = (spent.work - self._began.work, spent.clock - self._began.clock)
            setattr(report, COST, (*cost, is_pure(item)))
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take down what a test took."""
        if (cost := getattr(report, COST, None)) is not None:
            work, clock, pure = cost
            self.costs[report.nodeid] = Cost(work, clock)
            if pure:
                self.pure.add(report.nodeid)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the folders, and name what breaks a budget."""
        if not self.costs:
            return
        terminalreporter.section("seconds of the processor", sep="-")
        for line in told(self.costs, self.pure, budgets={} if self.whole else BUDGETS):
            terminalreporter.write_line(line)


def told(
    costs: Mapping[str, Cost], pure: set[str], budgets: Mapping[str, float] = BUDGETS
) -> Iterator[str]:
    """Return the lines that are printed: folders, what is over its budget, and what is slow."""
    parts: dict[str, list[str]] = defaultdict(list)
    for name in sorted(costs, key=folder_of):
        parts[folder_of(name)].append(name)
    parts[PURE] = sorted(pure)
    limits = {**budgets, PURE: PURE_BUDGET} if budgets else {}
    for part, names in parts.items():
        spent = sum(costs[name].work for name in names)
        limit = limits.get(part)
        line = f"{part:<22}{len(names):>7} tests {spent:>7.1f} s"
        yield line if limit is None else f"{line} of {limit:g}"
        if limit is not None and spent > limit:
            slowest = max(names, key=lambda name: costs[name].work)
            yield f"OVER its budget: the slowest is {slowest} ({costs[slowest].work:.1f} s)"
    total = sum(cost.work for cost in costs.values())
    yield f"{'all':<22}{len(costs):>7} tests {total:>7.1f} s"
    for name in sorted(costs, key=lambda name: -costs[name].clock)[:SHOWN] if budgets else ():
        if costs[name].clock > TOO_SLOW:
            yield f"Slow: {name} took {costs[name].clock:.1f} s; make it quicker, or mark it ci"


def folder_of(name: str) -> str:
    """Return the innermost folder with a budget that the test lies in, or its second folder."""
    path = Path(name.partition("::")[0])
    for folder in path.parents:
        if folder.as_posix() in BUDGETS:
            return folder.as_posix()
    return "/".join(path.parts[:2])
