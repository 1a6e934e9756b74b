"""What is kept of a reading: of companies what the law makes public, of persons next to nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conditions import Condition
from bot.core.money import Money
from bot.core.seller_facts import OfferSighting, OffersReading, SellerReading
from bot.features.cases.models.seller_facts import (
    SellerFacts,
    SharedTrait,
    UnreadFacts,
)
from bot.features.cases.rules.all_offers import NAMED, named_sellers, offers_of, unlisted
from bot.features.cases.rules.seller_facts import (
    OURS,
    asked_enough,
    facts_of,
    is_company,
    mark_of,
)

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
WORDS = st.text(max_size=40)
READINGS = st.builds(
    SellerReading,
    seller=st.just("A1QX7ZP9KD4W2M"),
    marketplace=st.just("US"),
    name=WORDS,
    business=WORDS,
    address=st.lists(WORDS, max_size=6).map(tuple),
    vat=WORDS,
    phone=WORDS,
)


def kept(reading: SellerReading, ours: tuple[str, ...] = ()) -> SellerFacts:
    return facts_of(reading, ours, NOW, source="Keepa", simulated=False)


def mark(by: SharedTrait, **told: object) -> str:
    reading = SellerReading(seller="A1QX7ZP9KD4W2M", marketplace="US")
    return mark_of(kept(msgspec.structs.replace(reading, **told)), by)[1]


@pytest.mark.parametrize(
    "name",
    [
        "Bright Leaf Trading Co., Ltd.",
        "Nordlicht Handel UG (haftungsbeschränkt)",
        "Alder & Finch GmbH & Co. KG",
        "Kitchen Things S.r.l.",
        "ACME, L.L.C.",
        "Dom i Ogród Sp. z o.o.",
        "shenzhenshi liangye maoyi youxiangongsi Limited",
        "深圳市亮叶贸易有限公司",
        "株式会社サンプル",
    ],
)
def test_a_legal_form_makes_a_company(name: str) -> None:
    assert is_company(name)


@pytest.mark.parametrize(
    "name", ["Max Mustermann", "Ana Alder", "Incarnation Kitchen", "Zhang Wei", "Agatha Limone", ""]
)
def test_without_one_it_may_be_a_person(name: str) -> None:
    assert not is_company(name)


@given(READINGS)
def test_of_who_may_be_a_person_no_address_and_no_number_is_kept(reading: SellerReading) -> None:
    facts = kept(reading)
    if not facts.company:
        assert (facts.address, facts.vat) == ((), "")
        assert facts.place == "" or facts.place == reading.address[-1]
        assert len(facts.place) in (0, 2)


def test_no_phone_number_is_kept_of_anybody() -> None:
    reading = SellerReading(
        seller="A1QX7ZP9KD4W2M", marketplace="US", business="A Ltd", phone="+1 800 123 4567"
    )
    assert b"4567" not in msgspec.json.encode(kept(reading))


@given(READINGS)
def test_the_same_reading_always_gives_the_same_marks(reading: SellerReading) -> None:
    one, other = kept(reading), kept(msgspec.structs.replace(reading, seller="A9OTHERSHOP001"))
    for by in SharedTrait:
        assert mark_of(one, by) == mark_of(other, by)


@pytest.mark.parametrize(
    ("one", "other"),
    [("GB 123 4567 89", "gb123456789"), ("DE-123456789", "DE123456789")],
)
def test_a_vat_number_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert mark(SharedTrait.VAT, vat=one) == mark(SharedTrait.VAT, vat=other) != ""


@pytest.mark.parametrize("vat", ["", "N/A", "0", "000000000", "none yet", "-----------"])
def test_what_is_no_number_marks_nobody(vat: str) -> None:
    assert mark(SharedTrait.VAT, vat=vat) == ""


@pytest.mark.parametrize("phone", ["", "12345", "0000000000", "call me", "1111111111"])
def test_what_is_no_phone_number_marks_nobody(phone: str) -> None:
    assert mark(SharedTrait.PHONE, phone=phone) == ""


def test_a_country_alone_is_no_address() -> None:
    assert mark(SharedTrait.BUSINESS, business="A Ltd", address=("CN",)) == ""
    assert mark(SharedTrait.BUSINESS, business="", address=("1 Road", "CN")) == ""


def test_marks_of_two_kinds_are_never_the_same() -> None:
    number = "8001234567"
    assert mark(SharedTrait.VAT, vat=number) != mark(SharedTrait.PHONE, phone=number)


def test_many_of_our_products_are_counted_and_some_named() -> None:
    reading = SellerReading(seller="A1QX7ZP9KD4W2M", marketplace="US")
    facts = kept(reading, tuple(f"B{number:09}" for number in range(200)))
    assert (len(facts.ours), facts.ours_in_all) == (OURS, 200)


@pytest.mark.parametrize(
    ("days", "enough"), [(-8, False), (-1, True), (0, True), (6.9, True), (7.1, False)]
)
def test_facts_are_enough_for_a_week_and_a_clock_that_was_ahead_puts_nothing_off(
    days: float, enough: bool
) -> None:
    facts = kept(SellerReading(seller="A1QX7ZP9KD4W2M", marketplace="US"))
    assert asked_enough(facts, None, NOW + timedelta(days=days)) is enough


@pytest.mark.parametrize(
    ("unknown", "days", "enough"),
    [(False, 0.9, True), (False, 1.1, False), (True, 6.9, True), (True, 7.1, False)],
)
def test_nobody_is_asked_again_soon(unknown: bool, days: float, enough: bool) -> None:
    unread = UnreadFacts(
        seller="A1", marketplace="US", source="Keepa", at=NOW, why="-", unknown=unknown
    )
    assert asked_enough(None, unread, NOW + timedelta(days=days)) is enough


SIGHTINGS = st.lists(
    st.builds(
        OfferSighting,
        seller=st.sampled_from(["A9SHOP00000001", "A9SHOP00000002", "A9SHOP00000003"]),
        condition=st.sampled_from([*Condition, None]),
        price=st.one_of(
            st.none(), st.decimals(0, 999, places=2).map(lambda amount: Money(amount, "USD"))
        ),
    ),
    max_size=30,
)


@given(SIGHTINGS, st.sets(st.sampled_from(["A9SHOP00000001", "A9SHOP00000002"])))
def test_each_unlisted_seller_is_named_once_the_cheapest_first(
    sightings: list[OfferSighting], listed: set[str]
) -> None:
    reading = OffersReading(asin="B0ALDER001", marketplace="US", offers=tuple(sightings))
    found = unlisted(offers_of(reading, NOW, source="Keepa"), listed)
    sellers = [offer.seller for offer in found]
    assert len(sellers) == len({*sellers})
    assert not listed & {*sellers}
    new = {each.seller for each in sightings if each.condition is Condition.NEW}
    assert {*sellers} == new - listed
    prices = [offer.price.amount for offer in found if offer.price]
    assert prices == sorted(prices)
    assert len(named_sellers(found).splitlines()) <= NAMED + 1
