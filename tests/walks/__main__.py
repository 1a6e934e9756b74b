"""Count through how many files the walks pass: ``python -m tests.walks [--of CHECKOUT]``."""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import structlog

import tests
from tests.walks.doors import WALKS, at_work
from tests.walks.tracing import Files, Trace, load

HERE = Path(__file__).parents[1]
ANOTHER = """
import runpy, tests
tests.__path__.append({here!r})
runpy.run_module("tests.walks", run_name="__main__")
"""
"""Takes these walks, and everything else from the checkout that it runs in."""


async def measure(name: str) -> Files:
    """Walk once. Raises RuntimeError where the walk passed nothing: it never began."""
    # In which order products are looked at is drawn by lot.
    random.seed(name)
    trace = Trace(Path(tests.__path__[0]).parent)
    with tempfile.TemporaryDirectory() as folder, trace.installed():
        async with at_work(Path(folder)) as team:
            await WALKS[name](team, trace)
    found = trace.files()
    if not found.counted:
        message = f"{name} passed no file."
        raise RuntimeError(message)
    return found


def lines(name: str, found: Files) -> list[str]:
    """Write what was found: the figure, the files that count, and apart the others."""
    others = {**found.apart, "value types": found.value_types, "only named": found.only_named}
    return [
        f"{name}: {len(found.counted)} files. {WALKS[name].__doc__}",
        *(f"  {place:2} {file}" for place, file in enumerate(found.counted, 1)),
        *(f"  {kind} ({len(files)}): {', '.join(files)}" for kind, files in others.items()),
    ]


def main() -> int:
    """Measure this checkout, or another one."""
    parser = argparse.ArgumentParser(prog="python -m tests.walks", description=__doc__)
    parser.add_argument(
        "--of",
        type=Path,
        metavar="CHECKOUT",
        help="measure another checkout, whose rigs have to be as these walks know them",
    )
    other = parser.parse_args().of
    if other is not None:
        program = ANOTHER.format(here=str(HERE))
        return subprocess.run([sys.executable, "-c", program], cwd=other, check=False).returncode
    logging.disable()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    load()
    for name in WALKS:
        print(*lines(name, asyncio.run(measure(name))), "", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
