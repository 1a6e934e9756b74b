"""ASINs, seller IDs, order IDs and the links that people paste."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import msgspec

from bot.core.marketplaces import Marketplace
from bot.core.text import bare
from bot.errors import UserError

LONGEST_SELLER_ID = 21

_ASIN = re.compile(r"B[0-9A-Z]{9}", re.ASCII)
_ISBN = re.compile(r"[0-9]{9}[0-9X]", re.ASCII)
_SELLER = re.compile(rf"A[0-9A-Z]{{9,{LONGEST_SELLER_ID - 1}}}", re.ASCII)
_IN_PATH = re.compile(
    r"/(?:dp|gp/product|gp/aw/d|gp/offer-listing|product-reviews|exec/obidos/ASIN)"
    r"/([0-9A-Za-z]{10})(?=[/?#]|$)",
    re.ASCII,
)
_ORDER = re.compile(r"[0-9]{3}-[0-9]{7}-[0-9]{7}", re.ASCII)
_SCHEME = re.compile(r"(?:https?:)?//", re.ASCII | re.IGNORECASE)
_LONGEST_LINK = 4000


class ProductReference(msgspec.Struct, frozen=True):
    """What a person named: an ASIN and, where a link told it, the marketplace."""

    asin: str
    marketplace: Marketplace | None = None

    @staticmethod
    def parse(text: str) -> ProductReference:
        """Read an ASIN, or a pasted link of a product page.

        Raises:
            UserError: the text is neither; the sentence says what is wrong and what to do.
        """
        word = _bare(text)
        if "/" in word or "." in word:
            return _from_link(word)
        asin = word.upper()
        if not is_asin(asin):
            raise UserError(_why_no_asin(asin))
        return ProductReference(asin)


def is_asin(text: str) -> bool:
    """Tell whether the text is an ASIN: ``B`` and nine more, or an ISBN-10 with a right digit."""
    return bool(_ASIN.fullmatch(text)) or _is_isbn(text)


def is_seller_id(text: str) -> bool:
    """Tell whether the text has the form of a seller ID."""
    return bool(_SELLER.fullmatch(text))


def is_order_id(text: str) -> bool:
    """Tell whether the text has the form of an order ID: ``123-1234567-1234567``."""
    return _ORDER.fullmatch(text) is not None


def parse_seller(text: str) -> str:
    """Read a seller ID, or a link with ``seller=``, ``me=`` or ``m=``.

    Raises:
        UserError: neither was found.
    """
    word = _bare(text)
    if "=" in word:
        query = _query(word)
        values = [value for name in ("seller", "me", "m") for value in query.get(name, [])]
        word = values[0] if values else word
    if not is_seller_id(word.upper()):
        message = (
            f"{word[:30]!r} is not a seller ID. It starts with A and has 10 to 21 letters and "
            "digits; you find it after 'seller=' in the link of the seller's page."
        )
        raise UserError(message)
    return word.upper()


def _from_link(link: str) -> ProductReference:
    host, path = _split(link if _SCHEME.match(link) else f"https://{link}")
    market = Marketplace.of_domain(_domain(host))
    if market is None:
        message = (
            f"{link[:60]!r} is not a link to an Amazon product page. "
            "Paste the page's address, or just its ASIN (for example B0EXAMPLE1)."
        )
        raise UserError(message)
    found = _IN_PATH.search(path)
    if found is None or not is_asin(found[1].upper()):
        message = (
            "That Amazon link names no product. Open the product's own page: its address has "
            "/dp/ followed by the ASIN."
        )
        raise UserError(message)
    return ProductReference(found[1].upper(), market)


def _split(link: str) -> tuple[str, str]:
    try:
        parts = urlsplit(link)
        return (parts.hostname or "").lower(), parts.path
    except ValueError:
        return "", ""


def _domain(host: str) -> str:
    """Return what follows ``amazon.``, when the host is Amazon's own and not a look-alike."""
    labels = host.removesuffix(".").split(".")
    if "amazon" not in labels[:2]:
        return ""
    return ".".join(labels[labels.index("amazon") + 1 :])


def _query(link: str) -> dict[str, list[str]]:
    try:
        return parse_qs(urlsplit(link).query, max_num_fields=50)
    except ValueError:
        return {}


def _bare(text: str) -> str:
    return bare(bare(text[:_LONGEST_LINK]).strip("<>()[]_~").rstrip(".!?:"))


def _is_isbn(text: str) -> bool:
    if not _ISBN.fullmatch(text):
        return False
    digits = [10 if char == "X" else int(char) for char in text]
    return sum((10 - place) * digit for place, digit in enumerate(digits)) % 11 == 0


def _why_no_asin(word: str) -> str:
    if not word:
        return "Name a product: its ASIN (for example B0EXAMPLE1) or a link to its page."
    if _ISBN.fullmatch(word):
        return f"{word} looks like an ISBN, but its check digit is wrong. Look for a typing error."
    if len(word) != len("B0EXAMPLE1"):
        return f"{word[:30]!r} has {len(word)} characters; an ASIN has 10, like B0EXAMPLE1."
    return f"{word!r} is not an ASIN: it starts with B and has only letters and digits."
