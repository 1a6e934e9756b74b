"""The report of all listings, in every form in which Amazon has been seen to write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.amazon.listing_report import decode_report, read_report
from bot.core.marketplaces import Marketplace
from bot.core.own_listings import ListingStatus, OwnListing
from bot.errors import SourceError
from tests.unit.adapters.amazon.account import HEADER, OWN, report, row

US, DE, FR, JP = (Marketplace.named(code) for code in ("US", "DE", "FR", "JP"))


def read(text: str, market: Marketplace = US) -> tuple[OwnListing, ...]:
    return read_report(text, OWN, market)


def test_a_row_is_a_listing() -> None:
    assert read(report(row("K-1", "B0ALDER001", "Pan, 10 inch"))) == (
        OwnListing(
            seller=OWN,
            sku="K-1",
            marketplace="US",
            asin="B0ALDER001",
            title="Pan, 10 inch",
            condition="new",
            status=ListingStatus.ACTIVE,
        ),
    )


@pytest.mark.parametrize(
    ("number", "condition"),
    [
        ("11", "new"),
        ("2", "used"),
        ("6", "collectible"),
        ("10", "refurbished"),
        ("12", ""),
        ("", ""),
    ],
)
def test_amazons_numbers_are_conditions(number: str, condition: str) -> None:
    assert read(report(row("K-1", condition=number)))[0].condition == condition


@pytest.mark.parametrize(
    "sku", ["A,B", "A B", "A/B", "ä", "%2C", " A", "A ", "x" * 40, 'PAN 5"', "A;B", "'A"]
)
def test_a_sku_is_read_as_it_is_written(sku: str) -> None:
    assert [each.sku for each in read(report(row(sku), row("K-2")))] == [sku, "K-2"]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Active", ListingStatus.ACTIVE),
        ("Inactive", ListingStatus.INACTIVE),
        ("Incomplete", ListingStatus.INACTIVE),
        ("Something", ListingStatus.UNKNOWN),
    ],
)
def test_the_status_is_read_as_far_as_it_is_known(word: str, status: ListingStatus) -> None:
    assert read(report(row("K-1", status=word)))[0].status is status


def test_france_has_no_asin1_and_its_product_id_counts() -> None:
    header = "item-name\tseller-sku\tproduct-id-type\tproduct-id\tstatus"
    rows = ("Poêle\tK-1\t1\tB0ALDER001\tActive", "Bol\tK-2\t4\t4006381333931\tActive")
    found = read("\n".join((header, *rows)), FR)
    assert [(each.sku, each.asin) for each in found] == [("K-1", "B0ALDER001"), ("K-2", "")]


def test_an_empty_asin1_falls_back_to_the_product_id_of_its_row() -> None:
    cells = "A\tL\tK-1\t9\t1\t11\tB0ALDER002\t\tActive"
    assert read(report(cells))[0].asin == "B0ALDER002"


def test_trailing_empty_cells_may_be_absent() -> None:
    found = read(report("A\tL\tK-1\t9\t1\t11\tB0ALDER002", "B\tL\tK-2", "C"))
    assert [(each.sku, each.asin) for each in found] == [("K-1", "B0ALDER002"), ("K-2", "")]


def test_a_quote_that_is_not_closed_swallows_no_other_row() -> None:
    found = read(report(row("K-1", title='Pan 10" round'), row("K-2", title='"Half'), row("K-3")))
    assert [each.sku for each in found] == ["K-1", "K-2", "K-3"]
    assert found[0].title == 'Pan 10" round'


def test_a_sku_that_stands_twice_counts_once() -> None:
    found = read(report(row("K-1", title="first"), row("K-1", title="last")))
    assert [each.title for each in found] == ["last"]


def test_leading_zeros_and_spaces_of_a_sku_are_kept() -> None:
    assert read(report(row("0042 A")))[0].sku == "0042 A"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "was empty"),
        (" \n\r\n", "was empty"),
        (f"{HEADER}\n", "was empty"),
        ("Your request failed", "expected columns"),
        ("item-name\tprice\n1\t2\n", "expected columns"),
        ("item-name,seller-sku,asin1\nA,K-1,B0ALDER001\n", "expected columns"),
        ("seller-sku\tprice\nK-1\t9\n", "expected columns"),
        ("<html><body>503</body></html>", "expected columns"),
    ],
)
def test_a_report_without_listings_is_no_empty_catalogue(text: str, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        read(text)


def test_a_report_that_is_too_long_is_not_read_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("bot.core.tables", "adapters.amazon.listing_report"):
        monkeypatch.setattr(f"{place}.MOST_LINES", 100)
    assert len(read(report(*(f"A\tL\tK-{number}" for number in range(99))))) == 99
    with pytest.raises(SourceError, match="more than"):
        read(report(*(f"A\tL\tK-{number}" for number in range(100))))


JAPANESE_HEADER = "商品名\t出品ID\t出品者SKU\t価格\t数量\tコンディション\t商品ID\tasin1\tステータス"


@pytest.mark.parametrize(
    ("encoding", "charset", "market", "title"),
    [
        ("cp1252", "", DE, "Schüssel für 5 €"),
        ("cp1252", "Cp1252", DE, "Schüssel für 5 €"),
        ("cp1252", "ISO-8859-1", DE, "Schüssel für 5 €"),
        ("cp1252", "UTF-8", DE, "Schüssel für 5 €"),
        ("cp1252", "klingon", DE, "Schüssel für 5 €"),
        ("utf-8", "", DE, "Schüssel für 5 €"),
        ("utf-8-sig", "", DE, "Schüssel für 5 €"),
        ("utf-8", "ISO-8859-1", DE, "Schüssel für 5 €"),
        ("cp932", "", JP, "能力ソ表示 フライパン"),
        ("cp932", "Shift_JIS", JP, "能力ソ表示 フライパン"),
        ("cp932", "windows-31j", JP, "能力ソ表示 フライパン"),
        ("utf-8", "Shift_JIS", JP, "能力ソ表示 フライパン"),
    ],
)
def test_the_text_is_read_in_every_encoding(
    encoding: str, charset: str, market: Marketplace, title: str
) -> None:
    header = JAPANESE_HEADER if market is JP else HEADER
    content = report(row("K-1", title=title), header=header).encode(encoding)
    (listing,) = read(decode_report(content, market, charset), market)
    assert (listing.sku, listing.title) == ("K-1", title)


def test_letters_that_cannot_be_read_cost_no_row() -> None:
    content = report(row("K-1", title="x")).encode().replace(b"x", b"\x81\x8d\x9d")
    assert [each.sku for each in read(decode_report(content, US), US)] == ["K-1"]


def test_binary_is_no_report() -> None:
    with pytest.raises(SourceError, match="is no text"):
        decode_report(b"PK\x03\x04\x00\x00", US)


SKUS = st.text(st.characters(min_codepoint=33, max_codepoint=0x3000), min_size=1, max_size=40)


@given(
    st.lists(
        SKUS.filter(lambda sku: sku.isprintable() and '"' not in sku), min_size=1, unique=True
    ),
    st.sampled_from([US, FR, JP]),
)
def test_every_sku_that_is_written_is_read(skus: list[str], market: Marketplace) -> None:
    content = report(*(row(sku) for sku in skus)).encode()
    found = read(decode_report(content, market), market)
    assert [each.sku for each in found] == [sku.strip() for sku in skus if sku.strip()]


@given(st.binary(max_size=2000), st.sampled_from([US, FR, JP]), st.text(max_size=20))
def test_whatever_arrives_is_listings_or_an_error(
    content: bytes, market: Marketplace, charset: str
) -> None:
    try:
        found = read(decode_report(HEADER.encode() + b"\n" + content, market, charset), market)
    except SourceError:
        return
    assert all(each.sku and len(each.sku) <= 100 for each in found)
