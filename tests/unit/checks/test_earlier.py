"""Cases on a product from before it was watched."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.storage.tinydb import TinyStore
from bot.bootstrap.features import COLLECTIONS
from bot.core.listing import Watch
from bot.features.cases.collections import AFFECTED, CASES
from bot.features.cases.models.cases import Case, CloseReason, case_key
from bot.features.cases.models.signals import Affected
from checks.earlier import earlier_cases

ADDED = datetime(2026, 11, 30, tzinfo=UTC)
WATCH = Watch(asin="B000000001", marketplace="DE", added_at=ADDED)


async def test_attacks_from_before_count_and_mistakes_and_what_came_since_do_not(
    tmp_path: Path,
) -> None:
    before, after = ADDED - timedelta(days=40), ADDED + timedelta(days=1)
    told: list[tuple[datetime, CloseReason | None, str]] = [
        (before, CloseReason.REPORTED, WATCH.key),
        (before, None, WATCH.key),
        (before, CloseReason.FALSE_ALARM, WATCH.key),
        (before, CloseReason.LAWFUL, WATCH.key),
        (before, CloseReason.GONE, "FR-B000000001"),
        (after, CloseReason.REPORTED, WATCH.key),
    ]
    store = await TinyStore.open(tmp_path, COLLECTIONS)
    async with store.transaction() as tx:
        for number, (opened, reason, product) in enumerate(told):
            case = Case(
                number=number, fingerprint="", marketplace="DE", opened_at=opened, reason=reason
            )
            tx.put(CASES, case)
            tx.put(AFFECTED, Affected(case=case_key(number), asin=WATCH.asin, product=product))
    assert await earlier_cases(store, WATCH) == 2
    await store.close()
