"""What a seller's page says of the seller, and what is made of a page that says it otherwise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.cases.models.profiles import SellerProfile, UnreadSellerPage
from bot.features.cases.models.seller_pages import SellerPage, SellerRow, SellerWords
from bot.features.cases.rules.seller_pages import LINES, known_enough, profile_from

AT = datetime(2026, 11, 29, 1, 9, tzinfo=UTC)
SELLER = "A1STRANGER0001"


def read(*rows: str, name: str = "Leaf Store", feedback: str = "") -> SellerProfile:
    """Return the profile of a page with these rows; one that begins with blanks is indented."""
    notice = tuple(SellerRow(row.strip(), row.startswith("  ")) for row in rows)
    words = SellerWords(name=name, feedback=feedback, rows=notice)
    page = SellerPage(words=words, url="https://www.amazon.com/sp?seller=A1", at=AT)
    profile = profile_from(page, "US", SELLER)
    assert profile is not None
    return profile


def test_name_business_address_and_feedback_are_kept_with_source_and_time() -> None:
    profile = read(
        "Business Name: Example Trading Ltd",
        "Business Address:",
        "  1 Example Road",
        "  Example City",
        "  CN",
        feedback="67% positive in the last 12 months (3 ratings)",
    )
    assert (profile.seller, profile.marketplace, profile.name) == (SELLER, "US", "Leaf Store")
    assert profile.business == "Example Trading Ltd"
    assert profile.address == ("1 Example Road", "Example City", "CN")
    assert profile.rating == "67% positive in the last 12 months (3 ratings)"
    assert (profile.source, profile.read_at) == ("https://www.amazon.com/sp?seller=A1", AT)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Geschäftsname:", "Geschäftsadresse:"),
        ("Nom commercial :", "Adresse commerciale :"),
        ("Nombre comercial:", "Dirección comercial:"),
        ("Nazwa firmy:\xa0", "Adres firmy:"),
        ("販売業者\N{FULLWIDTH COLON}", "住所\N{FULLWIDTH COLON}"),
    ],
)
def test_the_legal_notice_is_read_in_the_shops_language(name: str, address: str) -> None:
    profile = read(f"{name} Muster GmbH", address, "  Weg 1", "  DE")
    assert (profile.business, profile.address) == ("Muster GmbH", ("Weg 1", "DE"))


def test_another_address_and_other_rows_are_not_taken_for_the_business() -> None:
    profile = read(
        "Business Type: Privately-owned business",
        "Business Name: Muster GmbH",
        "VAT Number: DE123456789",
        "Customer Services Address:",
        "  Elsewhere 2",
        "Business Address:",
        "  Weg 1",
        "This seller has committed to offering only lawful products.",
        "  Not an address",
    )
    assert profile.business == "Muster GmbH"
    assert profile.address == ("Weg 1",)


@pytest.mark.parametrize("rows", [(), ("Firm: Muster",), ("  Weg 1",), ("Business Name",)])
def test_where_no_label_is_known_nothing_is_guessed(rows: tuple[str, ...]) -> None:
    profile = read(*rows)
    assert (profile.name, profile.business, profile.address) == ("Leaf Store", "", ())


def test_a_page_without_a_name_is_no_sellers_page() -> None:
    page = SellerPage(words=SellerWords(name="  \n "), url="", at=AT)
    assert profile_from(page, "US", SELLER) is None


@given(
    st.text(min_size=1, max_size=400).filter(str.strip),
    st.lists(st.text(max_size=400), max_size=80),
)
def test_whatever_a_page_says_is_bounded_and_on_one_line(name: str, rows: list[str]) -> None:
    profile = read("Business Name: " + name, "Business Address:", *rows, name=name)
    texts = (profile.name, profile.business, profile.rating, *profile.address)
    assert all("\n" not in text and "\u202e" not in text and len(text) <= 150 for text in texts)
    assert len(profile.address) <= LINES


@pytest.mark.parametrize(
    ("age", "enough"),
    [
        (timedelta(days=29), True),
        (timedelta(days=30), False),
        (timedelta(days=-31), False),
    ],
)
def test_how_long_a_page_is_not_read_again(age: timedelta, *, enough: bool) -> None:
    assert known_enough(read(), None, AT + age) is enough


@pytest.mark.parametrize(("age", "enough"), [(23, True), (24, False), (-25, False)])
def test_how_long_a_page_is_left_alone_that_could_not_be_read(age: int, *, enough: bool) -> None:
    failed = UnreadSellerPage(seller=SELLER, marketplace="US", at=AT, why="A captcha.")
    assert known_enough(None, failed, AT + timedelta(hours=age)) is enough
