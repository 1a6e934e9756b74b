"""Cards about products of our brand that the account does not list: searched for, offered."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Button, Card, Style, Tone
from bot.core.interface import tr, tr_count, tr_data
from bot.core.text import clip, one_line
from bot.features.watchlist.models.own_listings import BrandProduct, ListingsPreview
from bot.features.watchlist.views.listing_words import named, products, unread
from bot.features.watchlist.views.own_listings import NOT_NOW, WATCH_LISTINGS

BRAND = 60
"""Characters of a brand's name."""


def searching_card(brand: str) -> Card:
    """Say that the brand is searched for."""
    return Card(
        title=tr("Searching Amazon for {brand}", brand=one_line(brand, BRAND)),
        body=tr("This can take some minutes."),
    )


def found_card(preview: ListingsPreview, found: Sequence[BrandProduct]) -> Card:
    """Show what was found of the brand that nobody watches, and offer to watch it."""
    brand = one_line(preview.brand, BRAND)
    if not found:
        return _nothing_card(preview, brand)
    return Card(
        title=tr_count(
            len(found),
            "{count} product of {brand} not in your account",
            "{count} products of {brand} not in your account",
            brand=brand,
        ),
        body=clip("\n\n".join((_named(found), _others())), cards.BODY),
        fields=unread(preview),
        buttons=(
            Button(
                label=tr("Watch {what}", what=products(len(found))),
                action=WATCH_LISTINGS,
                ref=preview.id,
                style=Style.PRIMARY,
            ),
            Button(label=tr("Not now"), action=NOT_NOW, ref=preview.id),
        ),
    )


def failed_search_card(brand: str, why: str) -> Card:
    """Say that the brand could not be searched for, and why."""
    return Card(
        title=tr("Could not search Amazon for {brand}", brand=one_line(brand, BRAND)),
        body=clip("\n".join((tr_data(why), tr("Nothing was changed."))), cards.BODY),
        tone=Tone.WARNING,
        buttons=(_again(),),
    )


def _nothing_card(preview: ListingsPreview, brand: str) -> Card:
    return Card(
        title=tr("No other products of {brand} found", brand=brand),
        body=tr("Amazon's search does not show every product, so there may be others."),
        tone=Tone.WARNING if preview.unread else Tone.INFO,
        fields=unread(preview),
        buttons=(_again(),) if preview.unread else (),
    )


def _again() -> Button:
    return Button(label=tr("Search again"), action="run", ref="watch brand")


def _others() -> str:
    return tr(
        "Your account does not list them. Others may have added them to your brand. Nothing is "
        "added until you confirm."
    )


def _named(found: Sequence[BrandProduct]) -> str:
    return named([(each.asin, each.marketplace, each.title or tr("no title")) for each in found])
