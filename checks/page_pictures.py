"""What pictures of pages look like: each address is fetched once, and what failed a while later."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence

from bot.core.context import AppContext
from bot.core.listing_content import ListingContent, ListingPicture, listing_content
from bot.core.page_content import PageContent
from bot.core.picture_looks import PICTURE_LOOKS
from bot.features.pages.models import GuardedPage

AGAIN = 300.0
"""Seconds after which a picture that could not be fetched is tried again."""
MOST_FAILED = 10_000
"""Addresses of which it is known that they could not be fetched."""
MOST = 20
"""Pictures of one page that are looked at."""
AT_ONCE = 16
"""Pictures that are fetched side by side."""
PATIENCE = 10.0
"""Seconds for all new pictures of a batch: what texts say must not wait longer."""


class PagePictures:
    """Looks at the pictures of pages."""

    def __init__(self, app: AppContext) -> None:
        """Look with what the application was given."""
        self._app = app
        self._failed: dict[str, float] = {}
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def looked_at(
        self, pages: Sequence[tuple[PageContent, GuardedPage | None]]
    ) -> list[ListingContent]:
        """Return what is compared of each page; a picture that nobody could look at has no look.

        A page comes with what is known of it.
        """
        known = [{each.link: each for each in _pictures(page) if each.digest} for _, page in pages]
        new = [
            link
            for (page, _), looks in zip(pages, known, strict=True)
            for link in self._new(page, looks)
        ]
        found = await self._look_all(new) if new else {}
        return [
            listing_content(page, {**found, **looks}.values())
            for (page, _), looks in zip(pages, known, strict=True)
        ]

    def _new(self, page: PageContent, looks: Mapping[str, ListingPicture]) -> list[str]:
        if self._app.resources[PICTURE_LOOKS] is None:
            return []
        links = (each.link for each in page.pictures or ())
        return [link for link in links if link and link not in looks and self._may_try(link)][:MOST]

    def _may_try(self, link: str) -> bool:
        last = self._failed.get(link)
        return last is None or self._app.monotonic() - last >= AGAIN

    async def _look_all(self, links: Iterable[str]) -> dict[str, ListingPicture]:
        begun: set[str] = set()
        tasks = {
            asyncio.create_task(self._look(link, begun)): link for link in dict.fromkeys(links)
        }
        done, late = await asyncio.wait(tasks, timeout=PATIENCE)
        for task in late:
            task.cancel()
            if tasks[task] in begun:
                # What has not had its turn is tried at the next reading.
                self._note(tasks[task])
        await asyncio.gather(*late, return_exceptions=True)
        return {found.link: found for task in done if (found := task.result()) is not None}

    async def _look(self, link: str, begun: set[str]) -> ListingPicture | None:
        looks = self._app.resources[PICTURE_LOOKS]
        if looks is None:
            return None
        async with self._turn:
            begun.add(link)
            found = await looks.look(link)
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
