"""Prices: read as every marketplace's shop writes them, and never as one of two amounts."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.marketplaces import MARKETPLACES, Marketplace
from bot.core.money import LARGEST, WITHOUT_CENTS, Money
from bot.core.prices import is_price_word, price_length, read_price
from bot.errors import UserError
from tests.cases import for_each
from tests.prices import SIGNS, Written, written_prices
from tests.strategies import marketplaces, money

ANY = st.text() | st.text(
    "0123456789.,' \u00a0\u202f-+eE$€£¥₹R\u0660\u066b\u200fkrzłTLUSDEURNaN", max_size=14
)


@for_each(
    ("market", "text", "amount"),
    [
        ("US", "24.99", "24.99"),
        ("US", " $24.99 ", "24.99"),
        ("US", "24,99", "24.99"),
        ("US", "24,9", "24.9"),
        ("US", "24", "24"),
        ("US", "USD 24.99", "24.99"),
        ("US", "usd24.99", "24.99"),
        ("US", "$24.99 USD", "24.99"),
        ("US", "US $ 24.99", "24.99"),
        ("US", "1,234", "1234"),
        ("US", "1,234.56", "1234.56"),
        ("US", "1.234,56", "1234.56"),
        ("US", "1 234,56", "1234.56"),
        ("US", "1'234.56", "1234.56"),
        ("US", "1\u2019234.56", "1234.56"),
        ("US", "1.234.567", "1234567"),
        ("US", "1,234,567.89", "1234567.89"),
        ("US", "0.01", "0.01"),
        ("US", "999999999.99", "999999999.99"),
        ("US", "\u200b$\u200e24.99\ufeff", "24.99"),
        ("CA", "CA$ 1,234.50", "1234.5"),
        ("CA", "CAD $20", "20"),
        ("CA", "1\u00a0234,50 $", "1234.5"),
        ("MX", "MX$1,234.50", "1234.5"),
        ("BR", "R$ 20", "20"),
        ("BR", "R$\u00a01.234,50", "1234.5"),
        ("UK", "£1,234.50", "1234.5"),
        ("DE", "24,99\u00a0€", "24.99"),
        ("DE", "1.299", "1299"),
        ("FR", "1\u202f234,50 €", "1234.5"),
        ("FR", "1\u2009234,50 €", "1234.5"),
        ("NL", "€ 1.234,50", "1234.5"),
        ("SE", "1\u00a0234,50 kr", "1234.5"),
        ("SE", "199 kr.", "199"),
        ("PL", "99,00 zł", "99"),
        ("TR", "99,90 TL", "99.9"),
        ("TR", "₺1.299,00", "1299"),
        ("AE", "AED\u00a01,299.00", "1299"),
        ("AE", "\u200fد.إ.\u200f 24.99", "24.99"),
        ("SA", "1,299.00 ر.س.\u200f", "1299"),
        ("SA", "﷼ 20", "20"),
        ("SA", "\u20c120", "20"),
        ("EG", "\u200f\u0662\u0664\u066b\u0669\u0669 ج.م.\u200f", "24.99"),
        ("EG", "EGP\u00a01,299.00", "1299"),
        ("EG", "\u0661\u066c\u0662\u0669\u0669\u066b\u0660\u0660 جنيه", "1299"),
        ("ZA", "R1\u00a0234,50", "1234.5"),
        ("ZA", "R 1,234.50", "1234.5"),
        ("IN", "499 Rs", "499"),
        ("IN", "Rs.499", "499"),
        ("IN", "₹1,23,456.00", "123456"),
        ("IN", "12,34,56,789", "123456789"),
        ("JP", "￥1,980", "1980"),
        ("JP", "1980円", "1980"),
        ("JP", "\uff11\uff19\uff18\uff10 円", "1980"),
        ("JP", "1,980.00", "1980"),
        ("AU", "A$9.99", "9.99"),
        ("AU", "AU$ 9.99", "9.99"),
        ("SG", "S$9.99", "9.99"),
    ],
)
def test_a_price_is_read_as_shops_and_people_write_it(market: str, text: str, amount: str) -> None:
    shop = Marketplace.named(market)
    assert read_price(text, shop) == Money(Decimal(amount), shop.currency)


@given(written_prices())
def test_what_a_shop_writes_is_read_back(written: Written) -> None:
    assert read_price(written.text, written.marketplace) == written.price


@given(written_prices(), marketplaces)
def test_no_sign_of_another_currency_is_ever_read(written: Written, other: Marketplace) -> None:
    signs = SIGNS[written.price.currency]
    if not written.sign or written.sign in SIGNS[other.currency]:
        assert not written.sign or written.sign in signs
        return
    with pytest.raises(UserError, match=f"sells in {other.currency}|is not a price"):
        read_price(written.text, other)


@given(written_prices(signed=False).map(lambda written: written.text) | ANY)
@example("24.999")
@example("24,999")
@example("1.299")
@example("1,23,456")
@example("1 299")
def test_no_text_is_two_amounts(text: str) -> None:
    read = {price.amount for market in MARKETPLACES if (price := _read(text, market))}
    assert len(read) <= 1


@given(ANY, marketplaces, st.sampled_from(("", "USD", "eur", "¥", "XXX", "$")) | st.text())
@example("-0", MARKETPLACES[0], "")
@example("sNaN", MARKETPLACES[0], "")
@example("9" * 5000, MARKETPLACES[0], "9" * 5000)
def test_any_text_gives_a_price_within_bounds_or_a_sentence(
    text: str, market: Marketplace, column: str
) -> None:
    try:
        read = read_price(text, market, column)
    except UserError as error:
        sentence = str(error)
    else:
        sentence = str(read)
        assert 0 < read.amount < LARGEST
        assert read.currency == market.currency or column.strip()
        assert read.currency not in WITHOUT_CENTS or read.amount == int(read.amount)
    assert 0 < len(sentence) < 300


@for_each(
    ("market", "text", "says"),
    [
        ("US", "€20", "'€20' is in euros; amazon.com sells in USD"),
        ("US", "¥1500", "is in yen; amazon.com sells in USD"),
        ("UK", "20 EUR", "is in euros; amazon.co.uk sells in GBP"),
        ("DE", "£15", "is in pounds; amazon.de sells in EUR"),
        ("DE", "$20", "is in dollars; amazon.de sells in EUR"),
        ("BR", "$20", "is in dollars; amazon.com.br sells in BRL"),
        ("US", "CA$20", "is in Canadian dollars; amazon.com sells in USD"),
        ("CA", "US$20", "is in US dollars; amazon.ca sells in CAD"),
        ("CA", "$20 USD", "is in US dollars; amazon.ca sells in CAD"),
        ("DE", "199 kr", "is in kronor; amazon.de sells in EUR"),
        ("DE", "CHF 20", "is in Swiss francs; amazon.de sells in EUR"),
        ("US", "R 20", "is in South African rand; amazon.com sells in USD"),
    ],
)
def test_the_sign_of_another_currency_is_refused_by_its_name(
    market: str, text: str, says: str
) -> None:
    with pytest.raises(UserError, match=re.escape(says)):
        read_price(text, Marketplace.named(market))


@pytest.mark.parametrize(
    ("market", "text", "says"),
    [
        ("US", "24.999", "mean about 24, or 24 thousand? Write 24.99 or 24,999.00."),
        ("US", "$24.999", "mean about 24, or 24 thousand? Write 24.99 or 24,999.00."),
        ("DE", "24,999", "mean about 24, or 24 thousand? Write 24,99 or 24.999,00."),
        ("FR", "1.299", "mean about 1, or 1 thousand? Write 1,29 or 1 299,00."),
        ("EG", "24\u066b999", "mean about 24, or 24 thousand? Write 24.99 or 24,999.00."),
        ("JP", "1.980", "mean 1,980? Then write 1,980."),
        ("JP", "19.80", "has decimals, but prices in JPY have none. Write it like 1,980."),
    ],
)
def test_a_number_that_could_be_two_amounts_is_asked_about(
    market: str, text: str, says: str
) -> None:
    with pytest.raises(UserError, match=re.escape(says)):
        read_price(text, Marketplace.named(market))


@given(marketplaces, st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"))
def test_each_way_that_a_question_offers_can_be_typed(
    market: Marketplace, thousands: int, rest: int, mark: str
) -> None:
    try:
        read = read_price(f"{thousands}{mark}{rest:03}", market)
    except UserError as error:
        offered = str(error).rpartition("rite ")[2].removesuffix(".").split(" or ")
        amounts = [read_price(each, market).amount for each in offered]
        assert amounts[-1] == 1000 * thousands + rest
        assert amounts[:-1] in ([], [Decimal(f"{thousands}.{rest:03}"[:-1])])
    else:
        assert read.amount == 1000 * thousands + rest


@for_each(
    "text",
    [
        *("", "free", "-1", "+1", "(1)", "0", "0.00", "NaN", "inf", "1e5", "1_000", "0.001", "$"),
        *("24.999.1", "1,234,56", "12,3456", "1.2.3", "1,23,456", "1000000000", "9" * 5000),
        *(
            "24.99 25.99",
            "24 99",
            "$24\n99",
            "24\u2079\u2079",
            "24\u200b99",
            "\u2460",
            "1/2",
            "99p",
        ),
        *("20 or 30", "20 items", "B0WALNUTBL", "$$$20", "$20 $20 $20 $20"),
    ],
)
def test_what_is_no_price_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UserError, match=r"is not a price. Write it like 24\.99\."):
        read_price(text, Marketplace.named("US"))


@pytest.mark.parametrize(
    ("column", "text", "price"),
    [
        ("EUR", "1.299", Money(Decimal(1299), "EUR")),
        ("eur", "20 €", Money(Decimal(20), "EUR")),
        ("€", "20", Money(Decimal(20), "EUR")),
        ("GBP", "£20", Money(Decimal(20), "GBP")),
        ("INR", "1,23,456.00", Money(Decimal(123456), "INR")),
        (" ", "20", Money(Decimal(20), "EUR")),
    ],
)
def test_a_column_names_the_currency(column: str, text: str, price: Money) -> None:
    assert read_price(text, Marketplace.named("DE"), column) == price


@pytest.mark.parametrize(
    ("column", "text", "says"),
    [
        ("GBP", "€20", "is in euros; the currency column says GBP"),
        ("$", "20", "'$' is not a currency that Amazon uses"),
        ("CHF", "20", "'CHF' is not a currency that Amazon uses"),
        ("XXX", "20", "'XXX' is not a currency that Amazon uses"),
    ],
)
def test_a_column_and_a_sign_that_disagree_are_refused(column: str, text: str, says: str) -> None:
    with pytest.raises(UserError, match=re.escape(says)):
        read_price(text, Marketplace.named("DE"), column)


@for_each(
    "word", ["$", "zł", "ZŁ", "kr", "kr.", "TL", "Rs", "Rs.", "円", "EUR", "eur", "R$", "￥", "CHF"]
)
def test_a_currency_is_known_by_its_word(word: str) -> None:
    assert is_price_word(word)


@for_each(
    "word",
    [
        *("", ".", "-", "20", "SKU-1", "B0WALNUTBL", "€20", "GB"),
        *(market.code for market in MARKETPLACES),
    ],
)
def test_other_words_are_no_currency(word: str) -> None:
    assert not is_price_word(word)


@for_each(
    ("market", "text", "words"),
    [
        ("PL", "99,00 zł MUG-1", 2),
        ("US", "USD 24.99 MUG-1", 2),
        ("US", "$24.99", 1),
        ("US", "$ 24.99 USD MUG-1", 3),
        ("SE", "1 234,50 kr MUG-1", 3),
        ("SE", "1 234 567 kr", 4),
        ("SE", "1 234,50 567", 2),
        ("ZA", "R1 234,50", 2),
        ("US", "€20 MUG-1", 1),
        ("US", "24.999 MUG-1", 1),
        ("US", "EUR20", 1),
        ("US", "99 12345", 1),
        ("US", "MUG-1 99", 0),
        ("US", "R12 99", 0),
        ("US", "kr", 0),
        ("US", "24x", 0),
        ("US", "", 0),
    ],
)
def test_the_words_of_a_price_are_told_from_what_follows(
    market: str, text: str, words: int
) -> None:
    assert price_length(text.split(), Marketplace.named(market)) == words


@given(written_prices(), st.sampled_from(((), ("MUG-1",), ("B-2", "99"))))
def test_the_words_of_a_price_are_all_found(written: Written, behind: tuple[str, ...]) -> None:
    words = written.text.split()
    assert price_length([*words, *behind], written.marketplace) == len(words)


@given(st.lists(ANY, max_size=5), marketplaces)
def test_any_words_have_a_length(words: list[str], market: Marketplace) -> None:
    assert 0 <= price_length(words, market) <= len(words)


def _read(text: str, market: Marketplace) -> Money | None:
    try:
        return read_price(text, market)
    except UserError:
        return None


@given(st.data(), st.sampled_from(MARKETPLACES))
def test_what_is_shown_can_be_typed(data: st.DataObject, market: Marketplace) -> None:
    value = data.draw(money((market.currency,)).filter(lambda value: value.amount > 0))
    assert read_price(str(value), market) == value
