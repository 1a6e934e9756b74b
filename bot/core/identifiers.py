"""ASINs, seller IDs, order IDs and the links that people paste."""

from __future__ import annotations

import re

import msgspec

from bot.core.marketplaces import Marketplace
from bot.core.pasted_links import PastedLink, pasted, read_link
from bot.core.text import seen
from bot.errors import UserError

LONGEST_SELLER_ID = 21

_ASIN = re.compile(r"B[0-9A-Z]{9}", re.ASCII)
_ISBN = re.compile(r"[0-9]{9}[0-9X]", re.ASCII)
_SELLER = re.compile(rf"A[0-9A-Z]{{9,{LONGEST_SELLER_ID - 1}}}", re.ASCII)
_PRODUCT_PATH = re.compile(
    r"/(?:dp(?:/product)?|gp/product(?:/images)?|gp/aw/d|gp/offer-listing|product-reviews"
    r"|exec/obidos/(?:ASIN|tg/detail/-)|o/ASIN|d/[^/]+/[^/]+)/([0-9A-Z]{10})(?=[/&]|$)",
    re.ASCII | re.IGNORECASE,
)
_SELLER_PATH = re.compile(r"/shops/([0-9A-Z]+)(?![0-9A-Za-z_-])", re.ASCII)
"""A shop may also have a name there, which is never in capitals alone."""
_NAME = re.compile(r"(?=.*[a-z])[A-Za-z]+", re.ASCII)
"""A seller's name may look like an ID, but for its small letters."""
_SELLER_FIELDS = ("seller", "me", "m", "smid", "merchantid")
_FILTER = re.compile(r"(?<![0-9A-Z_])p_6:([0-9A-Z|]+)", re.ASCII | re.IGNORECASE)
"""The filter of a search for one seller's products."""
_ORDER = re.compile(r"[0-9]{3}-[0-9]{7}-[0-9]{7}", re.ASCII)
_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,2}", re.ASCII)
"""What a spreadsheet makes of a long number."""
_SPACED = re.compile(r"(?:[0-9][ -]?){9,12}[0-9X]", re.ASCII)
"""An ISBN as books print it: ``0-306-40615-2``."""
_BARCODES = {12: "UPC", 13: "EAN", 14: "GTIN"}
_LOST_ZEROS = (8, 9)
"""Characters of an ISBN that lost its zeros: more of them are lost too seldom."""
_BETWEEN = re.compile(r"[,;|]+")
_BETWEEN_LINKS = re.compile(r"[,;|]+(?=https?://|$)", re.IGNORECASE)
_AS_TEXT = "Format that column as text"
_AMAZON_ITSELF = "ATVPDKIKX0DER"
"""Amazon.com sells under the ID of its marketplace; only a link says that the seller is meant."""
_WHERE_SELLER = (
    "A seller ID starts with A and has 10 to 21 letters and digits. Find it after 'seller=' in "
    "the link to the seller's page."
)


class ProductReference(msgspec.Struct, frozen=True):
    """What a person named: an ASIN and, where a link told it, the marketplace."""

    asin: str
    marketplace: Marketplace | None = None
    region: str = ""
    """Where the Seller Central is from which the link comes; empty for all others."""

    @staticmethod
    def parse(text: str) -> ProductReference:
        """Read an ASIN, or a pasted link of a product page.

        Raises:
            UserError: the text is neither; the sentence says what is wrong and what to do.
        """
        word = pasted(text, is_asin)
        asin = word.upper()
        if _SPACED.fullmatch(asin):
            asin = re.sub("[ -]", "", asin)
        if is_asin(asin):
            return ProductReference(asin)
        if _ROUNDED.fullmatch(asin) or not ("/" in word or "." in word):
            raise UserError(_why_no_asin(asin))
        return _from_link(word)

    @staticmethod
    def parse_all(text: str) -> list[ProductReference]:
        """Read several of them, between blanks, commas or semicolons. Raises UserError."""
        words = [part for word in seen(text).split() for part in _between(word).split(word)]
        return [ProductReference.parse(word) for word in words if word]


def is_asin(text: str) -> bool:
    """Tell whether the text is an ASIN: ``B`` and nine more, or an ISBN-10 with a right digit."""
    return bool(_ASIN.fullmatch(text)) or _is_isbn(text)


def is_seller_id(text: str) -> bool:
    """Tell whether the text has the form of a seller ID; those of marketplaces have it, too."""
    return bool(_SELLER.fullmatch(text))


def is_order_id(text: str) -> bool:
    """Tell whether the text has the form of an order ID: ``123-1234567-1234567``."""
    return _ORDER.fullmatch(text) is not None


def parse_seller(text: str) -> str:
    """Read a seller ID, or a link of a seller's page, offer or products.

    Raises:
        UserError: neither was found, or more than one, or the ID of a marketplace.
    """
    word = pasted(text, is_seller_id)
    linked = _sellers(read_link(word)) if "/" in word or "=" in word else []
    if len(linked) > 1:
        message = f"That link contains two seller IDs, {linked[0]} and {linked[1]}. Type one."
        raise UserError(message)
    seller = linked[0] if linked else word.upper()
    if not is_seller_id(seller) or _NAME.fullmatch(word):
        raise UserError(f"{word[:30]!r} is not a seller ID. {_WHERE_SELLER}")
    market = Marketplace.of_id(seller)
    if market is not None and not (linked and seller == _AMAZON_ITSELF):
        raise UserError(_why_no_seller(seller, market))
    return seller


def _between(word: str) -> re.Pattern[str]:
    """Return what parts products. A comma may also be a part of a link."""
    return _BETWEEN_LINKS if "/" in word else _BETWEEN


def _from_link(word: str) -> ProductReference:
    link = read_link(word)
    if not link.amazon:
        message = (
            f"{word[:60]!r} is not a link to an Amazon product page. "
            "Paste the page's address, or just its ASIN (for example B0EXAMPLE1)."
        )
        raise UserError(message)
    named = _PRODUCT_PATH.findall(link.path)
    if link.marketplace is None:
        named += link.values("asin")
    asins = [*dict.fromkeys(asin for each in named if is_asin(asin := each.upper()))]
    if not asins:
        message = (
            "That Amazon link is not for a product. Paste the address of the product's own page, "
            "which has /dp/ followed by the ASIN."
        )
        raise UserError(message)
    if len(asins) > 1:
        message = f"That link contains two products, {asins[0]} and {asins[1]}. Type one ASIN."
        raise UserError(message)
    return ProductReference(asins[0], link.marketplace, link.region)


def _sellers(link: PastedLink) -> list[str]:
    """Return the sellers that a link names, each once."""
    named = link.values(*_SELLER_FIELDS)
    named += [each for value in link.values("rh") for each in _FILTER.findall(value)]
    if link.amazon:
        named += _SELLER_PATH.findall(link.path)
    sellers = [seller for each in named for seller in each.upper().split("|")]
    return [*dict.fromkeys(seller for seller in sellers if is_seller_id(seller))]


def _is_isbn(text: str) -> bool:
    if not _ISBN.fullmatch(text):
        return False
    digits = [10 if char == "X" else int(char) for char in text]
    return sum((10 - place) * digit for place, digit in enumerate(digits)) % 11 == 0


def _why_no_asin(word: str) -> str:
    if not word:
        return "Enter a product: its ASIN (for example B0EXAMPLE1) or a link to its page."
    if _ISBN.fullmatch(word):
        return f"{word} looks like an ISBN, but its check digit is wrong. Check it for a typo."
    if spoiled := _by_spreadsheet(word):
        return spoiled
    if word.isdigit() and (kind := _BARCODES.get(len(word))):
        return (
            f"{word} is a barcode number ({kind}), not an ASIN. "
            "Find the product on Amazon: its ASIN follows /dp/ in the page's address."
        )
    if len(word) != len("B0EXAMPLE1"):
        return f"{word[:30]!r} is not an ASIN: an ASIN has 10 characters, like B0EXAMPLE1."
    return f"{word!r} is not an ASIN: it starts with B and has only letters and digits."


def _by_spreadsheet(word: str) -> str:
    """Say what a spreadsheet did to an ASIN that it took for a number; empty if it did nothing."""
    if _ROUNDED.fullmatch(word):
        why = f"A spreadsheet turned a long number into {word[:30]}, and its digits are lost."
        return f"{why} {_AS_TEXT}, and enter the ASIN again."
    whole = word.zfill(len("B0EXAMPLE1"))
    if len(word) in _LOST_ZEROS and _is_isbn(whole):
        why = f"{word} looks like the ISBN {whole}. A spreadsheet removed its leading zeros."
        return f"{why} {_AS_TEXT}, or write {whole}."
    return ""


def _why_no_seller(seller: str, market: Marketplace) -> str:
    why = f"{seller} is the ID of the marketplace {market.code}, not of a seller."
    if seller == _AMAZON_ITSELF:
        page = f"https://www.amazon.com/sp?seller={seller}"
        return f"{why} If you mean Amazon itself, which sells under the same ID, paste {page}."
    return f"{why} {_WHERE_SELLER}"
