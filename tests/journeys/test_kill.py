"""SIGKILL at random moments under load: nothing confirmed is lost, nothing is told twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.journeys import inquest
from tests.journeys.deaths import Trial, trial
from tests.journeys.lives import kills, time_for

FOLDERS = 2
KILLS = kills() // FOLDERS * FOLDERS


MOST = 5
"""Times as many lives as asked for, while no kill has come in one of the states."""
STATES = ("before a claim", "after a claim", "in a compaction")
"""Of a message, and of the store: the kills must have come in each of them."""


class Verdict(NamedTuple):
    """What is wrong after the last kill, by kind, and how much there was of everything."""

    wrong: dict[str, list[str]]
    counts: Counter[str]


async def kill_again_and_again(folder: Path, seed: int) -> Verdict:
    """Kill a product so often, let it come to rest, and look at all that is there."""
    lives = KILLS // FOLDERS
    async with trial(folder, seed, lives) as victim:
        for life in range(MOST * lives):
            await victim.live_and_die()
            if life + 1 >= lives and _covered(victim):
                break
        await victim.drain()
    remains = await inquest.remains_of(victim)
    wrong = {
        "writes lost": inquest.lost_writes(victim, remains),
        "acts not recorded": inquest.unrecorded_acts(remains),
        "acts not announced": inquest.unannounced_acts(victim, remains),
        "cases doubled": inquest.doubled_cases(remains),
        "timelines torn": inquest.torn_timelines(remains),
        "messages lost": inquest.lost_messages(victim, remains),
        "messages doubled": inquest.doubled_messages(victim),
        "threads out of order": inquest.out_of_order(victim),
        "headlines out of date": inquest.stale_headlines(victim, remains),
        "cases that are not true": inquest.untrue_cases(victim, remains),
        "evidence lost": await inquest.lost_evidence(victim, remains),
        "refused by the chat": victim.chat.wrong,
        "failed": [" ".join(words) for words in victim.said if "failed" in words],
    }
    return Verdict(wrong, victim.counts + inquest.amounts(victim, remains))


def _covered(victim: Trial) -> bool:
    victim.count_what_was_said()
    return all(victim.counts[state] for state in STATES)


@pytest.mark.ci
@pytest.mark.kill
@pytest.mark.timeout(time_for(KILLS))
async def test_no_kill_loses_or_doubles_anything(tmp_path_factory: pytest.TempPathFactory) -> None:
    folders = [tmp_path_factory.mktemp("killed") for _ in range(FOLDERS)]
    verdicts = await asyncio.gather(
        *(kill_again_and_again(folder, seed) for seed, folder in enumerate(folders))
    )
    counts = sum((verdict.counts for verdict in verdicts), Counter[str]())
    for wrong, _ in verdicts:
        counts.update({what: len(names) for what, names in wrong.items()})
    print(", ".join(f"{count} {what}" for what, count in counts.items()))
    for wrong, _ in verdicts:
        assert wrong == {what: [] for what in wrong}
    assert counts["kills"] >= KILLS
    for state in (*STATES, "recognised"):
        assert counts[state] > 0, f"no kill came {state}"
    assert counts["acts undone"] > 0
    assert counts["acts announced"] > counts["acts undone"]
    assert counts["interactions confirmed"] > KILLS / 4
    assert counts["posts"] > KILLS
