"""What cards about our own listings and our brand's products have in common."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.cards import Button, Field
from bot.core.interface import tr, tr_count, tr_data
from bot.core.text import at_word, one_line
from bot.core.views.context import field
from bot.features.watchlist.models.own_listings import ListingsPreview

SHOWN = 10
"""So many products are named; the rest is counted."""
NAME = 60
"""Characters of a product's name."""
WHY = 120
"""Characters of why a marketplace could not be checked."""


def products(number: int) -> str:
    """Say how many products."""
    return tr_count(number, "{count} product", "{count} products")


def skus(number: int) -> str:
    """Say how many SKUs."""
    return tr_count(number, "{count} SKU", "{count} SKUs")


def read_again(label: str) -> Button:
    """Make a button that has the account's listings read and offered."""
    return Button(label=label, action="run", ref="watch all")


def named(listed: Sequence[tuple[str, str, str]]) -> str:
    """Name products by ASIN, marketplace and title, a line each; many are counted."""
    lines = [f"{asin} ({market}): {at_word(title, NAME)}" for asin, market, title in listed[:SHOWN]]
    if left := max(0, len(listed) - SHOWN):
        lines.append(tr("And {count} more.", count=f"{left:,}"))
    return "\n".join(lines)


def unread(preview: ListingsPreview) -> tuple[Field, ...]:
    """Say in which marketplaces nothing could be read, and why."""
    if not preview.unread:
        return ()
    lines = (f"{code}: {one_line(tr_data(why), WHY)}" for code, why in preview.unread.items())
    return (field(tr("Could not check"), "\n".join(lines), wide=True),)
