"""The card about what was wrong with our listings when they were looked at first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Card, Tone
from bot.core.findings import (
    CATEGORY,
    CLOSED,
    LISTING_ISSUE,
    SEARCH_SUPPRESSED,
    STRANDED,
    SUPPRESSED,
)
from bot.core.interface import tr, tr_count, tr_data
from bot.core.text import at_word, clip
from bot.core.views.context import ViewContext
from bot.features.watchlist.models.listing_records import ListingRecord

NAMED = 3
"""So many products of a kind are named; the rest is counted."""
NAME = 40
KINDS = {
    SUPPRESSED: "Suppressed by Amazon",
    SEARCH_SUPPRESSED: "Hidden in Amazon's search",
    CLOSED: "Cannot be bought",
    STRANDED: "Stock is stranded",
    CATEGORY: "Moved to another category",
    LISTING_ISSUE: "Amazon reports a problem",
}
"""What is wrong, the worst first, by its signal."""


def first_problems_card(
    records: Sequence[ListingRecord], names: dict[str, str], view: ViewContext
) -> Card:
    """Tell at once what was wrong at the first look; ``names`` are the products', by key."""
    return Card(
        title=tr_count(
            len(records),
            "{count} of your listings already has a problem",
            "{count} of your listings already have problems",
        ),
        body=clip("\n".join(_lines(records, names)), cards.BODY),
        tone=Tone.WARNING,
        footer=tr("You get an alert for each new problem."),
        footer_at=view.now,
    )


def _lines(records: Sequence[ListingRecord], names: dict[str, str]) -> list[str]:
    lines = []
    for signal, kind in KINDS.items():
        hit = [record for record in records if signal in problems_of(record)]
        if hit:
            lines.append(_line(tr_data(kind), hit, names))
    return lines


def _line(kind: str, hit: Sequence[ListingRecord], names: dict[str, str]) -> str:
    named = ", ".join(at_word(names.get(each.key) or each.sku, NAME) for each in hit[:NAMED])
    if len(hit) <= NAMED:
        return tr("• {kind}: {products}", kind=kind, products=named)
    more = f"{len(hit) - NAMED:,}"
    return tr("• {kind}: {products} and {more} more", kind=kind, products=named, more=more)


def problems_of(record: ListingRecord) -> frozenset[str]:
    """Return the signals of what was wrong at the first look and still is."""
    issues = (LISTING_ISSUE,) if record.issues else ()
    return frozenset((*record.at_first, *issues))
