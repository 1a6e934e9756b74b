"""Prices as Amazon's shops and people write them: read, or refused with a question.

A number that two marketplaces would read as two amounts is never guessed at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from bot.core.currencies import meanings
from bot.core.marketplaces import MARKETPLACES, Marketplace
from bot.core.money import LARGEST, WITHOUT_CENTS, Money
from bot.core.price_questions import (
    ambiguous,
    foreign,
    marks,
    no_currency,
    no_price,
    with_decimals,
)

LONGEST = 100
"""Characters of a text that may be a price."""
_SOLD_IN = frozenset(market.currency for market in MARKETPLACES)

_NUMBER = re.compile(
    r"(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?P<mark>[,.' ])[0-9]{3}(?:(?P=mark)[0-9]{3})*)"
    r"(?:(?!(?P=mark))[.,](?P<cents>[0-9]{1,2}))?",
    re.ASCII,
)
"""Thousands may be parted by a mark, cents by another one: ``1,234.56`` and ``1.234,56``."""
_LAKH = re.compile(
    r"(?P<whole>[1-9][0-9]?(?P<mark>,)(?:[0-9]{2},)+[0-9]{3})(?:\.(?P<cents>[0-9]{1,2}))?",
    re.ASCII,
)
"""Indian grouping: ``1,23,456.00``."""
_PARTS = re.compile(r"(?P<before>[^0-9]*)(?P<number>[0-9](?:.*[0-9])?)(?P<after>[^0-9]*)", re.ASCII)
_SHAPE = re.compile(r"[0-9][0-9.,']*", re.ASCII)
_GROUP = re.compile(r"[0-9]{3}(?:[.,][0-9]{1,2})?", re.ASCII)
_MORE = re.compile(r"[0-9]{1,3}", re.ASCII)
"""What a group of three digits may follow, after a space."""
_DECIMAL_MARKS = ".,"
_MOST_SIGNS = 2
"""Currency words on one side of a price: ``CAD $ 24.99``."""

_WIDE = {
    code: char
    for code in (*range(0xFF01, 0xFF5F), *range(0xFFE0, 0xFFE7))
    if (char := unicodedata.normalize("NFKC", chr(code)))
}
_ARABIC = {
    **{start + digit: str(digit) for start in (0x0660, 0x06F0) for digit in range(10)},
    ord("\N{ARABIC DECIMAL SEPARATOR}"): ".",
    ord("\N{ARABIC THOUSANDS SEPARATOR}"): "'",
}
_APOSTROPHE = {ord("\N{RIGHT SINGLE QUOTATION MARK}"): "'"}
_SAME = {**_WIDE, **_ARABIC, **_APOSTROPHE}
"""Characters that mean the same as a plainer one, wherever they stand."""


def read_price(text: str, marketplace: Marketplace, currency: str = "") -> Money:
    """Read a price as the shop of a marketplace, a spreadsheet or a person there writes it.

    ``currency`` is what a column of its own says: a code or a sign; without one it is the
    marketplace's. Marks are read as the marketplace writes them either way.

    Raises:
        UserError: it is no price between 0 and a thousand million, names another currency, or
            could be two amounts; the sentence asks what to write.
    """
    code = _currency(currency, marketplace) if currency.strip() else marketplace.currency
    found = _PARTS.fullmatch(_plain(text)) if len(text) <= LONGEST else None
    signs = _signs(found["before"], found["after"]) if found else None
    if found is None or signs is None:
        raise no_price(text, marketplace, code)
    for sign in signs:
        if code not in meanings(sign):
            raise foreign(text, sign, marketplace, code)
    amount = _amount(found["number"], text, marketplace, code)
    if not 0 < amount < LARGEST:
        raise no_price(text, marketplace, code)
    return Money(amount, code)


def is_price_word(word: str) -> bool:
    """Tell whether a word is the sign, code or name of any currency: ``zł``, ``EUR``, ``R$``."""
    return bool(meanings(_plain(word)))


def price_length(words: Sequence[str], marketplace: Marketplace) -> int:
    """Return how many words at the beginning form one price; 0 where they begin with none.

    They may be currency words, a number, groups of three digits, currency words: ``1 234,50 kr``.
    Whether the price can be read is for ``read_price`` to say. Letters that stick to a number are
    a currency's only if they are a code or the marketplace's own: a SKU may be called ``R12``.
    """
    start = _currency_words(words)
    numbers = 0
    for word in words[start:]:
        found = _PARTS.fullmatch(_plain(word))
        shape = _GROUP if numbers else _SHAPE
        if found is None or not shape.fullmatch(found["number"]) or not _stick(found, marketplace):
            break
        if numbers and found["before"]:
            break
        numbers += 1
        if found["after"] or not _MORE.fullmatch(found["number"]):
            break
    behind = _currency_words(words[start + numbers :])
    return start + numbers + behind if numbers else 0


def _currency_words(words: Sequence[str]) -> int:
    count = 0
    while count < min(len(words), _MOST_SIGNS) and is_price_word(words[count]):
        count += 1
    return count


def _stick(found: re.Match[str], marketplace: Marketplace) -> bool:
    """Tell whether what sticks to a number may be a currency."""
    for side in (found["before"], found["after"]):
        word = side.replace(" ", "")
        known = meanings(word)
        abbreviation = word.isalpha() and word.upper() not in known
        if word and (not known or (abbreviation and marketplace.currency not in known)):
            return False
    return True


def _plain(text: str) -> str:
    """Return the text with one kind of digits, marks and spaces, without what nobody sees."""
    same = text.translate(_SAME)
    seen = "".join(" " if unicodedata.category(char) == "Cf" else char for char in same)
    return " ".join(seen.split())


def _signs(*sides: str) -> list[str] | None:
    """Return the currency words around a number; None where anything else stands there."""
    signs: list[str] = []
    for side in sides:
        whole = side.replace(" ", "")
        found = [whole] if meanings(whole) else side.split()
        if len(found) > _MOST_SIGNS or not all(map(meanings, found)):
            return None
        signs += found
    return signs


def _currency(text: str, marketplace: Marketplace) -> str:
    """Return the code of the currency that a column names. Raises UserError."""
    known = meanings(_plain(text)) if len(text) <= LONGEST else ()
    if marketplace.currency in known:
        return marketplace.currency
    if len(known) == 1 and known[0] in _SOLD_IN:
        return known[0]
    raise no_currency(text)


def _amount(number: str, text: str, marketplace: Marketplace, code: str) -> Decimal:
    """Return the amount that a number means. Raises UserError."""
    found = _NUMBER.fullmatch(number) or (_LAKH.fullmatch(number) if code == "INR" else None)
    if found is None:
        raise no_price(text, marketplace, code)
    whole, mark, cents = found["whole"], found["mark"], found["cents"] or ""
    own, _ = marks(marketplace)
    if mark and mark in _DECIMAL_MARKS and mark != own and not cents and whole.count(mark) == 1:
        raise ambiguous(text, whole.replace(mark, ""), marketplace, code)
    units = "".join(char for char in whole if char.isdigit())
    if code in WITHOUT_CENTS and cents.strip("0"):
        raise with_decimals(text, marketplace, code)
    return Decimal(f"{units}.{cents}" if cents else units)
