"""Searching the simulated catalogue by keywords, and by brand."""

import pytest

from adapters.simulator import Marketplace, SettableClock
from adapters.simulator.faults import Fault
from adapters.simulator.quota import Operation
from tests.unit.adapters.simulator.caller import CATALOG, US, Caller, tree
from tests.unit.adapters.simulator.small import BOARD, BOWL, PAN
from tests.unit.adapters.simulator.test_conformance import CATALOG_ITEMS, Model


async def test_words_of_titles_and_brands_find_products_the_most_alike_first(
    caller: Caller,
) -> None:
    results = tree(await caller.search("small", "bowl"))
    assert results["items"].each("asin") == [BOWL, PAN, BOARD]
    assert results["numberOfResults"] == 3
    assert results["refinements"]["brands"][0]["brandName"] == "Small & Co"
    assert results["items"][0]["productTypes"][0]["productType"] == "KITCHEN"


async def test_what_shares_too_few_words_is_not_found(caller: Caller) -> None:
    assert tree(await caller.search("bowl", "a", "b", "c", "d"))["items"].value == []


async def test_a_brand_is_named_with_underscores(caller: Caller) -> None:
    found = tree(await caller.search("bowl", brandNames="small_&_co"))
    assert found["items"].each("asin") == [BOWL]
    for other in ("Small & Co", "Other"):
        assert tree(await caller.search("bowl", brandNames=other))["items"].value == []


async def test_it_comes_in_pages(caller: Caller) -> None:
    first = tree(await caller.search("small", pageSize="2"))
    token = str(first["pagination"]["nextToken"].value)
    second = tree(await caller.search("small", pageSize="2", pageToken=token))
    assert first["items"].each("asin") + second["items"].each("asin") == [PAN, BOARD, BOWL]
    assert "pagination" not in second


@pytest.mark.parametrize(
    "change",
    [
        {"keywords": ","},
        {"keywords": ",".join(f"word{n}" for n in range(21))},
        {"marketplaceIds": ""},
        {"marketplaceIds": f"{US},A1PA6795UKMFR9"},
        {"identifiers": PAN, "identifiersType": "ASIN"},
        {"pageSize": "21"},
        {"pageToken": "x"},
    ],
)
async def test_a_wrong_search_is_refused(caller: Caller, change: dict[str, str]) -> None:
    response = await caller.search("bowl", **change)
    assert response.status_code == 400


async def test_a_search_uses_the_quota_of_the_catalogue(
    caller: Caller, market: Marketplace
) -> None:
    await caller.search("bowl")
    assert market.log[-1].operation is Operation.SEARCH_CATALOG


async def test_a_product_may_be_absent_or_bare(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.MISSING_INNER, asin=PAN)
    market.faults.on(Fault.MISSING_FIELDS, asin=BOWL)
    results = tree(await caller.search("small"))
    assert results["items"].each("asin") == [BOARD, BOWL]
    assert "images" not in results["items"][1]


async def test_it_finds_the_titles_of_the_moment(caller: Caller, clock: SettableClock) -> None:
    assert tree(await caller.search("another"))["items"].value == []
    clock.advance(300)
    assert tree(await caller.search("another"))["items"].each("asin") == [PAN]


@pytest.mark.conformance
async def test_it_answers_as_amazons_model_says(caller: Caller) -> None:
    model = Model(CATALOG_ITEMS)
    answer = tree(await caller.search("small", pageSize="1")).value
    assert list(model.unknown(answer, model.answer("get", CATALOG))) == []
