"""Which part of an answer belongs to which product, however its echo distorts what was asked."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.amazon.answers import Part, read_parts
from adapters.amazon.batches import Ask
from adapters.amazon.matching import match
from adapters.amazon.sp_api import SpApiSource
from bot.core.marketplaces import Marketplace
from tests.unit.adapters.amazon.amazon import Amazon, Json, Obj, json_reply, offer, part, payload
from tests.unit.adapters.amazon.conftest import ASIN, error_of, snapshot_of, watch

A, B, C = "B000000001", "B000000002", "B000000003"
UNKNOWN: Obj = {"errors": [{"code": "InvalidInput", "message": "An invalid SKU was given."}]}


def ask(asin: str = A, sku: str = "") -> Ask:
    return Ask(0, watch(asin, sku=sku), Marketplace.named("US"))


def parts(*responses: Json) -> list[Part]:
    return read_parts(json.dumps({"responses": list(responses)}).encode())


@pytest.mark.parametrize(
    ("sku", "echoed"),
    [
        ("18,5+4", "18,5 4"),
        ("A+B", "A%2BB"),
        ("A B", "A+B"),
        ("TOM&JERRY", "TOM&amp;JERRY"),
        ("oak-1", "OAK-1"),
        ("OAK/1", "OAK-1"),
        ("OAK 1", "OAK1"),
    ],
)
def test_an_echo_that_distorts_a_sku_still_names_it(sku: str, echoed: str) -> None:
    (only,) = parts(part(UNKNOWN, {"SellerSKU": echoed}, status=400))
    assert match([only], [ask(A, sku), ask(B, "OTHER-2")]) == {sku: only}


def test_what_a_distorted_echo_may_mean_twice_belongs_to_nobody() -> None:
    (only,) = parts(part({"payload": {}}, {"SellerSKU": "A 1"}))
    assert match([only], [ask(A, "A-1"), ask(B, "A/1")]) == {}


def test_a_payload_that_names_the_product_belongs_to_its_sku() -> None:
    one, two = parts({"body": {"payload": {"ASIN": B}}}, {"body": {"payload": {"ASIN": A}}})
    assert match([one, two], [ask(A, "K-1"), ask(B, "K-2")]) == {"K-1": two, "K-2": one}


def test_an_error_belongs_to_the_one_sku_that_its_words_name() -> None:
    words: Obj = {"errors": [{"code": "InvalidInput", "message": "OAK-2 is an invalid SKU"}]}
    (only,) = parts(part(words, {"SellerSKU": "null"}, status=400))
    assert match([only], [ask(A, "OAK-1"), ask(B, "OAK-2")]) == {"OAK-2": only}


def test_the_errors_that_are_left_belong_to_what_is_left_in_their_order() -> None:
    responses = parts(
        part(UNKNOWN, {"SellerSKU": "?"}, status=400),
        part({"payload": {}}, {"SellerSKU": "K-2"}),
        part(UNKNOWN, {}, status=500),
    )
    found = match(responses, [ask(A, "K-1"), ask(B, "K-2"), ask(C, "K-3")])
    assert found == {"K-1": responses[0], "K-2": responses[1], "K-3": responses[2]}


@pytest.mark.parametrize("responses", [[{}], [{"body": {"payload": {}}}], [{}, {}, {}]])
def test_offers_never_belong_to_a_product_by_their_place(responses: list[Json]) -> None:
    assert match(parts(*responses), [ask(A), ask(B)][: len(responses)]) == {}


def test_fewer_errors_than_products_are_nobodys() -> None:
    (only,) = parts(part(UNKNOWN, {}, status=400))
    assert match([only], [ask(A, "K-1"), ask(B, "K-2")]) == {}


@given(
    skus=st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=20, unique=True),
    seed=st.integers(),
)
def test_parts_that_name_their_skus_are_matched_in_any_order(skus: list[str], seed: int) -> None:
    asks = [ask(f"B{place:09}", sku) for place, sku in enumerate(skus)]
    answered = parts(*({"request": {"SellerSKU": sku}} for sku in skus))
    told = dict(zip(skus, answered, strict=True))
    random.Random(seed).shuffle(answered)
    assert match(answered, asks) == told


async def test_amazons_own_error_is_shown_though_the_echo_is_distorted(
    source: SpApiSource, amazon: Amazon
) -> None:
    failed = part(UNKNOWN, {"uri": "/listings/GONE+1/offers", "SellerSKU": "GONE 1"}, status=400)
    amazon.script = [json_reply(200, {"responses": [failed]})]
    (reading,) = await source.read([watch(sku="GONE+1")])
    assert str(error_of(reading)) == (
        f"Amazon does not know {ASIN} (your SKU GONE+1) in the marketplace US. "
        "Amazon says: InvalidInput: An invalid SKU was given."
    )


async def test_offers_are_read_though_the_echo_is_distorted(
    source: SpApiSource, amazon: Amazon
) -> None:
    told = part({"payload": payload(ASIN, offer())}, {"SellerSKU": "A B"})
    amazon.script = [json_reply(200, {"responses": [told]})]
    (reading,) = await source.read([watch(sku="A+B")])
    assert snapshot_of(reading).total == 1
