"""Writes entries and evidence until it is killed, with compactions; prints what is acknowledged.

``python -m tests.unit.cli.busy_store DATA``
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from adapters.capture.files import FileEvidence
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.application import EVERYTHING, EVIDENCE, STORE
from bot.bootstrap.features import MIGRATIONS
from bot.core.collections import COUNTERS, Counter
from bot.features.cases.collections import ENTRIES
from bot.features.cases.models.cases import Entry, EntryKind

MOMENT = datetime(2026, 11, 29, tzinfo=UTC)
COMPACT_FROM = 30_000


async def write(data: Path) -> None:
    store = await TinyStore.open(
        data / STORE, EVERYTHING, migrations=MIGRATIONS, compact_from=COMPACT_FROM
    )
    evidence = FileEvidence(data / EVIDENCE)
    place = 0
    while True:
        place += 1
        digest = await evidence.keep(b"answer %d" % place, {"at": MOMENT.isoformat()})
        async with store.transaction() as tx:
            tx.put(COUNTERS, Counter("entries", place))
            tx.put(ENTRIES, entry(place, digest))
        for turn in range(20):
            async with store.transaction() as tx:
                tx.put(COUNTERS, Counter("padding " * 30, turn))
        print(place, flush=True)


def entry(place: int, digest: str) -> Entry:
    return Entry(
        case="C-1",
        place=place,
        at=MOMENT,
        day="2026-11-29",
        kind=next(iter(EntryKind)),
        text="Seen.",
        evidence=digest,
    )


if __name__ == "__main__":
    asyncio.run(write(Path(sys.argv[1])))
