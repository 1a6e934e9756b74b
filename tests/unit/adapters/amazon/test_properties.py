"""Whatever Amazon sends, it becomes a snapshot or an error, and nothing else."""

from __future__ import annotations

import json

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from adapters.amazon.answers import read_parts
from adapters.amazon.batches import Ask, payload_of
from adapters.amazon.matching import match
from adapters.amazon.snapshots import to_snapshot
from bot.core.listing import Snapshot
from bot.core.marketplaces import Marketplace
from bot.core.money import LARGEST
from bot.errors import SourceError
from tests.unit.adapters.amazon.amazon import RIVAL, Json, Obj, box, offer, part, payload
from tests.unit.adapters.amazon.conftest import ASIN, NOW, watch

ASK = Ask(0, watch(), Marketplace.named("US"))
ECHO: Obj = {"Asin": ASIN, "MarketplaceId": "ATVPDKIKX0DER"}
VALID = payload(ASIN, offer(winner=True), offer(RIVAL, 9.99), boxes=[box(21)])

words = st.sampled_from(["new", "used", "NaN", "-1", "1e999", "sNaN", "Infinity", "", "A" * 99])
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | words
)  # Floats include NaN and infinity, which Python writes and JSON does not have.
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def read(content: bytes) -> Snapshot | SourceError:
    try:
        found = match(read_parts(content), [ASK]).get(ASIN)
        payload = payload_of(ASK, found)
        return to_snapshot(payload, ASK.watch, ASK.market, NOW, "")
    except SourceError as error:
        return error


def check(outcome: Snapshot | SourceError) -> None:
    if isinstance(outcome, SourceError):
        assert str(outcome)
        return
    assert outcome.total >= len(outcome.offers)
    assert (outcome.asin, outcome.marketplace) == (ASIN, "US")
    assert outcome.holders is None or len(outcome.holders) <= 2
    for one in outcome.offers:
        assert one.seller.isascii()
        assert one.seller.isalnum()
        assert len(one.seller) <= 40
        assert len(one.ships_from) <= 60
        assert 0 <= one.price.amount < LARGEST
        assert one.shipping is None or 0 <= one.shipping.amount < LARGEST
        assert str(one.landed)
    assert msgspec.json.decode(msgspec.json.encode(outcome), type=Snapshot) == outcome


def test_the_valid_one_is_a_snapshot() -> None:
    answer: Obj = {"responses": [part({"payload": VALID}, ECHO)]}
    outcome = read(json.dumps(answer).encode())
    assert isinstance(outcome, Snapshot)
    check(outcome)


@given(st.binary())
def test_any_bytes(content: bytes) -> None:
    check(read(content))


@given(values)
def test_any_json_as_the_whole_answer(value: Json) -> None:
    check(read(json.dumps(value).encode()))
    check(read(json.dumps({"responses": value}).encode()))
    check(read(json.dumps({"responses": [value]}).encode()))


@given(values, st.sampled_from(["body", "status", "request", "payload"]))
def test_any_json_in_a_part(value: Json, place: str) -> None:
    body: Obj = {"payload": value if place == "payload" else VALID}
    one = part(body, ECHO)
    if place != "payload":
        one[place] = value
    check(read(json.dumps({"responses": [one]}).encode()))


def places(value: Json, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """List the paths of everything within a JSON value."""
    found = [path] if path else []
    if isinstance(value, dict):
        for key, inner in value.items():
            found += places(inner, (*path, key))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            found += places(inner, (*path, index))
    return found


def changed(value: Json, path: tuple[str | int, ...], new: Json) -> Json:
    """Copy a JSON value with another one in a place."""
    if not path:
        return new
    head, *rest = path
    if isinstance(value, dict):
        return {**value, str(head): changed(value[str(head)], tuple(rest), new)}
    assert isinstance(value, list)
    return [changed(v, tuple(rest), new) if i == head else v for i, v in enumerate(value)]


mutations = st.lists(st.tuples(st.sampled_from(places(VALID)), values), min_size=1, max_size=3)


@given(mutations)
def test_any_mutation_of_a_valid_payload(
    mutations: list[tuple[tuple[str | int, ...], Json]],
) -> None:
    answer: Json = VALID
    for path, new in mutations:
        if path in places(answer):
            answer = changed(answer, path, new)
    check(read(json.dumps({"responses": [part({"payload": answer}, ECHO)]}).encode()))


@given(st.data())
def test_a_valid_answer_cut_off_anywhere_is_an_error(data: st.DataObject) -> None:
    content = json.dumps({"responses": [part({"payload": VALID}, ECHO)]}).encode()
    cut = data.draw(st.integers(0, len(content) - 1))
    assert isinstance(read(content[:cut]), SourceError)
