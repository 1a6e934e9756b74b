"""The static examples of Amazon's own model, served over HTTP and read."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from adapters.amazon.sp_api import SpApiSource
from bot.core.listing import Snapshot, Watch
from tests.unit.adapters.amazon.amazon import Amazon, Obj, json_reply
from tests.unit.adapters.amazon.conftest import snapshot_of, watch

pytestmark = pytest.mark.conformance

NOBODY: tuple[str, ...] = ()


def example(operation: str, status: str = "200") -> tuple[list[Obj], Obj]:
    """Return the single requests of an example, and its whole answer."""
    text = (Path(os.environ["SPECS_DIR"]) / "sp-api/productPricingV0.json").read_text()
    post = json.loads(text)["paths"][f"/batches/products/pricing/v0/{operation}"]["post"]
    (static,) = post["responses"][status]["x-amzn-api-sandbox"]["static"]
    return static["request"]["parameters"]["body"]["value"]["requests"], static["response"]


async def read(
    source: SpApiSource, amazon: Amazon, operation: str, watches: list[Watch]
) -> dict[str, Snapshot]:
    """Read the watches from the example's answer; what is asked must be the example's request."""
    requests, answer = example(operation)
    amazon.script = [json_reply(200, answer)]
    readings = await source.read(watches)
    assert amazon.batches() == [requests]
    return {reading.watch.sku or reading.watch.asin: snapshot_of(reading) for reading in readings}


async def test_item_offers_batch_of_ten(source: SpApiSource, amazon: Amazon) -> None:
    requests, _ = example("itemOffers")
    keys = [str(request["uri"]).split("/")[-2] for request in requests]
    told = await read(source, amazon, "itemOffers", [watch(key) for key in keys])
    expected = {
        "B000P6Q7MY": (1, 1, ("A2SNBFWOFW4SWG",), "USD 21.00"),
        "B001Q3KU9Q": (1, 1, ("A1OHOT6VONX3KA",), "USD 24.99"),
        "B007Z07UK6": (11, 11, ("AEMQJEQHIGU8X",), "USD 10.00"),
        "B000OQA3N4": (3, 3, NOBODY, "None"),
        "B07PTMKYS7": (2, 2, NOBODY, "None"),
        "B001PYUTII": (15, 15, ("A1EZPZGQPCQEQR",), "USD 10.00"),
        "B00505DW2I": (3, 3, ("A5LI4TEX5CN80",), "USD 14.99"),
        "B00CGZQU42": (3, 3, ("A2SNBFWOFW4SWG",), "USD 50.00"),
        "B01LY2ZYRF": (1, 1, ("A2SNBFWOFW4SWG",), "USD 22.00"),
        "B00KFRNZY6": (0, 0, NOBODY, "None"),
    }
    assert expected == {
        asin: (len(one.offers), one.total, one.holders, str(one.buy_box_price))
        for asin, one in told.items()
    }
    assert all(one.complete for one in told.values())
    assert told["B00KFRNZY6"].empty


async def test_one_offer_of_the_ten_in_full(source: SpApiSource, amazon: Amazon) -> None:
    requests, _ = example("itemOffers")
    keys = [str(request["uri"]).split("/")[-2] for request in requests]
    told = await read(source, amazon, "itemOffers", [watch(key) for key in keys])
    winner = told["B007Z07UK6"].cheapest_of("AEMQJEQHIGU8X")
    assert winner is not None
    assert (str(winner.price), str(winner.shipping)) == ("USD 5.01", "USD 4.99")
    assert (winner.fba, winner.prime, winner.ships_from) == (False, False, "US")
    assert (winner.feedback_count, winner.positive_percent) == (None, None)
    assert told["B007Z07UK6"].rank
    both = [one.landed for one in told["B001PYUTII"].offers if one.seller == "A29DD74D3MDLD3"]
    assert [str(landed) for landed in both] == ["USD 15.00", "USD 35.00"]


async def test_listing_offers_batch_of_five(source: SpApiSource, amazon: Amazon) -> None:
    requests, _ = example("listingOffers")
    skus = [str(request["uri"]).split("/")[-2] for request in requests]
    watches = [watch(f"B{place:09}", sku=sku) for place, sku in enumerate(skus)]
    told = await read(source, amazon, "listingOffers", watches)
    assert {sku: (len(one.offers), one.total, one.holders) for sku, one in told.items()} == {
        "GC-QTMS-SV2I": (15, 15, ("A1EZPZGQPCQEQR",)),
        "VT-DEIT-57TQ": (3, 3, ("A5LI4TEX5CN80",)),
        "NA-H7X1-JYTM": (11, 11, ("AEMQJEQHIGU8X",)),
        "RL-JVOC-MBSL": (3, 3, NOBODY),
        "74-64KG-H9W9": (2, 2, NOBODY),
    }
    assert [one.asin for one in told.values()] == [one.asin for one in watches]


@pytest.mark.parametrize(("operation", "sku"), [("itemOffers", ""), ("listingOffers", "K-1")])
async def test_a_refusal_of_the_batch(
    source: SpApiSource, amazon: Amazon, operation: str, sku: str
) -> None:
    _, answer = example(operation, "400")
    amazon.script = [json_reply(400, answer)]
    (reading,) = await source.read([watch(sku=sku)])
    words = "Amazon refused the request (400): InvalidInput: Invalid Input."
    assert str(reading.result) == words
