"""What a search needs from outside: what pages say, how like two products are, and time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.core.catalog_search import CatalogItem, Likeness, Resemblance
from bot.core.page_content import PageSource
from bot.core.resources import Resource


def unlike(_: CatalogItem, __: CatalogItem) -> Resemblance:
    """Find nothing alike."""
    return Resemblance()


PAGES = Resource[PageSource | None]("pages", None)
"""Who tells what pages say; None: what is read knows no pages."""
LIKENESS = Resource[Likeness]("likeness", unlike)
PAUSE = Resource[Callable[[float], Awaitable[None]]]("pause", asyncio.sleep)
"""Waits for so many seconds between two searches, so that pages are read meanwhile."""
