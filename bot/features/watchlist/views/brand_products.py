"""Cards about products of our brand that the account does not list: searched for, offered."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Button, Card, Field, Style, Tone
from bot.core.text import at_word, clip, one_line
from bot.core.views.context import field
from bot.core.views.lists import counted
from bot.features.watchlist.models.own_listings import BrandProduct, ListingsPreview
from bot.features.watchlist.views.own_listings import NOT_NOW, WATCH_LISTINGS

SHOWN = 10
"""So many products are named; the rest is counted."""
NAME, BRAND = 60, 60
"""Characters of a product's name, and of a brand's."""
WHY = 120
"""Characters of why a marketplace could not be checked."""
AGAIN = Button(label="Search again", action="run", ref="watch brand")


def searching_card(brand: str) -> Card:
    """Say that the brand is searched for."""
    return Card(
        title=f"Searching Amazon for {one_line(brand, BRAND)}",
        body="This can take some minutes.",
    )


def found_card(preview: ListingsPreview, products: Sequence[BrandProduct]) -> Card:
    """Show what was found of the brand that nobody watches, and offer to watch it."""
    brand = one_line(preview.brand, BRAND)
    if not products:
        return _nothing_card(preview, brand)
    return Card(
        title=f"{counted(len(products), 'product')} of {brand} not in your account",
        body=clip(
            f"{_named(products)}\n\nYour account does not list them. Others may have added them "
            "to your brand. Nothing is added until you confirm.",
            cards.BODY,
        ),
        fields=_unread(preview),
        buttons=(
            Button(
                label=f"Watch {counted(len(products), 'product')}",
                action=WATCH_LISTINGS,
                ref=preview.id,
                style=Style.PRIMARY,
            ),
            Button(label="Not now", action=NOT_NOW, ref=preview.id),
        ),
    )


def failed_search_card(brand: str, why: str) -> Card:
    """Say that the brand could not be searched for, and why."""
    return Card(
        title=f"Could not search Amazon for {one_line(brand, BRAND)}",
        body=clip(f"{why}\nNothing was changed.", cards.BODY),
        tone=Tone.WARNING,
        buttons=(AGAIN,),
    )


def _nothing_card(preview: ListingsPreview, brand: str) -> Card:
    return Card(
        title=f"No other products of {brand} found",
        body="Amazon's search does not show every product, so there may be others.",
        tone=Tone.WARNING if preview.unread else Tone.INFO,
        fields=_unread(preview),
        buttons=(AGAIN,) if preview.unread else (),
    )


def _unread(preview: ListingsPreview) -> tuple[Field, ...]:
    if not preview.unread:
        return ()
    lines = (f"{code}: {one_line(why, WHY)}" for code, why in preview.unread.items())
    return (field("Could not check", "\n".join(lines), wide=True),)


def _named(products: Sequence[BrandProduct]) -> str:
    lines = [
        f"{each.asin} ({each.marketplace}): {at_word(each.title, NAME) or 'no title'}"
        for each in products[:SHOWN]
    ]
    left = len(products) - SHOWN
    return "\n".join([*lines, *([f"And {left:,} more."] if left > 0 else [])])
