"""The picture of a product, for the card of a case about it."""

from __future__ import annotations

from bot.core.context import AppContext
from bot.core.links import is_picture
from bot.core.store import Transaction
from bot.features.cases.models.events import PictureOfProduct
from bot.features.pages.collections import GUARDED_PAGES
from bot.features.pages.models import GuardedPage


async def picture_of_product(app: AppContext, tx: Transaction, query: PictureOfProduct) -> str:
    """Return the page's main picture as the team knows it, even if it was changed since."""
    page = await tx.get(GUARDED_PAGES, query.watch)
    return main_picture(app, page) if page else ""


def main_picture(app: AppContext, page: GuardedPage) -> str:
    """Return the address of a page's main picture; empty: there is none that may be shown."""
    pictures = page.baseline.pictures
    link = next((each.link for each in pictures or () if each.main), "")
    return link if is_picture(link, simulated=bool(app.links.base)) else ""
