"""Searching the catalogue by keywords: questions, and what they find."""

from __future__ import annotations

import re
from dataclasses import dataclass

from msgspec import UNSET
from multidict import MultiMapping

from adapters.simulator.answers.catalog import item_of
from adapters.simulator.faults import Fault, Faults
from adapters.simulator.questions import BATCH_SIZE, DEFAULT_PAGE_SIZE, Refused
from adapters.simulator.quirks.catalog import distort_item
from adapters.simulator.quota import Operation
from adapters.simulator.wire.catalog import BrandRefinement, Pagination, Refinements, SearchResults
from adapters.simulator.world import Listing, World

MOST_KEYWORDS = 20
MOST_FOUND = 1_000
"""Products that can be paged through."""
ENOUGH = 4
"""One of so many keywords must be in a title or a brand for it to be found."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class KeywordQuestion:
    """A page of the catalogue items that keywords find; no brands: those of all."""

    marketplace: str
    keywords: tuple[str, ...]
    brands: frozenset[str]
    included: frozenset[str]
    page_size: int
    offset: int


def read_keywords(query: MultiMapping[str]) -> KeywordQuestion:
    """The question in the query string of searchCatalogItems, which must ask for keywords."""
    if "identifiers" in query:
        raise Refused("You cannot include identifiers and keywords in the same request.")
    marketplaces = _listed(query, "marketplaceIds")
    if len(marketplaces) != 1:
        raise Refused("marketplaceIds must name one marketplace.")
    keywords = _listed(query, "keywords")
    if not 1 <= len(keywords) <= MOST_KEYWORDS:
        raise Refused(f"keywords must be 1 to {MOST_KEYWORDS} words.")
    return KeywordQuestion(
        marketplace=marketplaces[0],
        keywords=keywords,
        brands=frozenset(brand.casefold() for brand in _listed(query, "brandNames")),
        included=frozenset(_listed(query, "includedData") or ("summaries",)),
        page_size=_number(query.get("pageSize", str(DEFAULT_PAGE_SIZE)), 1, BATCH_SIZE),
        offset=_number(query.get("pageToken", "0"), 0, MOST_FOUND),
    )


class CatalogSearches:
    """Answers searches. `now` is scenario time in seconds."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults

    def search(self, question: KeywordQuestion, now: float, base_url: str) -> SearchResults:
        """Answer searchCatalogItems, one page of what has most of the words first."""
        found = self._found(question, now)[:MOST_FOUND]
        end = question.offset + question.page_size
        items = []
        for listing in found[question.offset : end]:
            strike = self._faults.striker(Operation.SEARCH_CATALOG, (listing.product.asin,), now)
            if strike(Fault.MISSING_INNER) is None:
                item = item_of(listing, question.included, base_url)
                items.append(distort_item(item, strike))
        return SearchResults(
            number_of_results=len(found),
            items=tuple(items),
            pagination=Pagination(str(end)) if end < len(found) else UNSET,
            refinements=_refinements(found),
        )

    def _found(self, question: KeywordQuestion, now: float) -> list[Listing]:
        wanted = {word for each in question.keywords for word in _words(each)}
        ranked = []
        for listing in self._world.listings(now):
            product = listing.product
            if product.marketplace != question.marketplace:
                continue
            # Underscores stand for the blanks of a brand; with blanks nothing is found.
            name = "_".join(product.brand.split()).casefold()
            if question.brands and name not in question.brands:
                continue
            shared = len(wanted & _words(f"{listing.title} {product.brand}"))
            if shared * ENOUGH >= len(wanted):
                ranked.append((-shared, product.asin, listing))
        return [listing for _, _, listing in sorted(ranked, key=lambda each: each[:2])]


def _refinements(found: list[Listing]) -> Refinements:
    brands = dict.fromkeys(listing.product.brand for listing in found)
    counts = {brand: sum(listing.product.brand == brand for listing in found) for brand in brands}
    return Refinements(tuple(BrandRefinement(count, brand) for brand, count in counts.items()))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _listed(query: MultiMapping[str], name: str) -> tuple[str, ...]:
    return tuple(part for value in query.getall(name, []) for part in value.split(",") if part)


def _number(text: str, low: int, high: int) -> int:
    if re.fullmatch(r"[0-9]{1,4}", text) is None or not low <= int(text) <= high:
        raise Refused(f"{text!r} is no number from {low} to {high}.")
    return int(text)
