"""A seller's profile out of the words of their page: labels that are known, and no guesses."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from bot.core.text import one_line
from bot.features.cases.models.profiles import SellerProfile, UnreadSellerPage
from bot.features.cases.models.seller_pages import SellerPage, SellerRow

FRESH = timedelta(days=30)
"""So long a seller's page is not read again."""
AGAIN = timedelta(days=1)
"""So long it is not, where it could not be read."""
LONGEST_NAME = 100
LONGEST_LINE = 150
LINES = 10
NO_NAME = "The page shows no seller's name."

BUSINESS_NAMES = frozenset(
    {
        "business name",
        "geschäftsname",
        "nom commercial",
        "nombre comercial",
        "nome commerciale",
        "bedrijfsnaam",
        "nazwa firmy",
        "företagsnamn",
        "販売業者",
    }
)
"""The label of the business name, by the page's language. As of 2026-11; English, German, French
and Polish are confirmed by public scripts, a wrong one finds nothing."""
ADDRESSES = frozenset(
    {
        "business address",
        "geschäftsadresse",
        "adresse commerciale",
        "dirección comercial",
        "indirizzo commerciale",
        "bedrijfsadres",
        "adres firmy",
        "företagsadress",
        "住所",
    }
)
"""The label of the business address, in the same way; that of the customer service is none."""


def profile_from(page: SellerPage, marketplace: str, seller: str) -> SellerProfile | None:
    """Return what a seller's page says, bounded and each text on one line; None without a name."""
    name = one_line(page.words.name, LONGEST_NAME)
    if not name:
        return None
    return SellerProfile(
        seller=seller,
        marketplace=marketplace,
        name=name,
        business=next(_values(page.words.rows, BUSINESS_NAMES), ""),
        address=tuple(_values(page.words.rows, ADDRESSES))[:LINES],
        rating=one_line(page.words.feedback, LONGEST_LINE),
        source=page.url,
        read_at=page.at,
        simulated=page.simulated,
    )


def known_enough(
    profile: SellerProfile | None, failed: UnreadSellerPage | None, now: datetime
) -> bool:
    """Tell whether the page need not be read now; a clock that was ahead puts nothing off."""
    if failed is not None and abs(now - failed.at) < AGAIN:
        return True
    return profile is not None and abs(now - profile.read_at) < FRESH


def _values(rows: Collection[SellerRow], labels: Collection[str]) -> Iterator[str]:
    """Give what stands behind the label, and in the indented rows below it."""
    within = False
    for row in rows:
        label, marked, value = row.text.replace("\N{FULLWIDTH COLON}", ":").partition(":")
        if not row.indented:
            within = bool(marked) and " ".join(label.split()).casefold() in labels
        words = one_line(row.text if row.indented else value, LONGEST_LINE)
        if within and words:
            yield words
