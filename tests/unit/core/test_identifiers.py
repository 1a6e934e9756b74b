"""ASINs, seller IDs and links: what people paste, and what only looks like Amazon."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.identifiers import ProductReference, is_asin, is_seller_id, parse_seller
from bot.core.marketplaces import Marketplace
from bot.errors import UserError
from tests.strategies import isbns, marketplaces, products

ASIN = "B0WALNUTBL"

FORMS = (
    "/dp/{}",
    "/dp/{}/",
    "/dp/{}/ref=sr_1_1",
    "/Walnut-Salad-Bowl/dp/{}",
    "/-/en/Walnut-Bowl/dp/{}/ref=x",
    "/gp/product/{}",
    "/gp/aw/d/{}",
    "/gp/offer-listing/{}/ref=olp",
    "/product-reviews/{}",
    "/exec/obidos/ASIN/{}",
)

JUNK = st.text("abcXYZ0189=&%+-_.~:/?@", max_size=40)


@given(
    products,
    marketplaces,
    st.sampled_from(FORMS),
    st.sampled_from(("https://www.amazon.", "http://amazon.", "HTTPS://WWW.Amazon.", "amazon.")),
    st.none() | JUNK.map("?{}".format) | JUNK.map("#{}".format),
)
@example(
    ASIN, Marketplace.named("US"), "/dp/{}", "amazon.", "?next=https://example.org/dp/B000000000"
)
def test_an_asin_in_any_link_on_any_marketplace_is_found(
    asin: str, market: Marketplace, form: str, start: str, rest: str | None
) -> None:
    link = f"{start}{market.domain}{form.format(asin)}{rest or ''}"
    assert ProductReference.parse(link) == ProductReference(asin, market)


@pytest.mark.parametrize(
    "text", [ASIN, ASIN.lower(), f"  {ASIN}\n", f"<https://www.amazon.com/dp/{ASIN}>"]
)
def test_an_asin_is_found_however_it_was_pasted(text: str) -> None:
    assert ProductReference.parse(text).asin == ASIN


@pytest.mark.parametrize(
    "host",
    [
        "amazon.com.evil.example",
        "www.amazon.com.evil.example",
        "amazon-deals.com",
        "evilamazon.com",
        "amazon.evil.com",
        "amazon.www.com",
        "amazon.amazon.com",
        "www.amazon.us",
        "www.amazon.com@evil.example",
        "www.amazon.com:secret@evil.example",
        "evil.example#@www.amazon.com",
        "evil.example?@www.amazon.com",
        "evil.example/www.amazon.com",
        "\u0430mazon.com",
        "amazon.c\u043em",
        "amazon.com..",
        "a.b.amazon.com",
        "[::1",
    ],
)
def test_a_host_that_only_looks_like_amazon_is_refused(host: str) -> None:
    with pytest.raises(UserError, match="not a link to an Amazon product page"):
        ProductReference.parse(f"https://{host}/dp/{ASIN}")


@pytest.mark.parametrize("scheme", ["ftp", "javascript", "file"])
def test_a_link_that_is_no_web_address_is_refused(scheme: str) -> None:
    with pytest.raises(UserError):
        ProductReference.parse(f"{scheme}://www.amazon.com/dp/{ASIN}")


@pytest.mark.parametrize("path", ["/", "/s?k=bowl", "/dp/", f"/dp/{ASIN}X", "/dp/0000000001"])
def test_an_amazon_link_without_a_product_says_where_the_asin_stands(path: str) -> None:
    with pytest.raises(UserError, match="/dp/ followed by the ASIN"):
        ProductReference.parse(f"https://www.amazon.com{path}")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Name a product"),
        ("B0WALNUT", "has 8 characters; an ASIN has 10"),
        ("C0WALNUTBL", "starts with B"),
        ("0306406153", "check digit is wrong"),
    ],
)
def test_what_is_wrong_with_an_asin_is_said(text: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        ProductReference.parse(text)


@given(st.text() | st.text("amzonBdp0189/.:?#@[]<>\\ ", max_size=40))
@example("https://[")
@example("//")
@example("https://www.amazon.com:port/dp/B0WALNUTBL")
@example("https://\u2100.com/dp/B0WALNUTBL")
@example("https://www.amazon.com/dp/" + "x" * 10**5)
def test_any_text_gives_a_product_or_a_sentence(text: str) -> None:
    try:
        found = ProductReference.parse(text)
    except UserError as error:
        sentence = str(error)
    else:
        sentence = found.asin
        assert is_asin(found.asin)
    assert 0 < len(sentence) < 500


@given(isbns, st.integers(0, 8), st.integers(1, 9))
def test_an_isbn_with_one_wrong_digit_is_no_asin(isbn: str, place: int, more: int) -> None:
    assert is_asin(isbn)
    wrong = str((int(isbn[place]) + more) % 10)
    assert not is_asin(isbn[:place] + wrong + isbn[place + 1 :])


@pytest.mark.parametrize(
    "text",
    ["b0walnutbl", "B0WALNUTB", "B0WALNUTBLX", "B0WALNUTB\n", "B0WALNUTB\u0660", "X306406152"],
)
def test_what_is_not_quite_an_asin_is_none(text: str) -> None:
    assert not is_asin(text)


SELLER = "A3STRANGER0003"


@pytest.mark.parametrize(
    "text",
    [
        SELLER,
        SELLER.lower(),
        f" {SELLER} ",
        f"https://www.amazon.com/sp?seller={SELLER}",
        f"https://www.amazon.com/sp?ie=UTF8&seller={SELLER}&asin=B0WALNUTBL",
        f"https://www.amazon.de/s?me={SELLER}&marketplaceID=A1PA6795UKMFR9",
        f"<https://www.amazon.com/dp/B0WALNUTBL?m={SELLER}>",
    ],
)
def test_a_seller_is_found_however_they_were_pasted(text: str) -> None:
    assert parse_seller(text) == SELLER


@pytest.mark.parametrize(
    "text", ["", "B0WALNUTBL", "A123", "A" * 22, "https://x.example/?seller=1"]
)
def test_what_is_no_seller_is_refused_with_where_to_find_one(text: str) -> None:
    with pytest.raises(UserError, match="seller="):
        parse_seller(text)


@given(st.text() | st.text("A0189seller=me&?/:[]%", max_size=40))
@example("https://[?seller=A3STRANGER0003")
@example("?" + "&" * 200 + "m=A3STRANGER0003")
def test_any_text_gives_a_seller_or_a_sentence(text: str) -> None:
    try:
        found = parse_seller(text)
    except UserError as error:
        sentence = str(error)
    else:
        sentence = found
        assert is_seller_id(found)
    assert 0 < len(sentence) < 500
