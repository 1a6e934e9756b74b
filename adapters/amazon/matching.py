"""Which part of a batch's answer belongs to which product.

A part says what it answers: by its echo of the request, and by its payload. Echoes are distorted
at times ('+' comes back as a space: issue 1953 of selling-partner-api-models), so what remains is
matched by less. A part's position proves nothing about offers; where all else fails, it only tells
whose error an error is.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from http import HTTPStatus
from urllib.parse import unquote_plus

from adapters.amazon.answers import Part
from adapters.amazon.batches import Ask
from adapters.amazon.denials import quoted

SHORTEST_QUOTED = 4
"""A shorter name may stand in a sentence by chance."""


def asked_sku(sku: str, asked: Collection[str]) -> str:
    """Return a SKU of an answer as it was asked for: '+' comes back as a space at times."""
    if sku in asked:
        return sku
    return next((each for each in asked if each.replace("+", " ") == sku), sku)


def match(parts: Iterable[Part], batch: list[Ask]) -> Mapping[str, Part]:
    """Find the part of an answer for each key of the batch; of two for one key the first counts."""
    left = list(parts)
    found: dict[str, Part] = {}
    for step in (_exactly, _by_product, _loosely, _by_words):
        left = step(left, [ask for ask in batch if ask.key not in found], found)
    _by_order(left, batch, found)
    return found


def _exactly(parts: list[Part], asks: list[Ask], found: dict[str, Part]) -> list[Part]:
    return _named(parts, {ask.key: ask.key for ask in asks}, found, str)


def _by_product(parts: list[Part], asks: list[Ask], found: dict[str, Part]) -> list[Part]:
    """Match what is asked by SKU by the ASIN that a part names."""
    return _named(parts, _alone((ask.watch.asin, ask.key) for ask in asks), found, str)


def _loosely(parts: list[Part], asks: list[Ask], found: dict[str, Part]) -> list[Part]:
    return _named(parts, _alone((_bare(ask.key), ask.key) for ask in asks), found, _bare)


def _named(
    parts: list[Part],
    keys: Mapping[str, str],
    found: dict[str, Part],
    read: Callable[[str], str],
) -> list[Part]:
    """Give each part to the key that it names, as ``read`` reads names; return what is left."""
    left = []
    for part in parts:
        key = next((keys[name] for name in map(read, part.names()) if name in keys), None)
        if key is None:
            left.append(part)
        else:
            found.setdefault(key, part)
    return left


def _by_words(parts: list[Part], asks: list[Ask], found: dict[str, Part]) -> list[Part]:
    """Match errors by the one key that Amazon's words name."""
    left = []
    for part in parts:
        said = quoted(part.body) if _failed(part) else ""
        named = {ask.key for ask in asks if len(ask.key) >= SHORTEST_QUOTED and ask.key in said}
        if len(named) == 1:
            found.setdefault(named.pop(), part)
        else:
            left.append(part)
    return left


def _by_order(parts: list[Part], batch: list[Ask], found: dict[str, Part]) -> None:
    """Give errors that are left to the products that are left, one each, in their order."""
    asks = [ask for ask in batch if ask.key not in found]
    if len(parts) == len(asks) and all(map(_failed, parts)):
        found.update(zip((ask.key for ask in asks), parts, strict=True))


def _failed(part: Part) -> bool:
    code = None if part.status is None else part.status.code
    return code not in (None, HTTPStatus.OK)


def _alone(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the key by name, of names that one key alone has."""
    several = [(name, key) for name, key in pairs if name]
    counts = Counter(name for name, _ in several)
    return {name: key for name, key in several if counts[name] == 1}


def _bare(name: str) -> str:
    """Return what every way of writing a name into a request leaves of it."""
    written = html.unescape(unquote_plus(name))
    return "".join(char for char in written if char.isalnum()).casefold()
