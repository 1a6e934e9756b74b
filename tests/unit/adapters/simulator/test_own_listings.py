"""Our own listings at the simulated marketplace: which product a SKU is."""

import pytest

from tests.unit.adapters.simulator.caller import Caller, tree
from tests.unit.adapters.simulator.small import CHEAP, OWN, PAN, SKU


async def test_a_sku_names_its_product(caller: Caller) -> None:
    answer = tree(await caller.listings(SKU, "NO-SUCH-SKU", seller=OWN))
    assert answer["numberOfResults"] == 1
    assert answer["items"].each("sku") == [SKU]
    assert answer["items"][0]["summaries"].each("asin") == [PAN]


async def test_the_listings_of_another_marketplace_are_not_there(caller: Caller) -> None:
    other = await caller.listings(SKU, seller=OWN, marketplaceIds="A1PA6795UKMFR9")
    assert tree(other)["numberOfResults"] == 0


async def test_the_listings_of_another_seller_are_denied(caller: Caller) -> None:
    response = await caller.listings(SKU, seller=CHEAP)
    assert response.status_code == 403
    assert tree(response)["errors"][0]["code"] == "Unauthorized"


@pytest.mark.parametrize(
    "change",
    [{"marketplaceIds": ""}, {"identifiersType": "ASIN"}, {"identifiers": ""}],
)
async def test_a_wrong_question_is_refused(caller: Caller, change: dict[str, str]) -> None:
    response = await caller.listings(SKU, seller=OWN, **change)
    assert response.status_code == 400
