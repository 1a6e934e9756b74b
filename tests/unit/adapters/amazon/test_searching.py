"""Searching the catalogue over HTTP: what is asked, what is found, and what cannot be read."""

from __future__ import annotations

import json
import os
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.amazon.exchange import Unreadable
from adapters.amazon.searching import LONGEST_TOKEN, MOST_KEYWORDS, read_search
from adapters.amazon.sp_api import SpApiSource
from bot.core.catalog_search import LONGEST_TITLE, CatalogSearch
from bot.core.marketplaces import Marketplace
from bot.core.questions import Operation
from bot.errors import SourceError
from tests.unit.adapters.amazon.amazon import HTML_503, US, Amazon, Json, Obj, json_reply
from tests.unit.adapters.amazon.conftest import NOW
from tests.unit.adapters.amazon.test_conformance_reading import check_query, examples, operation
from tests.unit.adapters.amazon.test_properties import values

LINK = "https://m.media-amazon.com/images/I/91uohwV.jpg"
PAN, LID = "B0FOUND001", "B0FOUND002"


def item(asin: Json = PAN, title: Json = "Steel pan", **more: Json) -> Obj:
    summary: Json = {"marketplaceId": US, "itemName": title, "brand": "Perchwell"}
    return {"asin": asin, "summaries": [summary], **more}


FULL = item(
    images=[
        {
            "marketplaceId": US,
            "images": [{"variant": "MAIN", "link": LINK, "height": 500, "width": 500}],
        }
    ],
    productTypes=[{"marketplaceId": US, "productType": "COOKWARE"}],
    attributes={
        "bullet_point": [{"value": "Heavy", "language_tag": "en_US", "marketplace_id": US}]
    },
)


def answer(*items: Json, token: Json = None) -> Obj:
    pagination: Json = {} if token is None else {"pagination": {"nextToken": token}}
    assert isinstance(pagination, dict)
    return {"numberOfResults": len(items), "items": list(items), **pagination}


def read(content: object) -> list[str]:
    page = read_search(json.dumps(content).encode(), Marketplace.named("US"), NOW, simulated=False)
    return [each.asin for each in page.items]


async def test_words_find_products_of_any_brand(source: SpApiSource, amazon: Amazon) -> None:
    amazon.script = [json_reply(200, answer(FULL, token="more"))]
    assert isinstance(source, CatalogSearch)
    page = await source.search_catalog("US", "steel pan,  16 cm")
    (seen,) = amazon.seen
    assert seen.query["keywords"] == "steel,pan,16,cm"
    assert {"identifiers", "brandNames", "pageToken"}.isdisjoint(seen.query)
    (found,) = page.items
    assert (found.asin, found.marketplace, found.title) == (PAN, "US", "Steel pan")
    assert (found.brand, found.product_type) == ("Perchwell", "COOKWARE")
    assert (found.picture, found.bullets) == (LINK, ("Heavy",))
    assert page.next == "more"


async def test_a_brand_is_named_with_underscores(source: SpApiSource, amazon: Amazon) -> None:
    # Facts: with blanks Amazon finds nothing (issues 2722 and 3407).
    amazon.script = [json_reply(200, answer())]
    await source.search_catalog("US", "Alder & Finch", brand="Alder & Finch", after="token")
    (seen,) = amazon.seen
    assert seen.query["brandNames"] == "Alder_&_Finch"
    assert seen.query["pageToken"] == "token"


async def test_no_more_words_are_asked_than_amazon_takes(
    source: SpApiSource, amazon: Amazon
) -> None:
    amazon.script = [json_reply(200, answer())]
    await source.search_catalog("US", " ".join(f"word{n}" for n in range(99)))
    assert len(amazon.seen[0].query["keywords"].split(",")) == MOST_KEYWORDS


async def test_a_search_takes_from_the_quota_of_the_catalogue(
    source: SpApiSource, amazon: Amazon
) -> None:
    amazon.script = [json_reply(200, answer())]
    before = source.search_quota("na")
    await source.search_catalog("US", "pan")
    assert before.operation is Operation.SEARCH_CATALOG
    assert source.search_quota("na").tokens < before.tokens


async def test_what_fails_is_said(source: SpApiSource, amazon: Amazon) -> None:
    amazon.always = HTML_503
    with pytest.raises(SourceError):
        await source.search_catalog("US", "pan")
    with pytest.raises(SourceError, match="not one of Amazon's marketplaces"):
        await source.search_catalog("XX", "pan")


def test_what_cannot_be_read_costs_itself_alone() -> None:
    broken: Obj = {"asin": LID, "summaries": 7}
    assert read(answer(7, {}, broken, item("no ASIN"), item(LID, 5), FULL, FULL)) == [PAN]


def test_a_picture_from_elsewhere_is_never_shown() -> None:
    images: Json = [{"marketplaceId": US, "images": [{"variant": "MAIN", "link": "http://evil/"}]}]
    content = json.dumps(answer(item(images=images))).encode()
    (found,) = read_search(content, Marketplace.named("US"), NOW, simulated=False).items
    assert found.picture == ""


@pytest.mark.parametrize("token", [7, "x" * (LONGEST_TOKEN + 1), [], ""])
def test_a_token_that_is_none_ends_the_search(token: Json) -> None:
    content = json.dumps(answer(FULL, token=token)).encode()
    page = read_search(content, Marketplace.named("US"), NOW, simulated=False)
    assert (len(page.items), page.next) == (1, "")


def test_more_than_a_page_is_not_taken_in() -> None:
    many = [item(f"B0FOUND{n:03}", "x" * 5_000) for n in range(50)]
    content = json.dumps(answer(*many)).encode()
    found = read_search(content, Marketplace.named("US"), NOW, simulated=False).items
    assert len(found) == Operation.SEARCH_CATALOG.products
    assert max(len(each.title) for each in found) <= LONGEST_TITLE


@given(values)
def test_every_answer_is_read_or_refused(content: object) -> None:
    with suppress(Unreadable):
        assert len(read(content)) <= Operation.SEARCH_CATALOG.products


@given(st.lists(values, max_size=3))
def test_odd_items_are_left_out(items: list[object]) -> None:
    try:
        json.dumps(items, allow_nan=False)
    except ValueError:
        # It is no JSON, and refused as a whole.
        with pytest.raises(Unreadable):
            read({"items": [*items, FULL]})
    else:
        assert read({"items": [*items, FULL]})[-1:] == [PAN]


@pytest.mark.conformance
@pytest.mark.skipif("SPECS_DIR" not in os.environ, reason="SPECS_DIR is not set")
async def test_amazons_example_of_a_search(source: SpApiSource, amazon: Amazon) -> None:
    model, path = "catalogItems_2022-04-01.json", "/catalog/2022-04-01/items"
    (example,) = examples(model, path, "get")
    amazon.script = [json_reply(200, example["response"])]
    page = await source.search_catalog("US", "samsung tv", brand="SAMSUNG", after="token")
    (seen,) = amazon.seen
    check_query(seen, operation(model, path, "get"))
    (found,) = page.items
    assert (found.asin, found.brand, found.product_type) == ("B07N4M94X4", "SAMSUNG", "TELEVISION")
    assert found.picture.endswith("51DZzp3w3vL.jpg")
    assert page.next == example["response"]["pagination"]["nextToken"]
