"""SIGKILL between the detection of a relisting and its alert: it is posted, and exactly once."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.storage.tinydb import TinyStore
from bot.bootstrap.features import COLLECTIONS
from bot.core.collections import OUTBOX
from bot.features.cases.collections import ENTRIES
from bot.features.cases.models.cases import case_key
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import report_key
from tests.journeys.evidence_victim import LEDGER
from tests.journeys.ledger import Posted, of_kind, read_ledger
from tests.journeys.lives import parent, time_for
from tests.journeys.return_victim import POINTS, is_alert

VICTIM = "tests.journeys.return_victim"


@pytest.mark.ci
@pytest.mark.kill
@pytest.mark.timeout(time_for(1))
@pytest.mark.parametrize("point", range(len(POINTS)), ids=POINTS)
async def test_a_return_is_alerted_once_wherever_the_process_dies(
    tmp_path: Path, point: int
) -> None:
    said: list[list[str]] = []
    async with parent(tmp_path, VICTIM, str(tmp_path), note=said.append) as victim:
        await victim.work("prepare")
        assert posted(tmp_path) == []
        await victim.born(f"live {point}")
        await victim.killed()
        await victim.drain()
    assert said == [["died", str(point)]]
    [alert] = posted(tmp_path)
    assert alert.startswith("R-1-back-")
    store = await TinyStore.open(tmp_path / "store", COLLECTIONS)
    told = await store.get(REPORTS, report_key(1))
    entries = await store.find(ENTRIES, "case", case_key(1), limit=1000)
    assert await store.count(OUTBOX) == 0
    await store.close()
    assert told is not None
    assert told.returned_at is not None
    assert alert.startswith(told.alert)
    assert sum("the reported seller is back" in entry.text for entry in entries) == 1


def posted(folder: Path) -> list[str]:
    """Return the alerts of a return that the chat took."""
    messages = [line.message for line in of_kind(read_ledger(folder / LEDGER), Posted)]
    keys = [key for message in messages for key in (message.key, *message.carries)]
    return [key for key in keys if is_alert(key)]
