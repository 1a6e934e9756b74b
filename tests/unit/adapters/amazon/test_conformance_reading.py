"""Cheap looks, summaries and pages: Amazon's own examples are read, and its parameters are kept.

SPECS_DIR is a folder with Amazon's models in sp-api/.
"""

from __future__ import annotations

import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from adapters.amazon.sp_api import SpApiSource
from bot.core.competitive import CompetitivePrice
from bot.core.competitive_summary import CompetitiveSummary
from bot.core.conditions import SUB_CONDITIONS, Condition
from bot.core.page_content import DataSet, PageContent
from bot.errors import SourceError, UnknownProduct
from tests.unit.adapters.amazon.amazon import Amazon, Seen, json_reply
from tests.unit.adapters.amazon.conftest import watch

pytestmark = pytest.mark.conformance

SUMMARIES = "/batches/products/pricing/2022-05-01/items/competitiveSummary"
CATALOG = "/catalog/2022-04-01/items"
PRICES = "/products/pricing/v0/competitivePrice"


def operation(model: str, path: str, method: str) -> Any:
    """Return an operation of one of Amazon's models."""
    text = (Path(os.environ["SPECS_DIR"]) / "sp-api" / model).read_text(encoding="utf-8")
    return json.loads(text)["paths"][path][method]


def examples(model: str, path: str, method: str, status: str = "200") -> list[Any]:
    """Return the static examples of an operation: requests and responses."""
    responses = operation(model, path, method)["responses"]
    static: list[Any] = responses[status]["x-amzn-api-sandbox"]["static"]
    return static


def check_query(seen: Seen, described: Any) -> None:
    """Check that a request has the parameters that the model requires, and no other."""
    parameters = {one["name"]: one for one in described["parameters"] if one["in"] == "query"}
    required = {name for name, one in parameters.items() if one.get("required")}
    assert required <= set(seen.query) <= set(parameters)
    for name, value in seen.query.items():
        one = parameters[name]
        given = value.split(",") if one["type"] == "array" else [value]
        allowed = one.get("enum") or one.get("items", {}).get("enum")
        most = one.get("maxItems")
        assert most is None or len(given) <= most
        assert allowed is None or set(given) <= set(allowed)


@pytest.mark.parametrize("place", [0, 2])
async def test_competitive_prices_of_amazons_examples(
    source: SpApiSource, amazon: Amazon, place: int
) -> None:
    example = examples("productPricingV0.json", PRICES, "get")[place]
    amazon.script = [json_reply(200, example["response"])]
    asins = [part["ASIN"] for part in example["response"]["payload"]]
    found = await source.competitive_prices([watch(asin) for asin in asins])
    (seen,) = amazon.seen
    check_query(seen, operation("productPricingV0.json", PRICES, "get"))
    first, second = (reading.result for reading in found)
    assert isinstance(first, CompetitivePrice)
    assert isinstance(second, CompetitivePrice)
    assert first.counts[Condition.NEW] == (20, 0, 3)[place]
    assert first.new is not None
    assert [(str(box.price), box.seller) for box in first.new] == (
        [("USD 10.00", "")] if place == 0 else [("USD 120.00", "AXXXXXXXXXXXXX")]
    )
    # The second of the answer for businesses has a row for businesses alone.
    assert (second.new is None) is (place == 2)


async def test_a_refusal_of_competitive_prices(source: SpApiSource, amazon: Amazon) -> None:
    (example,) = examples("productPricingV0.json", PRICES, "get", "400")
    amazon.script = [json_reply(400, example["response"])]
    with pytest.raises(SourceError, match=r"refused the request \(400\): InvalidInput"):
        await source.competitive_prices([watch()])


async def test_competitive_summaries_of_amazons_example(
    source: SpApiSource, amazon: Amazon
) -> None:
    (example,) = examples("productPricing_2022-05-01.json", SUMMARIES, "post")
    asked = example["request"]["parameters"]["body"]["value"]["requests"]
    amazon.script = [json_reply(200, example["response"])]
    found = await source.competitive_summaries([watch(one["asin"]) for one in asked])
    ours = json.loads(amazon.seen[0].body)["requests"]
    assert [set(one) for one in ours] == [set(asked[0])] * 2
    assert {one["uri"] for one in ours} == {asked[0]["uri"]}
    for one in ours:
        assert set(one["includedData"]) <= set(asked[0]["includedData"])
        assert asked[0]["lowestPricedOffersInputs"] == one["lowestPricedOffersInputs"][:2]
    summary = found[0].result
    assert isinstance(summary, CompetitiveSummary)
    assert {
        condition: [(str(one.offer.landed), one.sub_condition) for one in offers]
        for condition, offers in summary.offers.items()
        if offers
    } == {
        # Its points are worth half a dollar and three cents.
        Condition.NEW: [("USD 19.15", "New"), ("USD 20.58", "New")],
        Condition.USED: [("USD 14.50", "Acceptable")],
    }
    assert summary.featured is not None
    assert [(one.offer.seller, one.share) for one in summary.featured] == [
        ("A3DJR8M9Y3OUPG", Decimal(82)),
        ("A2ZWOLFOFDPJL1", Decimal(18)),
    ]
    assert summary.similar == ("B00ZIA513F", "B009DA8GI1", "B00KF8SK3D")
    assert isinstance(found[1].result, UnknownProduct)


async def test_a_refusal_of_competitive_summaries(source: SpApiSource, amazon: Amazon) -> None:
    (example,) = examples("productPricing_2022-05-01.json", SUMMARIES, "post", "400")
    amazon.script = [json_reply(400, example["response"])]
    with pytest.raises(SourceError, match=r"refused the request \(400\): INVALID_ASIN"):
        await source.competitive_summaries([watch()])


def test_all_documented_conditions_and_sub_conditions_are_known() -> None:
    path = Path(os.environ["SPECS_DIR"]) / "sp-api" / "productPricing_2022-05-01.json"
    defined = json.loads(path.read_text(encoding="utf-8"))["definitions"]
    assert defined["Condition"]["enum"] == [condition.value for condition in Condition]
    assert defined["Offer"]["properties"]["subCondition"]["enum"] == list(SUB_CONDITIONS)


async def test_the_page_of_amazons_example(source: SpApiSource, amazon: Amazon) -> None:
    described = operation("catalogItems_2022-04-01.json", CATALOG, "get")
    example = described["responses"]["200"]["examples"]["application/json"]
    amazon.script = [json_reply(200, example)]
    (reading,) = await source.page_contents([watch("B07N4M94X4")])
    check_query(amazon.seen[0], described)
    page = reading.result
    assert isinstance(page, PageContent)
    assert (page.missing, page.language, page.brand) == ((), "en_US", "SAMSUNG")
    assert page.title is not None
    assert page.title.startswith("Samsung QN82Q60RAFXZA Flat 82-Inch QLED 4K")
    assert page.bullets is not None
    assert len(page.bullets) == 6
    assert page.bullets[0].startswith("SMART TV WITH UNIVERSAL GUIDE")
    assert (page.product_type, page.parent, page.children) == ("TELEVISION", "B08J7TQ9FL", ())
    assert page.images is not None
    assert page.pictures is not None
    assert (len(page.images), all(image.link for image in page.images)) == (16, True)
    assert [picture.variant for picture in page.pictures] == [
        "MAIN",
        *(f"PT0{number}" for number in range(1, 9)),
    ]
    assert page.identifiers is not None
    assert [one.kind for one in page.identifiers] == ["EAN", "GTIN", "UPC"]


async def test_the_page_of_amazons_sandbox_lacks_its_attributes(
    source: SpApiSource, amazon: Amazon
) -> None:
    (example, *_) = examples("catalogItems_2022-04-01.json", CATALOG, "get")
    amazon.script = [json_reply(200, example["response"])]
    (reading,) = await source.page_contents([watch("B07N4M94X4")])
    page = reading.result
    assert isinstance(page, PageContent)
    assert (page.missing, page.bullets, page.description) == ((DataSet.ATTRIBUTES,), None, None)
