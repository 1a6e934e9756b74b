"""Pictures of products, from our own address: Amazon does not see who looks."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from adapters.web.auth import VIEWER
from adapters.web.outbound import WebChat
from adapters.web.site import Site
from adapters.web.statics import FOLDER
from bot.core.identifiers import is_asin
from bot.core.listing import Watch
from bot.core.marketplaces import Marketplace
from bot.features.cases.models.events import PictureOfProduct

OF_PRODUCT: Final = "/products/{marketplace}-{asin}/picture"
OF_CARD: Final = "/cards/{id}/picture"
"""A message's id."""
KEPT: Final = "private, max-age=600"
"""So long a browser shows a picture without asking again: a changed one must not last."""
POLICY: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


class ProductPicturePages:
    """Hands out what is kept; where nothing is, a neutral picture stands in."""

    def __init__(self, site: Site, chat: WebChat) -> None:
        """Know the products from the site, and the messages from the chat."""
        self._site = site
        self._chat = chat
        self._none = (FOLDER / "no-picture.svg").read_bytes()

    async def of_product(self, request: web.Request) -> web.StreamResponse:
        """Show the picture of a watched product."""
        market = Marketplace.find(request.match_info["marketplace"])
        asin = request.match_info["asin"]
        if market is None or not is_asin(asin):
            raise web.HTTPNotFound
        query = PictureOfProduct(Watch.key_of(market.code, asin))
        return await self._shown(await self._site.look(request[VIEWER].role, query) or "")

    async def of_card(self, request: web.Request) -> web.StreamResponse:
        """Show the small picture of a message's card."""
        message = await self._chat.message(request.match_info["id"])
        if message is None or not message.card.thumbnail:
            raise web.HTTPNotFound
        return await self._shown(message.card.thumbnail)

    async def _shown(self, link: str) -> web.Response:
        content = await self._site.picture(link) if link else b""
        headers = {"Content-Security-Policy": POLICY}
        if not content:
            # Not kept: the real one may be there at the next look.
            return web.Response(body=self._none, content_type="image/svg+xml", headers=headers)
        headers["Cache-Control"] = KEPT
        return web.Response(body=content, content_type="image/jpeg", headers=headers)
