"""ASINs, seller IDs and links: what people paste, and what only looks like Amazon."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.identifiers import ProductReference, is_asin, is_seller_id, parse_seller
from bot.core.marketplaces import MARKETPLACES, Marketplace
from bot.errors import UserError
from tests.cases import for_each
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
    "/exec/obidos/tg/detail/-/{}",
    "/o/ASIN/{}",
    "/dp/product/{}/ref=ox_sc_act_title_1",
    "/Tagliere/dp/product/{}",
    "/gp/product/images/{}",
    "/d/Hair-Gel/Olive-Oil-Styling/{}",
    "/dp/%E2%80%8E{}",
    "/dp/{}%E2%80%8E/ref=x",
    "/dp/%EF%BB%BF%C2%AD{}",
)
UNSEEN = "\u200e\u200f\u200b\u2060\u00ad\ufeff\u202a\u202c\ufe0f"
PUNCTUATION = "{}", "{},", "{}.", "({}).", "<{}>", "\u201c{}\u201d,", "*{}*", "[{}]", "{}!?"

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


@given(
    products,
    st.sampled_from((None, *MARKETPLACES)),
    st.sampled_from(PUNCTUATION),
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from(UNSEEN)), max_size=4),
)
@example("B097CMQVF4", None, "{}", [(0, "\u200e")])
def test_what_cannot_be_seen_and_what_stands_around_is_no_part_of_it(
    asin: str, market: Marketplace | None, around: str, hidden: list[tuple[int, str]]
) -> None:
    text = around.format(f"https://www.amazon.{market.domain}/dp/{asin}" if market else asin)
    for place, char in hidden:
        text = text[:place] + char + text[place:]
    assert ProductReference.parse(text) == ProductReference(asin, market)


@pytest.mark.parametrize(
    ("link", "asin", "market"),
    [
        ("http://amzn.com/B00IKIKDOM", "B00IKIKDOM", "US"),
        ("https://www.amzn.com/dp/0306406152/", "0306406152", "US"),
        ("https://smile.amazon.de/dp/B00IKIKDOM", "B00IKIKDOM", "DE"),
        ("https://www.amazon.com/dp/B00IKIKDOM&tag=x", "B00IKIKDOM", "US"),
        ("https://sellercentral.amazon.com/abis/listing/edit?asin=B00IKIKDOM", "B00IKIKDOM", None),
        ("https://sellercentral-europe.amazon.com/x?ASIN=b00ikikdom&y=1", "B00IKIKDOM", None),
        ("https://sellercentral.amazon.co.uk/x?asin=%E2%80%8EB00IKIKDOM", "B00IKIKDOM", None),
        ("0-306-40615-2", "0306406152", None),
        ("0 306 40615 2", "0306406152", None),
    ],
)
def test_other_ways_to_name_a_product_are_read(link: str, asin: str, market: str | None) -> None:
    shop = Marketplace.named(market) if market else None
    found = ProductReference.parse(link)
    assert (found.asin, found.marketplace) == (asin, shop)


@pytest.mark.parametrize(
    "link",
    [
        *("https://a.co/d/9DweDUD", "https://amzn.to/3abcDEF", "https://amzn.eu/d/3abcDEF"),
        *("amzn.asia/d/3abcDEF", "https://amzn.com/k/3abc", "https://www.amzn.to/3abcDEF,"),
    ],
)
def test_a_short_link_is_to_be_opened(link: str) -> None:
    for read in (ProductReference.parse, parse_seller):
        with pytest.raises(UserError, match=r"is a short link.* paste the full address"):
            read(link)


OTHER = "B0WALNUT02"
LINK = f"https://www.amazon.com/dp/{ASIN}"


@for_each(
    ("text", "words"),
    [
        (f"{LINK} https://www.amazon.de/dp/{OTHER}", "more than one link or ID"),
        (f"{LINK}https://www.amazon.de/dp/{OTHER}", "more than one link or ID"),
        (f"{LINK}?psc=1https://www.amazon.de/dp/{OTHER}", "more than one link or ID"),
        (f"{LINK}\n{OTHER}", "more than one link or ID"),
        (f"{ASIN} {OTHER}", "more than one link or ID"),
        (f"{ASIN},{OTHER}", "more than one link or ID"),
        (f"{LINK},{OTHER}", "/dp/ followed by the ASIN"),
        (f"{LINK}/dp/{OTHER}", "two products, B0WALNUTBL and B0WALNUT02"),
        (f"{LINK}/https://www.amazon.de/dp/{OTHER}", "two products, B0WALNUTBL and B0WALNUT02"),
        (f"https://sellercentral.amazon.com/x?asin={ASIN}&asin={OTHER}", "two products"),
        (f"Look what I found: {LINK}", "without the words around it"),
        (f"{LINK} DE", "without the words around it"),
    ],
)
def test_of_two_products_none_is_chosen(text: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        ProductReference.parse(text)


@example([ASIN, OTHER], LINK.replace(ASIN, "{}"), ",\u200e")
@given(
    st.lists(products, max_size=4),
    st.sampled_from(("{}", LINK.replace(ASIN, "{}"), LINK.replace(ASIN, "{}") + "?th=1,2&psc=1")),
    st.sampled_from((" ", ",", ", ", ";", "\n", " | ", ",\u200e")),
)
def test_several_products_are_read(asins: list[str], way: str, between: str) -> None:
    text = between.join(way.format(asin) for asin in asins)
    assert [product.asin for product in ProductReference.parse_all(text)] == asins


@pytest.mark.parametrize(
    "text", [ASIN, ASIN.lower(), f"  {ASIN}\n", f"<https://www.amazon.com/dp/{ASIN}>"]
)
def test_an_asin_is_found_however_it_was_pasted(text: str) -> None:
    assert ProductReference.parse(text).asin == ASIN


@for_each(
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


@for_each(
    ("text", "words"),
    [
        ("", "Enter a product"),
        ("B0WALNUT", "an ASIN has 10 characters"),
        ("C0WALNUTBL", "starts with B"),
        ("0306406153", "check digit is wrong"),
        (
            "306406152",
            "A spreadsheet removed its leading zeros. Format that column",
        ),
        ("13101935", "ISBN 0013101935. A spreadsheet removed its leading zeros"),
        ("9.78E+12", r"A spreadsheet turned a long number into 9.78E\+12, and its digits are lost"),
        ("9,78055e+12", r"turned a long number into 9,78055E\+12.* column as t"),
        ("3.06E+08", "turned a long number"),
        ("9780306406157", r"barcode number \(EAN\), not an ASIN"),
        ("978-0-306-40615-7", r"barcode number \(EAN\), not an ASIN"),
        ("012345678905", r"barcode number \(UPC\), not an ASIN"),
        ("306406153", "an ASIN has 10 characters"),
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
IDS = frozenset(market.id for market in MARKETPLACES)


@for_each(
    "text",
    [
        SELLER,
        SELLER.lower(),
        f" {SELLER} ",
        f"https://www.amazon.com/sp?seller={SELLER}",
        f"https://www.amazon.com/sp?ie=UTF8&seller={SELLER}&asin=B0WALNUTBL",
        f"https://www.amazon.de/s?me={SELLER}&marketplaceID=A1PA6795UKMFR9",
        f"<https://www.amazon.com/dp/B0WALNUTBL?m={SELLER}>",
        f"https://www.amazon.co.uk/shops/{SELLER}",
        f"https://www.amazon.co.uk/shops/{SELLER}/ref=x?ie=UTF8",
        f"https://www.amazon.it/dp/B079N83MSD?smid={SELLER}&psc=1",
        f"https://www.amazon.com/s?rh=p_6%3A{SELLER}",
        f"https://www.amazon.com/s?i=garden&rh=n%3A2972638011%2Cp_6%3A{SELLER}&dc",
        f"https://www.amazon.com/s?rh=p_6:{SELLER}",
        f"https://www.amazon.com/gp/help/seller/at-a-glance.html?merchantID={SELLER}",
        f"https://www.amazon.com/gp/aag/main?ie=UTF8&seller={SELLER}",
        f"https://www.amazon.com/gp/aag/main?seller=%E2%80%8E{SELLER}&m={SELLER}",
        f"\u200e{SELLER}.",
        f"https://www.amazon.com/sp?seller={SELLER},",
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


@given(
    st.from_regex(r"A[0-9A-Z]{9,20}", fullmatch=True).filter(lambda seller: seller not in IDS),
    marketplaces,
    st.sampled_from(
        (
            *("{}", "https://www.amazon.{{}}/sp?seller={}", "https://www.amazon.{{}}/s?me={}"),
            *("https://www.amazon.{{}}/shops/{}", "amazon.{{}}/dp/B0WALNUTBL?smid={}&m={}"),
            *("https://www.amazon.{{}}/s?rh=p_6%3A{}", "https://www.amazon.{{}}/x?merchantID={}"),
        )
    ),
    st.sampled_from(PUNCTUATION),
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from(UNSEEN)), max_size=4),
)
def test_a_seller_is_read_from_any_way_to_name_one(
    seller: str,
    market: Marketplace,
    way: str,
    around: str,
    hidden: list[tuple[int, str]],
) -> None:
    text = around.format(way.format(seller, seller).format(market.domain))
    for place, char in hidden:
        text = text[:place] + char + text[place:]
    assert parse_seller(text) == seller


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"https://www.amazon.com/s?me={SELLER}&seller=A4STRANGER0004", "contains two seller IDs"),
        (f"https://www.amazon.com/s?rh=p_6%3A{SELLER}%7CA4STRANGER0004", "contains two seller IDs"),
        (f"{SELLER} A4STRANGER0004", "more than one link or ID"),
        ("https://www.amazon.com/shops/AlderFinchHome", "is not a seller ID"),
        (f"https://shops.example/shops/{SELLER}", "is not a seller ID"),
        ("https://www.amazon.com/s?i=garden&marketplaceID=A1PA6795UKMFR9", "is not a seller ID"),
        ("AlderFinchHome", "is not a seller ID"),
    ],
)
def test_what_names_two_sellers_or_none_is_refused(text: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        parse_seller(text)


@for_each("market", MARKETPLACES, ids=lambda market: market.code)
def test_the_id_of_a_marketplace_is_no_sellers(market: Marketplace) -> None:
    for text in (market.id, market.id.lower(), f"\u200e{market.id},"):
        with pytest.raises(UserError, match=f"ID of the marketplace {market.code}, not of a sell"):
            parse_seller(text)


def test_amazon_itself_is_named_by_a_link() -> None:
    with pytest.raises(UserError, match="If you mean Amazon itself") as refused:
        parse_seller("ATVPDKIKX0DER")
    link = str(refused.value).rpartition(" ")[2].removesuffix(".")
    assert parse_seller(link) == "ATVPDKIKX0DER"
    with pytest.raises(UserError, match="ID of the marketplace DE"):
        parse_seller("https://www.amazon.de/sp?seller=A1PA6795UKMFR9")


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
