from __future__ import annotations

import json
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.amazon.answers import Echo, Part, StatusLine, read_parts
from adapters.amazon.batches import Ask, encode, payload_of, plan
from adapters.amazon.exchange import Unreadable
from adapters.amazon.matching import match
from bot.core.marketplaces import MARKETPLACES, Marketplace
from bot.errors import QuotaExceeded, SourceError, Unavailable
from tests.unit.adapters.amazon.amazon import Json
from tests.unit.adapters.amazon.conftest import watch

A, B = "B000000001", "B000000002"


def ask(asin: str = A, code: str = "US", sku: str = "", place: int = 0) -> Ask:
    return Ask(place, watch(asin, code, sku), Marketplace.named(code))


def parts(*responses: Json) -> list[Part]:
    return read_parts(json.dumps({"responses": responses}).encode())


asks = st.lists(
    st.tuples(
        st.sampled_from([f"B{number:09}" for number in range(50)]),
        st.sampled_from(MARKETPLACES),
        st.sampled_from(["", "SKU 1", "SKU/2"]),
    ),
    max_size=200,
).map(lambda drawn: [ask(asin, m.code, sku, n) for n, (asin, m, sku) in enumerate(drawn)])


@given(asks)
def test_a_plan_asks_each_once_in_batches_that_amazon_takes(wanted: list[Ask]) -> None:
    batches = plan(wanted)
    assert sorted(one.place for batch in batches for one in batch) == list(range(len(wanted)))
    for batch in batches:
        assert 1 <= len(batch) <= 20
        assert len({(one.market.id, one.operation) for one in batch}) == 1
        assert len({one.key for one in batch}) == len(batch)


def test_forty_one_products_make_three_batches() -> None:
    batches = plan([ask(f"B{number:09}", place=number) for number in range(41)])
    assert [len(batch) for batch in batches] == [20, 20, 1]
    places = [one.place for batch in batches for one in batch]
    assert all(first < second for first, second in pairwise(places))


def test_the_request_is_the_models() -> None:
    """Source: BatchRequest and BatchOffersRequestParams in the model productPricingV0."""
    assert json.loads(encode([ask()])) == {
        "requests": [
            {
                "uri": f"/products/pricing/v0/items/{A}/offers",
                "method": "GET",
                "MarketplaceId": "ATVPDKIKX0DER",
                "ItemCondition": "New",
                "CustomerType": "Consumer",
            }
        ]
    }


@pytest.mark.parametrize(
    ("sku", "written"),
    [
        ("GC-QTMS-SV2I", "GC-QTMS-SV2I"),
        ("Book#320", "Book%23320"),
        ("18,5+4", "18%2C5%2B4"),
        ("a b/c%d", "a%20b%2Fc%25d"),
    ],
)
def test_a_sku_may_hold_any_character(sku: str, written: str) -> None:
    """Seen in issue 4431 of selling-partner-api-models."""
    (request,) = json.loads(encode([ask(sku=sku)]))["requests"]
    assert request["uri"] == f"/products/pricing/v0/listings/{written}/offers"


@pytest.mark.parametrize(
    "response",
    [
        {"request": {"Asin": B}},
        {"request": {"uri": f"/products/pricing/v0/items/{B}/offers"}},
        {"body": {"payload": {"ASIN": B}}},
        {"body": {"payload": {"Identifier": {"ASIN": B}}}},
        {"request": {"Asin": "unknown"}, "body": {"payload": {"ASIN": B}}},
    ],
)
def test_a_part_is_known_by_what_it_says_and_not_by_its_position(response: Json) -> None:
    (only,) = parts(response)
    assert match([only], [ask(A), ask(B)]) == {B: only}


@pytest.mark.parametrize(
    "response",
    [
        {"request": {"SellerSKU": "a b"}},
        {"request": {"uri": "/products/pricing/v0/listings/a%20b/offers"}},
        {"body": {"payload": {"SKU": "a b"}}},
        {"body": {"payload": {"Identifier": {"SellerSKU": "a b"}}}},
    ],
)
def test_a_part_about_a_listing_is_known_by_its_sku(response: Json) -> None:
    (only,) = parts(response)
    assert match([only], [ask(A), ask(B, sku="a b")]) == {"a b": only}


@pytest.mark.parametrize("response", [{}, {"body": 7}, {"body": {"errors": []}}, {"request": {}}])
def test_a_part_that_names_nothing_belongs_to_nobody(response: Json) -> None:
    assert match(parts(response), [ask(A)]) == {}


def test_of_two_parts_for_one_product_the_first_counts() -> None:
    first, second = parts({"request": {"Asin": A}}, {"request": {"Asin": A}, "body": {}})
    assert match([first, second], [ask(A)]) == {A: first}


@pytest.mark.parametrize("broken", [None, 7, {"status": 200}, {"request": {"Asin": 1}}])
def test_a_broken_part_spoils_no_other(broken: Json) -> None:
    found = match(parts({"request": {"Asin": A}}, broken, {"request": {"Asin": B}}), [ask(B)])
    assert list(found) == [B]


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (400, SourceError, f"Amazon does not know {A} in the marketplace US."),
        (404, SourceError, f"Amazon does not know {A} in the marketplace US."),
        (403, SourceError, f"Amazon refused the request for {A} (403)."),
        (429, QuotaExceeded, f"Amazon is limiting our requests and did not answer for {A}."),
        (500, Unavailable, f"Amazon could not answer for {A} (500)."),
        (503, Unavailable, f"Amazon could not answer for {A} (503)."),
        (200, SourceError, f"Amazon's answer about {A} has no content."),
        (None, SourceError, f"Amazon's answer about {A} has no content."),
    ],
)
def test_every_inner_status_is_read(
    status: int | None, kind: type[SourceError], words: str
) -> None:
    line = StatusLine(status)
    part = Part(status=line, body=msgspec.Raw(b'{"errors":[]}'))
    with pytest.raises(kind) as caught:
        payload_of(ask(), part)
    assert str(caught.value) == words


@pytest.mark.parametrize("status", [-1, 0, 99, 600, 10**400])
def test_a_status_that_is_none_is_unreadable(status: int) -> None:
    with pytest.raises(Unreadable, match=f"{A} has an invalid status"):
        payload_of(ask(), Part(status=StatusLine(status)))


def test_a_long_sku_does_not_fill_a_failure() -> None:
    with pytest.raises(SourceError) as caught:
        payload_of(ask(sku="K\x1b" * 5000), Part(status=StatusLine(400)))
    assert len(str(caught.value)) < 200
    assert "\x1b" not in str(caught.value)


def test_an_unknown_sku_is_named() -> None:
    part = Part(status=StatusLine(400))
    with pytest.raises(SourceError, match=rf"{A} \(your SKU K-1\)"):
        payload_of(ask(sku="K-1"), part)


def test_a_part_about_another_marketplace_is_refused() -> None:
    body = msgspec.Raw(b'{"payload":{}}')
    part = Part(request=Echo(asin=A, marketplace_id="A1F83G8C2ARO7P"), body=body)
    with pytest.raises(SourceError, match="marketplace other than US"):
        payload_of(ask(), part)
