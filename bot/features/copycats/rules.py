"""By which words is searched, what is kept of what was found, and what is shown first. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from datetime import datetime

from bot.core.catalog_search import WORTH_SHOWING, CatalogItem, Likeness, same_brand
from bot.features.copycats.models import Candidate, Verdict

TITLE_WORDS = 7
"""Words of a title that tell a product; more of them find less."""
WITH_BRAND = 2
"""Words of a title beside the brand's name, for names that look like it."""
SHORTEST = 3
"""Letters of a word that tells anything."""
KEPT = 10
"""Products that are kept of what was found for one of ours: the most alike."""
LOOKED_AT = 5
"""Pictures that are looked at of what one page of a search found."""
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")


def keywords(ours: CatalogItem) -> tuple[str, ...]:
    """Return the words of each search for a product: its title's, and its brand with few of them.

    The first finds the same words under any brand, the second brands with names like ours.
    """
    brand = _WORD.findall(ours.brand)
    names = {word.casefold() for word in brand}
    words = [
        word
        for word in dict.fromkeys(_WORD.findall(ours.title))
        if word.casefold() not in names and (len(word) >= SHORTEST or not word.isascii())
    ]
    searches = (words[:TITLE_WORDS], [*brand, *words[:WITH_BRAND]] if brand else [])
    return tuple(" ".join(each) for each in searches if each)


def worth_a_look(
    found: Iterable[CatalogItem], ours: CatalogItem, likeness: Likeness
) -> list[CatalogItem]:
    """Return those found whose pictures may decide: of our kind, the most alike first."""
    kind = [
        (likeness(item, ours), item)
        for item in found
        if item.picture and item.product_type in ("", ours.product_type)
    ]
    ranked = sorted(kind, key=lambda each: (-each[0].score, -each[0].text, each[1].asin))
    return [item for _, item in ranked[:LOOKED_AT]]


def candidates(
    found: Iterable[CatalogItem],
    ours: CatalogItem,
    likeness: Likeness,
    own: Set[str],
    brands: Sequence[str],
    at: datetime,
) -> list[Candidate]:
    """Return what is worth comparing with a product of ours, the most alike first.

    ``own`` are the keys of products that are ours, ``brands`` our brands: neither is compared.
    """
    judged = [
        Candidate(item=item, ours=ours, likeness=likeness(item, ours), found_at=at)
        for item in {each.asin: each for each in found}.values()
        if item.key not in own and not any(same_brand(item.brand, brand) for brand in brands)
    ]
    worth = [each for each in judged if each.likeness.score >= WORTH_SHOWING]
    return most_alike(worth)[:KEPT]


def most_alike(several: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates, the most alike first."""
    return sorted(several, key=rank)


def rank(candidate: Candidate) -> tuple[float, str]:
    """Return by what candidates are sorted."""
    return -candidate.likeness.score, candidate.key


def fresher(known: Candidate | None, found: Candidate) -> Candidate | None:
    """Return what is to be stored of a candidate that was found; None: nothing is new.

    What a person decided stays, and one that waits is shown beside the product it is most like.
    """
    if known is None:
        return found
    if known.verdict is not Verdict.OPEN or found.likeness.score <= known.likeness.score:
        return None
    return found
