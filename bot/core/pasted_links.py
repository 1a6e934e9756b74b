"""Links as people paste them: Amazon's own taken apart, short ones and look-alikes told apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec

from bot.core.marketplaces import Marketplace
from bot.core.text import AROUND, bare
from bot.errors import UserError

LONGEST = 4000
"""Characters of a paste that are looked at."""
_MOST_FIELDS = 50
_SHORT = frozenset({"a.co", "amzn.to", "amzn.eu", "amzn.asia", "amzn.in", "amzn.com"})
"""Hosts whose links do not say where they lead, but for an ASIN behind ``amzn.com``."""
_BEHIND_SHORT = re.compile(r"(?:/dp)?(/[0-9A-Za-z]{10})/?", re.ASCII)
_SCHEME = re.compile(r"(?:https?:)?//", re.ASCII | re.IGNORECASE)
_STUCK = re.compile(r"(?<![=&/])https?://", re.ASCII | re.IGNORECASE)
"""Where a link begins that is no part of another one, as in a field of its query."""
_AROUND = f"{AROUND} <>()[]{{}}_~.!?:"
_VARIATIONS = dict.fromkeys(range(0xFE00, 0xFE10))
"""Characters that only say how the one before them looks."""


class PastedLink(msgspec.Struct, frozen=True, kw_only=True):
    """What a link tells."""

    amazon: bool
    """Tell whether it leads to one of Amazon's own hosts."""
    marketplace: Marketplace | None
    """The shop to which it leads; None for Seller Central, whose address names no shop."""
    region: str
    """Where the Seller Central is from which it comes; empty for a shop's link."""
    path: str
    fields: tuple[tuple[str, str], ...]
    """The query's, with names in small letters."""

    def values(self, *names: str) -> list[str]:
        """Return what the query's fields of these names hold, none of it empty."""
        return [value for name, value in self.fields if name in names and value]


def pasted(text: str, is_id: Callable[[str], bool]) -> str:
    """Return the ID or link that was pasted, without what stands around it or cannot be seen.

    Raises:
        UserError: it is more than one, or a link among words; the sentence says what to do.
    """
    word = bare(text[:LONGEST].translate(_VARIATIONS)).strip(_AROUND)
    parts = word.split(" ") if "/" in word else re.split(r"[\s,;|]+", word)
    named = [part for part in parts if "/" in part or is_id(part.upper())]
    if len(named) > 1 or len(_STUCK.findall(word)) > 1:
        raise UserError("This has more than one link or ID. Paste only one.")
    if len(parts) > 1 and "/" in word:
        raise UserError("Paste only the link, without the words around it.")
    return word


def read_link(link: str) -> PastedLink:
    """Take a pasted link apart.

    Raises:
        UserError: it is a short link, which tells nothing.
    """
    host, path, query = _split(link if _SCHEME.match(link) else f"https://{link}")
    domain = _domain(host)
    if (short := host.removeprefix("www.")) in _SHORT:
        domain, path = "com", _behind(short, path)
    market = Marketplace.of_domain(domain)
    central = host.startswith("sellercentral")
    return PastedLink(
        amazon=market is not None,
        marketplace=None if central else market,
        region=_region(host, market) if central and market else "",
        path=bare(unquote(path)),
        fields=tuple((name.lower(), bare(value)) for name, value in _fields(query)),
    )


def _region(host: str, market: Marketplace) -> str:
    """Return the region of a Seller Central, such as sellercentral-europe.amazon.com."""
    return "eu" if host.startswith("sellercentral-europe") else market.region


def _behind(host: str, path: str) -> str:
    """Return the path of the product page to which a short link leads. Raises UserError."""
    found = _BEHIND_SHORT.fullmatch(path)
    if host != "amzn.com" or found is None:
        message = (
            f"{host} is a short link that does not show where it leads. "
            "Open it, then paste the full address of the page."
        )
        raise UserError(message)
    return f"/dp{found[1]}"


def _split(link: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(link)
        return (parts.hostname or "").lower(), parts.path, parts.query
    except ValueError:
        return "", "", ""


def _fields(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return []


def _domain(host: str) -> str:
    """Return what follows ``amazon.``, when the host is Amazon's own and not a look-alike."""
    labels = host.removesuffix(".").split(".")
    if "amazon" not in labels[:2]:
        return ""
    return ".".join(labels[labels.index("amazon") + 1 :])
