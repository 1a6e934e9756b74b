"""What our own pages say, which is what others are compared with."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.catalog_search import CatalogItem, item_of
from bot.core.listing import Watch
from bot.core.page_content import PageContent, PageReading, PageSource
from bot.errors import AccessRefused, LoginError, SourceError


async def read_pages(
    pages: PageSource, watches: Sequence[Watch]
) -> dict[str, PageContent | SourceError]:
    """Return what the pages of watched products say, by their keys.

    Raises:
        LoginError: Amazon refuses the login in every region.
    """
    told: dict[str, PageContent | SourceError] = {}
    for code in dict.fromkeys(watch.marketplace for watch in watches):
        there = [watch for watch in watches if watch.marketplace == code]
        try:
            read: list[PageReading] = await pages.page_contents(there)
        except SourceError as error:
            if isinstance(error, LoginError) and not isinstance(error, AccessRefused):
                raise
            told |= dict.fromkeys((watch.key for watch in there), error)
        else:
            told |= {each.watch.key: each.result for each in read}
    return told


def ours_in(result: PageContent | SourceError) -> CatalogItem:
    """Return what is compared of one of our pages. Raises SourceError: it could not be read."""
    if isinstance(result, SourceError):
        raise result
    ours = item_of(result)
    if not ours.title:
        message = f"Amazon did not tell the title of {ours.asin}."
        raise SourceError(message)
    return ours
