"""SIGKILL at random moments under load: what was acknowledged is there, transactions are whole."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.journeys.lives import kills, time_for
from tests.unit.adapters.storage import writer

KILLS = kills()
ROOT = Path(__file__).parents[4]


def write_and_kill(folder: Path, chance: random.Random) -> tuple[list[str], int]:
    """Return what a writer acknowledged before it was killed, and how often it compacted."""
    command = [sys.executable, "-m", "tests.unit.adapters.storage.writer", str(folder)]
    wanted = chance.randrange(1, 1000)
    lines: list[bytes] = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if len(lines) == wanted:
                # The writers run on meanwhile, so that the kill is not tied to a printed line.
                time.sleep(chance.uniform(0, 0.005))
                process.kill()
    words = [line.decode().strip() for line in lines if line.endswith(b"\n")]
    acknowledged = [word for word in words if word.replace("-", "").isdecimal()]
    compactions = sum("log compacted" in word for word in words)
    return acknowledged, compactions


async def lost_and_torn(folder: Path, acknowledged: set[str]) -> tuple[set[str], int]:
    store = await writer.open_store(folder)
    torn = 0
    there: set[str] = set()
    for worker in range(writer.WORKERS):
        tally = await store.get(writer.TALLIES, str(worker)) or writer.Tally("")
        tickets = await store.find(writer.TICKETS, "worker", worker, limit=10**6)
        names = {ticket.name for ticket in tickets}
        torn += names != {f"{worker}-{number}" for number in range(tally.tickets)}
        there |= names
    await store.close()
    return acknowledged - there, torn


@pytest.mark.ci
@pytest.mark.kill
@pytest.mark.timeout(time_for(KILLS))
async def test_no_kill_loses_or_tears_an_acknowledged_transaction(tmp_path: Path) -> None:
    chance = random.Random(20)
    acknowledged: set[str] = set()
    compactions = 0
    for _ in range(KILLS):
        new, compacted = write_and_kill(tmp_path, chance)
        acknowledged.update(new)
        compactions += compacted
        assert await lost_and_torn(tmp_path, acknowledged) == (set(), 0)
    print(f"{KILLS} kills, {len(acknowledged)} acknowledged, {compactions} compactions, 0 lost")
    assert compactions > 0
