"""What a search needs from outside: what pages say, and how like two products are."""

from __future__ import annotations

from bot.core.catalog_search import CatalogItem, Likeness, ProductLikeness
from bot.core.page_content import PageSource
from bot.core.resources import Resource


def unlike(_: CatalogItem, __: CatalogItem) -> ProductLikeness:
    """Find nothing alike."""
    return ProductLikeness()


PAGES = Resource[PageSource | None]("pages", None)
"""Who tells what pages say; None: what is read knows no pages."""
LIKENESS = Resource[Likeness]("likeness", unlike)
