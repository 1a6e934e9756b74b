"""Which product a case is about, and in which marketplace."""

from __future__ import annotations

from bot.core.cards import Field
from bot.core.identifiers import LONGEST_SELLER_ID
from bot.core.interface import tr
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.core.text import at_word, one_line
from bot.core.views.context import field
from bot.features.cases.models.cases import Case
from bot.features.cases.models.signals import Signal
from bot.features.cases.views.context import CaseContext

NAME = 120
"""Characters of a product's name where it has a line of its own."""


def product_of(case: Case, view: CaseContext) -> str:
    """Return the ASIN that the title speaks of; empty where it speaks of none."""
    known = Signal.in_order(view.affected.get(case.key, ()))
    return next((each.asin for each in (known if case.going_on else known[::-1]) if each.asin), "")


def product_fields(case: Case, view: CaseContext) -> tuple[Field, ...]:
    """Name the product with its ASIN, SKU and marketplace; of several, how many there are."""
    if case.tally.products > 1:
        count = f"{case.tally.products:,}"
        place = tr("{count} on {site}", count=count, site=site_of(case.marketplace))
        return (field(tr("Products"), place),)
    asin = product_of(case, view)
    if not asin:
        return (field(tr("Marketplace"), site_of(case.marketplace)),) if case.marketplace else ()
    watch = view.products.get(Watch.key_of(case.marketplace, asin))
    title = at_word(watch.title, NAME) if watch else ""
    sku = f"SKU {one_line(watch.sku, LONGEST_SELLER_ID)}" if watch and watch.sku else ""
    names = " · ".join(filter(None, (asin, sku, site_of(case.marketplace))))
    return (field(tr("Product"), "\n".join(filter(None, (title, names))), wide=bool(title)),)


def picture_of(case: Case, view: CaseContext) -> str:
    """Return the address of the product's picture, as Amazon's catalogue gives it; empty: none."""
    return view.pictures.get(Watch.key_of(case.marketplace, product_of(case, view)), "")


def site_of(code: str) -> str:
    """Return what people call a marketplace: ``amazon.co.uk``."""
    market = Marketplace.find(code)
    return f"amazon.{market.domain}" if market else one_line(code, LONGEST_SELLER_ID)
