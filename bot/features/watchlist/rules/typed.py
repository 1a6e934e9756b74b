"""What follows /watch: each word is known by what it is, not by its place. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile

import msgspec

from bot.core.identifiers import is_asin
from bot.core.marketplaces import Marketplace
from bot.core.prices import is_price_word, price_length, read_price
from bot.core.text import bare, seen
from bot.errors import UserError
from bot.features.watchlist.rules.markets import find_market, market_named
from bot.features.watchlist.rules.wanted import NOTHING, WatchInput

USAGE = "/watch ASIN-or-link [marketplace] [floor PRICE] [sku SKU]"
FLOOR, SKU = "floor", "sku"
"""The words behind which a price and a SKU stand."""
_KEYS = {FLOOR: FLOOR, "price": FLOOR, "map": FLOOR, "min": FLOOR, SKU: SKU}
QUOTES = '"\u201c\u201d\u201e'
"""In which a SKU stands: straight, or as chats and phones turn them."""

_TOKEN = re.compile(
    rf"(?<!\S)(?:{'|'.join(_KEYS)})[:=](?=\S)|[{QUOTES}](?P<quoted>[^{QUOTES}]+)[{QUOTES}](?=\s|$)|\S+",
    re.IGNORECASE,
)
_SKU = re.compile(r"(?!:[^:]+:\Z)(?=.*[A-Za-z])(?=.*[0-9_./#+-]|[A-Z]{3,}\Z)[!-~]+", re.ASCII)
"""A word that looks like a SKU: letters, and a digit or a mark, or capital letters alone, three
or more: two are meant for a marketplace, such as ``EU``. ``:flag-de:`` is an emoji of a
chat."""
_PRICED = re.compile(r"[0-9]+[.,][0-9]{2}[a-z]{1,4}", re.ASCII)
"""A price with a word that is no currency's: ``24.99p``."""
_NEARLY = re.compile(r"B0[0-9A-Z]{6,10}", re.ASCII | re.IGNORECASE)
"""An ASIN, or one with a typing error."""
_GLUED = re.compile(r"([^0-9]*)[0-9][0-9.,']*([^0-9]*)", re.ASCII)


class _Word(msgspec.Struct, frozen=True):
    typed: str
    quoted: bool = False
    """It stood in quotes, so that it is a SKU whatever it looks like."""

    @property
    def text(self) -> str:
        """The word without the marks around it."""
        return bare(self.typed)

    def is_key(self, key: str) -> bool:
        return not self.quoted and _KEYS.get(self.text.casefold().rstrip(":=")) == key


class _Read(msgspec.Struct):
    """What is understood so far, each thing as it was written."""

    markets: list[str]
    floors: list[str]
    skus: list[str]
    rest: list[str]
    """Words that may be prices."""
    floor: bool = False
    """The word ``FLOOR`` is there."""


def read_words(text: str, home: str) -> WatchInput:
    """Read what follows /watch; all but the product may be left out, and come in any order.

    Raises:
        UserError: something is not understood, or is there twice; the sentence asks what it is.
    """
    words = _tokens(text)
    if not words:
        raise UserError(f"Type it like this: {USAGE}")
    place = _product_place(words)
    product = words.pop(place).text
    read = _Read([], [], [], [])
    _sort(words, read)
    wanted = WatchInput(product=product, home=home, market=_one("marketplaces", read.markets))
    _prices(read, wanted.marketplace)
    return msgspec.structs.replace(
        wanted, floor=_one("prices", read.floors), sku=_one("SKUs", read.skus)
    )


def _tokens(text: str) -> list[_Word]:
    found = ((match["quoted"], match[0]) for match in _TOKEN.finditer(seen(text)))
    words = [_Word(quoted or word, bool(quoted)) for quoted, word in found]
    return list(dropwhile(lambda word: not word.text, words))


def _product_place(words: Sequence[_Word]) -> int:
    """Return where the product stands; people put a price, or words of a chat, before it."""
    if not _NEARLY.fullmatch(words[0].text):
        for place, word in enumerate(words):
            if word.is_key(SKU):
                break
            if _is_product(word.text):
                return place
    return 0


def _sort(words: Sequence[_Word], read: _Read) -> None:
    """Take out what says itself what it is; the rest may be prices."""
    place = 0
    while place < len(words):
        word = words[place]
        place += 1
        if word.is_key(SKU):
            place = _sku(words, place, read)
        elif word.quoted:
            read.skus.append(word.typed.strip())
        elif find_market(word.text):
            read.markets.append(market_named(word.text).code)
        elif word.is_key(FLOOR):
            read.floor = True
        elif _is_product(word.text):
            raise UserError(
                f"{word.text[:60]!r} is a second product. Watch one at a time, or import a table. "
                f"If it is a SKU, put the word {SKU} before it."
            )
        elif word.text:
            read.rest.append(word.text)


def _is_product(word: str) -> bool:
    return is_asin(word.upper()) or "://" in word


def _sku(words: Sequence[_Word], place: int, read: _Read) -> int:
    """Read the SKU behind its word: one in quotes, nothing, or all that follows."""
    following = words[place : place + 1]
    if following and (following[0].quoted or following[0].text in NOTHING):
        read.skus.append(following[0].typed.strip())
        return place + 1
    if not following:
        raise UserError(
            f"The SKU is missing. Write it after the word {SKU}, or {SKU} - to remove it."
        )
    read.skus.append(" ".join(word.typed for word in words[place:]))
    return len(words)


def _prices(read: _Read, market: Marketplace) -> None:
    """Find the prices among what is left; a single word may be a SKU instead.

    Raises:
        UserError: a word is neither.
    """
    words = read.rest
    unknown: list[str] = []
    while words:
        length = price_length(words, market)
        if words[0] in NOTHING:
            length = 1
        if length:
            read.floors.append(" ".join(words[:length]))
        else:
            unknown.append(words[0])
        words = words[length or 1 :]
    if read.floor and not read.floors:
        raise UserError(
            f"The price floor is missing. Write a price after the word {FLOOR}, or - for none."
        )
    if len(unknown) == 1 and not read.skus and _is_sku(unknown[0]):
        read.skus.append(unknown[0])
    elif unknown:
        raise _not_understood(unknown, market)


def _is_sku(word: str) -> bool:
    """Tell whether a single word is a SKU: it looks like one, and is no part of a price."""
    glued = _GLUED.fullmatch(word)
    money = is_price_word(word) or (glued and any(map(is_price_word, glued.groups())))
    return not money and not _PRICED.fullmatch(word) and _SKU.fullmatch(word) is not None


def _not_understood(words: Sequence[str], market: Marketplace) -> UserError:
    said = " ".join(words)[:60]
    for word in words:
        if any(char.isdigit() for char in word) and not _SKU.fullmatch(word):
            try:
                read_price(word, market)
            except UserError as error:
                return error
    return UserError(
        f"Could not read {said!r}. Write a price like 24.99. Put the word {SKU} before a SKU, "
        f"like {SKU} OAK 1."
    )


def _one(what: str, found: Sequence[str]) -> str:
    """Return the only one of them, or nothing. Raises UserError: there are several."""
    several = list(dict.fromkeys(found))
    if len(several) > 1:
        named = " and ".join(repr(each[:30]) for each in several[:3])
        raise UserError(f"Found {len(several)} {what}: {named}. Write only one.")
    return several[0] if several else ""
