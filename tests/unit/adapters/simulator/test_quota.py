"""Quotas are Amazon's: a bucket an operation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.simulator import Marketplace, Operation
from adapters.simulator.quota import QUOTAS, Quotas
from tests.unit.adapters.simulator.caller import Caller, client_of, tree
from tests.unit.adapters.simulator.small import PAN, small_scenario


@given(
    st.sampled_from(list(QUOTAS)),
    st.lists(st.floats(0, 30), max_size=60),
    st.sampled_from([0.5, 1.0, 8.0]),
)
def test_no_more_than_burst_and_rate_get_through(
    operation: Operation, gaps: list[float], scale: float
) -> None:
    seconds = 0.0
    quotas = Quotas(scale, lambda: seconds)
    passed = 0
    for gap in gaps:
        seconds += gap
        passed += quotas.take(operation)
        allowed = QUOTAS[operation].burst + seconds * quotas.rate(operation)
        assert passed <= allowed + 1e-6


@pytest.mark.parametrize(
    ("operation", "wait"),
    [
        (Operation.ITEM_OFFERS, 2),
        (Operation.LISTING_OFFERS, 1),
        (Operation.ITEM_OFFERS_BATCH, 10),
        (Operation.LISTING_OFFERS_BATCH, 2),
        (Operation.COMPETITIVE_PRICING, 2),
        (Operation.COMPETITIVE_SUMMARY, 1 / 0.033),
        (Operation.SEARCH_CATALOG, 0.5),
    ],
)
def test_a_token_comes_back_in_time(operation: Operation, wait: float) -> None:
    seconds = 0.0
    quotas = Quotas(1, lambda: seconds)
    while quotas.take(operation):
        pass
    seconds = wait * 0.99
    assert not quotas.take(operation)
    seconds = wait * 1.01
    assert quotas.take(operation)


async def test_a_request_over_the_quota_is_refused() -> None:
    seconds = [0.0]
    async with (
        Marketplace(small_scenario(), quota_scale=2, monotonic=lambda: seconds[0]) as marketplace,
        client_of(marketplace) as client,
    ):
        caller = Caller(client)
        await caller.log_in()
        first = await caller.item_offers(PAN)
        assert first.status_code == 200
        assert first.headers["x-amzn-RateLimit-Limit"] == "0.2"
        refused = await caller.item_offers(PAN)
        assert refused.status_code == 429
        assert "x-amzn-RateLimit-Limit" not in refused.headers
        assert tree(refused)["errors"][0]["code"] == "QuotaExceeded"
        assert (await caller.prices(PAN)).status_code == 200
        seconds[0] = 5
        assert (await caller.item_offers(PAN)).status_code == 200


async def test_an_answer_may_take_as_long_as_amazons(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    async with (
        Marketplace(small_scenario()) as marketplace,
        client_of(marketplace) as client,
    ):
        caller = Caller(client)
        await caller.log_in()
        monkeypatch.setattr("adapters.simulator.gateway.sleep", wait)
        marketplace.slow_down(0.3)
        assert (await caller.prices(PAN)).status_code == 200
        assert sum(waited) == pytest.approx(0.3)
