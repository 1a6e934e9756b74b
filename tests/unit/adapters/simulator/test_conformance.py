"""The answers use no key that Amazon's models do not know.

SPECS_DIR is a folder with productPricingV0.json, catalogItems_2022-04-01.json,
listingsItems_2021-08-01.json, sellers.json and reports_2021-06-30.json of the repository
amzn/selling-partner-api-models in sp-api/.
"""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from adapters.simulator import SettableClock
from tests.unit.adapters.simulator.caller import (
    CATALOG,
    COMPETITIVE,
    ITEMS,
    LISTINGS,
    OWN_LISTINGS,
    US,
    Caller,
    Json,
    Tree,
    tree,
)
from tests.unit.adapters.simulator.small import BOARD, OWN, PAN, SKU, UNKNOWN

pytestmark = pytest.mark.conformance
PRICING = "productPricingV0.json"
LISTINGS_ITEMS = "listingsItems_2021-08-01.json"
CATALOG_ITEMS = "catalogItems_2022-04-01.json"


class Model:
    """One of Amazon's Swagger 2.0 models."""

    def __init__(self, name: str) -> None:
        path = Path(os.environ["SPECS_DIR"], "sp-api", name)
        self.document: Mapping[str, Json] = json.loads(path.read_text(encoding="utf-8"))

    def answer(self, method: str, path: str, status: int = 200) -> Json:
        return at(self.document, "paths", path, method, "responses", str(status), "schema")

    def resolved(self, schema: Json) -> Mapping[str, Json]:
        assert isinstance(schema, Mapping)
        reference = schema.get("$ref")
        if isinstance(reference, str):
            return self.resolved(at(self.document, *reference.removeprefix("#/").split("/")))
        return schema

    def properties(self, schema: Mapping[str, Json]) -> dict[str, Json]:
        """The properties of an object, those of allOf included."""
        found = dict(self.resolved(schema.get("properties", {})))
        parts = schema.get("allOf", [])
        assert isinstance(parts, list)
        for part in parts:
            found |= self.properties(self.resolved(part))
        return found

    def unknown(self, value: Json, schema: Json, path: str = "$") -> Iterator[str]:
        """The places in a value that the schema does not know, or that have a wrong type."""
        model = self.resolved(schema)
        if isinstance(value, Mapping):
            properties = self.properties(model)
            extra = model.get("additionalProperties")
            for key, child in value.items():
                if key in properties:
                    yield from self.unknown(child, properties[key], f"{path}.{key}")
                elif not extra:
                    yield f"{path}.{key}"
        elif isinstance(value, list):
            for place, child in enumerate(value):
                yield from self.unknown(child, model["items"], f"{path}[{place}]")
        elif "type" in model and not _fits(value, str(model["type"])):
            yield f"{path} is no {model.get('type')}"


def _fits(value: Json, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    if isinstance(value, int):
        return kind in {"integer", "number"}
    return kind == ("number" if isinstance(value, float) else "string")


def at(value: Json, *keys: str) -> Json:
    for key in keys:
        assert isinstance(value, Mapping)
        value = value[key]
    return value


def keys(value: Json, path: str = "$") -> set[str]:
    """The paths of all keys in a value; the elements of a list count as one."""
    found: set[str] = set()
    if isinstance(value, Mapping):
        for key, child in value.items():
            found |= {f"{path}.{key}"} | keys(child, f"{path}.{key}")
    elif isinstance(value, list):
        for child in value:
            found |= keys(child, f"{path}[]")
    return found


async def test_item_offers(caller: Caller) -> None:
    model = Model(PRICING)
    answer = tree(await caller.item_offers(PAN, BOARD, UNKNOWN)).value
    assert list(model.unknown(answer, model.answer("post", ITEMS))) == []


async def test_listing_offers(caller: Caller) -> None:
    model = Model(PRICING)
    quoted = SKU.replace("/", "%2F").replace(" ", "%20")
    answer = tree(await caller.listing_offers(quoted, "NO-SUCH-SKU")).value
    assert list(model.unknown(answer, model.answer("post", LISTINGS))) == []


async def test_one_product_alone(caller: Caller) -> None:
    model = Model(PRICING)
    quoted = SKU.replace("/", "%2F").replace(" ", "%20")
    for kind, key, response in (
        ("items/{Asin}", PAN, await caller.item_alone(PAN)),
        ("listings/{SellerSKU}", SKU, await caller.listing_alone(quoted)),
    ):
        assert response.status_code == 200, key
        schema = model.answer("get", f"/products/pricing/v0/{kind}/offers")
        assert list(model.unknown(tree(response).value, schema)) == []


async def test_competitive_prices(caller: Caller, clock: SettableClock) -> None:
    clock.advance(200)
    model = Model(PRICING)
    answer = tree(await caller.prices(PAN, UNKNOWN)).value
    assert list(model.unknown(answer, model.answer("get", COMPETITIVE))) == []


async def test_catalogue(caller: Caller) -> None:
    model = Model(CATALOG_ITEMS)
    answer = tree(await caller.catalog(PAN, BOARD, pageSize="1")).value
    assert list(model.unknown(answer, model.answer("get", CATALOG))) == []


async def test_own_listings(caller: Caller) -> None:
    model = Model(LISTINGS_ITEMS)
    answer = tree(await caller.listings(SKU, "NO-SUCH-SKU", seller=OWN))
    schema = model.answer("get", f"{OWN_LISTINGS}/{{sellerId}}")
    assert list(model.unknown(answer.value, schema)) == []
    required = at(model.document, "definitions", "ItemSummaryByMarketplace", "required")
    assert isinstance(required, list)
    assert set(required) <= set(answer["items"][0]["summaries"][0])


async def test_all_own_listings_page_by_page(caller: Caller) -> None:
    model = Model(LISTINGS_ITEMS)
    query = {"marketplaceIds": US, "pageSize": "1", "sortBy": "sku"}
    answer = tree(await caller.get(f"{OWN_LISTINGS}/{OWN}", query)).value
    schema = model.answer("get", f"{OWN_LISTINGS}/{{sellerId}}")
    assert list(model.unknown(answer, schema)) == []


async def test_participations(caller: Caller) -> None:
    model, path = Model("sellers.json"), "/sellers/v1/marketplaceParticipations"
    answer = tree(await caller.get(path, {})).value
    assert list(model.unknown(answer, model.answer("get", path))) == []
    required = at(model.document, "definitions", "MarketplaceParticipation", "required")
    assert isinstance(required, list)
    assert set(required) <= set(Tree(answer)["payload"][0])


async def test_reports(caller: Caller) -> None:
    model, path = Model("reports_2021-06-30.json"), "/reports/2021-06-30"
    wanted = {"reportType": "GET_MERCHANT_LISTINGS_ALL_DATA", "marketplaceIds": [US]}
    created = tree(await caller.post(f"{path}/reports", wanted))
    schema = model.answer("post", f"{path}/reports", 202)
    assert list(model.unknown(created.value, schema)) == []
    id = created["reportId"].value
    reports = [tree(await caller.get(f"{path}/reports/{id}", {})) for _ in range(3)]
    schema = model.answer("get", f"{path}/reports/{{reportId}}")
    assert [list(model.unknown(report.value, schema)) for report in reports] == [[], [], []]
    report = reports[-1]
    document = tree(await caller.get(f"{path}/documents/{report['reportDocumentId'].value}", {}))
    schema = model.answer("get", f"{path}/documents/{{reportDocumentId}}")
    assert list(model.unknown(document.value, schema)) == []


async def test_refusals(caller: Caller) -> None:
    model = Model(PRICING)
    answer = tree(await caller.item_offers(PAN, PAN)).value
    assert list(model.unknown(answer, model.answer("post", ITEMS, 400))) == []
    model = Model(CATALOG_ITEMS)
    answer = tree(await caller.catalog("X")).value
    assert list(model.unknown(answer, model.answer("get", CATALOG, 400))) == []


async def test_offers_have_the_keys_of_amazons_example(caller: Caller) -> None:
    """All of them but what only some of Amazon's examples have."""
    model = Model(PRICING)
    sandbox = at(model.document, "paths", ITEMS, "post", "responses", "200", "x-amzn-api-sandbox")
    example = Tree(sandbox)["static"][0]["response"]["responses"][0]
    answer = tree(await caller.item_offers(PAN))["responses"][0]
    assert keys(example.value) <= keys(answer.value)
