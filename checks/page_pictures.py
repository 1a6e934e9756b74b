"""What pictures of pages look like: each address is fetched once, and what failed a while later."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from bot.core.context import AppContext
from bot.core.listing_content import ListingContent, ListingPicture, listing_content
from bot.core.page_content import PageContent
from bot.features.pages.models import GuardedPage
from bot.features.pages.resources import PICTURE_LOOKS

AGAIN = 300.0
"""Seconds after which a picture that could not be fetched is tried again."""
MOST_FAILED = 10_000
"""Addresses of which it is known that they could not be fetched."""
MOST = 20
"""Pictures of one page that are looked at."""
PATIENCE = 10.0
"""Seconds for all new pictures of a page: what its texts say must not wait longer."""


class PagePictures:
    """Looks at the pictures of pages."""

    def __init__(self, app: AppContext) -> None:
        """Look with what the application was given."""
        self._app = app
        self._failed: dict[str, float] = {}

    async def looked_at(self, page: PageContent, known: GuardedPage | None) -> ListingContent:
        """Return what is compared of a page; a picture that nobody could look at has no look."""
        looks = {each.link: each for each in _pictures(known) if each.digest}
        new = [
            each.link
            for each in page.pictures or ()
            if each.link and each.link not in looks and self._may_try(each.link)
        ][:MOST]
        if new and self._app.resources[PICTURE_LOOKS] is not None:
            looks |= {each.link: each for each in await self._look_all(new)}
        return listing_content(page, looks.values())

    def _may_try(self, link: str) -> bool:
        last = self._failed.get(link)
        return last is None or self._app.monotonic() - last >= AGAIN

    async def _look_all(self, links: Iterable[str]) -> list[ListingPicture]:
        tasks = {asyncio.create_task(self._look(link)): link for link in dict.fromkeys(links)}
        done, late = await asyncio.wait(tasks, timeout=PATIENCE)
        for task in late:
            task.cancel()
            self._note(tasks[task])
        return [found for task in done if (found := task.result()) is not None]

    async def _look(self, link: str) -> ListingPicture | None:
        looks = self._app.resources[PICTURE_LOOKS]
        found = await looks.look(link) if looks is not None else None
        if found is None:
            self._note(link)
            return None
        self._failed.pop(link, None)
        return ListingPicture("", link, found.look, found.digest)

    def _note(self, link: str) -> None:
        """Remember that it could not be fetched, and forget the oldest of too many."""
        self._failed.pop(link, None)
        self._failed[link] = self._app.monotonic()
        if len(self._failed) > MOST_FAILED:
            del self._failed[next(iter(self._failed))]


def _pictures(known: GuardedPage | None) -> Iterable[ListingPicture]:
    if known is None:
        return
    for content in (known.baseline, known.page):
        yield from (content.pictures or ()) if content is not None else ()
