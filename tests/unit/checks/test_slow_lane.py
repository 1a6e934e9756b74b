"""Offers of all conditions are asked for by a quota of their own, and all of it is used."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.questions import Operation
from tests import virtual
from tests.unit.checks.trial import AUTO, Amazon, products, watching

SECONDS = 1800
SLOW = Operation.COMPETITIVE_SUMMARY


@pytest.mark.ci
def test_all_of_the_quota_is_used_and_nothing_is_refused() -> None:
    async def trial() -> None:
        amazon = Amazon()
        async with watching(amazon, products(300), pace=AUTO, beside=True) as team:
            await team.work(SECONDS)
        asked = sum(map(len, amazon.summaries.values()))
        assert asked >= 0.95 * SECONDS * SLOW.rate * SLOW.products
        assert len(amazon.summaries) == 300
        assert amazon.refused == 0

    virtual.run(trial())


def test_products_that_are_limited_to_new_offers_leave_it_to_the_others() -> None:
    async def trial() -> None:
        watches = [
            msgspec.structs.replace(watch, new_only=place % 2 == 0)
            for place, watch in enumerate(products(20))
        ]
        amazon = Amazon()
        async with watching(amazon, watches, pace=AUTO, beside=True) as team:
            await team.work(120)
        asked = {key.split()[1] for key in amazon.summaries}
        assert asked == {watch.asin for watch in watches if not watch.new_only}

    virtual.run(trial())
