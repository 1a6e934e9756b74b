"""What is said of listings that cannot be bought and that nobody watches."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Field
from bot.core.findings import CLOSED, STRANDED, SUPPRESSED
from bot.core.interface import listed, tr, tr_data
from bot.core.text import at_word
from bot.core.views.context import field
from bot.features.watchlist.models.own_listings import KnownListing, ListingsPreview
from bot.features.watchlist.views.listing_problems import KINDS, NAMED
from bot.features.watchlist.views.listing_words import skus

SKU = 40
KNOWN = (SUPPRESSED, STRANDED, CLOSED)
"""What is told, the worst first."""


def problem_lines(wrong: Sequence[KnownListing]) -> str:
    """Name some listings of each problem, a line each."""
    lines = []
    for signal in KNOWN:
        hit = [at_word(each.listing.sku, SKU) for each in wrong if each.problem == signal]
        more = len(hit) - NAMED
        values = {"kind": tr_data(KINDS[signal]), "products": ", ".join(hit[:NAMED])}
        if more > 0:
            lines.append(tr("• {kind}: {products} and {more} more", more=f"{more:,}", **values))
        elif hit:
            lines.append(tr("• {kind}: {products}", **values))
    return "\n".join(lines)


def problem_fields(preview: ListingsPreview) -> tuple[Field, ...]:
    """Count them by problem, and say how many were not looked at."""
    if not preview.unheard:
        return ()
    counts = [
        tr("{kind}: {count}", kind=tr_data(KINDS[signal]), count=f"{preview.unheard[signal]:,}")
        for signal in KNOWN
        if signal in preview.unheard
    ]
    fields = [
        field(
            tr("SKUs not watched"),
            tr("{problems}. To be alerted, type /watch all.", problems=listed(*counts)),
            wide=True,
        )
    ]
    if preview.unasked:
        fields.append(
            field(
                tr("Not checked today"),
                tr("{skus} that cannot be bought.", skus=skus(preview.unasked)),
                wide=True,
            )
        )
    return tuple(fields)
