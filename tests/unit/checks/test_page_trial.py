"""How soon a change of any of 2,000 pages is a card, at Amazon's quotas and in virtual time."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from random import Random

import pytest

from bot.core.collections import OUTBOX
from bot.core.scanning import each
from bot.features.cases.collections import CASES
from bot.features.pages.collections import GUARDED_PAGES
from tests import virtual
from tests.unit.checks.trial import AUTO, START, Amazon, products, watching

GERMANY = "A1PA6795UKMFR9"
ROUND = 50.0
"""Seconds for 2,000 pages: twenty in each of two requests a second."""
ANSWER = 0.3
"""Seconds until Amazon answers."""


def item(asin: str, title: str) -> dict[str, object]:
    """Return a page as the catalogue tells it."""
    texts = {"item_name": title, "brand": "Ours", "bullet_point": "Oak", "product_description": "A"}
    rows = {
        name: [{"value": text, "language_tag": "de_DE", "marketplace_id": GERMANY}]
        for name, text in texts.items()
    }
    here = {"marketplaceId": GERMANY}
    return {
        "asin": asin,
        "attributes": rows,
        "identifiers": [{**here, "identifiers": []}],
        "images": [{**here, "images": []}],
        "productTypes": [{**here, "productType": "BOWL"}],
        "relationships": [{**here, "relationships": []}],
        "summaries": [{**here, "itemName": title, "brand": "Ours"}],
    }


async def delays(count: int, changed_at: Mapping[str, float], seconds: float) -> list[float]:
    """Return the seconds from each change to its card, with none told twice."""

    def told(asin: str, now: float) -> dict[str, object]:
        changed = now >= changed_at[asin]
        return item(asin, "Knoblauchpresse aus Stahl" if changed else f"Schale {asin}, Eiche")

    amazon = Amazon(slow=ANSWER, pages=told)
    async with watching(amazon, products(count), pace=AUTO, beside=True) as team:
        await team.work(seconds)
        assert amazon.refused == 0
        assert await team.app.store.count(GUARDED_PAGES) == count
        found = [case async for case in each(team.app.store, CASES)]
        assert len(found) == len({case.asins for case in found}) == count
        heads = {row.message async for row in each(team.app.store, OUTBOX)}
        assert {case.label for case in found} <= heads
        return [
            (case.opened_at - START).total_seconds() - changed_at[case.asins[0]] for case in found
        ]


@pytest.mark.ci
@pytest.mark.timeout(600)
def test_any_of_2000_pages_that_changes_is_a_card_within_a_minute() -> None:
    chance, asins = Random(11), [watch.asin for watch in products(2_000)]
    changed_at = {asin: chance.uniform(2 * ROUND, 4 * ROUND) for asin in asins}
    found = sorted(virtual.run(delays(len(asins), changed_at, 6 * ROUND)))
    p50, p99 = statistics.median(found), found[int(0.99 * len(found))]
    print(f"changes {len(found)}, p50 {p50:.1f} s, p99 {p99:.1f} s, longest {found[-1]:.1f} s")
    assert p50 <= 0.6 * ROUND + 1
    assert p99 <= 60
