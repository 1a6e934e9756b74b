"""Forgetting pictures of products that are not watched, or that have another picture now."""

from __future__ import annotations

from bot.core.context import AppContext
from bot.core.product_pictures import PRODUCT_PICTURES
from bot.core.scanning import each
from bot.features.pages.collections import GUARDED_PAGES
from bot.features.pages.models import PageState
from bot.features.pages.service.pictures import main_picture


class UnusedPictures:
    """Keeps the pictures of guarded pages alone: of what is unwatched, the page has ended."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def tick(self, _: str = "") -> None:
        """Forget what no page has. Raises OSError."""
        pictures = self._app.resources[PRODUCT_PICTURES]
        if pictures is None:
            return
        links = {
            main_picture(self._app, page)
            async for page in each(self._app.store, GUARDED_PAGES)
            if page.state is not PageState.ENDED
        }
        await pictures.keep_only(links - {""})
