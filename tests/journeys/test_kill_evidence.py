"""SIGKILL in the middle of evidence and packets: nothing confirmed is lost, doubled or half."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.journeys.evidence_inquest import amounts, remains_of, wrongs
from tests.journeys.lives import Parent, kills, parent, time_for
from tests.journeys.mortality import AFTER_PRINT, POINTS

FOLDERS = 2
KILLS = kills() // FOLDERS * FOLDERS
CHOSEN = tuple(life for life in range(KILLS // FOLDERS) if life % 10 % 3 < 2)
"""Lives in each folder that end at a chosen point: seven of ten; the others end at any moment."""
LONGEST_LIFE = 0.4
"""Seconds."""
VICTIM = "tests.journeys.evidence_victim"


async def kill_again_and_again(
    folder: Path, seed: int
) -> tuple[dict[str, list[str]], Counter[str]]:
    """Return what is wrong after the last kill, and how much there was of everything."""
    chance, said = Random(seed), list[list[str]]()
    async with parent(folder, VICTIM, str(folder), note=said.append) as victim:
        for life in range(KILLS // FOLDERS):
            if life in CHOSEN:
                await _die_at(victim, seed * len(CHOSEN) + CHOSEN.index(life), chance)
            else:
                await _die_anywhen(victim, chance)
        await victim.drain()
    remains = await remains_of(folder)
    died = Counter(f"times {POINTS[int(point)]}" for _, point in said)
    died["times at random"] = KILLS // FOLDERS - died.total()
    return await wrongs(remains), died + amounts(remains)


async def _die_at(victim: Parent, place: int, chance: Random) -> None:
    """Let a life end by its own hand; the PDF is a real one where it matters."""
    point = place % len(POINTS)
    real = int(POINTS[point] == AFTER_PRINT)
    await victim.born(f"live {real} {point} {chance.randint(1, 2)}")
    await victim.killed()


async def _die_anywhen(victim: Parent, chance: Random) -> None:
    pid = await victim.born("live 0")
    await asyncio.sleep(chance.uniform(0, LONGEST_LIFE))
    await victim.die(pid)


@pytest.mark.ci
@pytest.mark.kill
@pytest.mark.timeout(time_for(KILLS))
async def test_no_kill_loses_evidence_or_shows_half_a_packet(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folders = [tmp_path_factory.mktemp("evidence") for _ in range(FOLDERS)]
    verdicts = await asyncio.gather(
        *(kill_again_and_again(folder, seed) for seed, folder in enumerate(folders))
    )
    counts = sum((counted for _, counted in verdicts), Counter[str]())
    print(f"{KILLS} kills: " + ", ".join(f"{count} {what}" for what, count in counts.items()))
    for wrong, _ in verdicts:
        assert wrong == {what: [] for what in wrong}
    if len(POINTS) <= FOLDERS * len(CHOSEN):
        assert all(counts[f"times {point}"] for point in POINTS)
    assert counts["packets posted"] > KILLS / 4
    assert counts["submissions confirmed"] > KILLS
