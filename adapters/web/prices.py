"""The page of a product's prices: the picture, light and dark, and its numbers as a table."""

from __future__ import annotations

import re

from aiohttp import web

from adapters.web import render
from adapters.web.auth import VIEWER
from adapters.web.site import Site
from bot.core.charts import spoken
from bot.core.identifiers import is_asin
from bot.core.interface import speak
from bot.core.marketplaces import Marketplace
from bot.features.watchlist.models.price_queries import HistoryOf, ShownPrices

PRICES = "/products/{marketplace}-{asin}/history"
PRICES_PICTURE = "/products/{marketplace}-{asin}/history.svg"
CHOICES = (7, 30, 90, 365)
"""Numbers of days that can be chosen, besides all that is kept."""
USUAL = 90
ROWS = 100
"""Rows of one page of numbers."""
SVG = "image/svg+xml"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""What a picture may load where it is opened by itself: nothing."""


class PricePages:
    """Shows how the prices of a product went."""

    def __init__(self, site: Site) -> None:
        """Show what the site tells."""
        self._site = site

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Show the picture and its numbers."""
        site, days = self._site, _number(request, "days", USUAL)
        with speak(await site.language()):
            shown = await self._shown(request, days)
            pages = max(1, -(-len(shown.lines) // ROWS))
            number = min(_number(request, "page", 1), pages)
            sheet = render.PriceSheet(
                brand=site.brand,
                simulated=site.simulated,
                prices=shown,
                address=request.path,
                days=days,
                choices=sorted({*CHOICES, shown.kept_days}),
                lines=shown.lines[(number - 1) * ROWS : number * ROWS],
                number=number,
                pages=pages,
                drawn=site.draw is not None and bool(shown.lines),
                says=spoken(shown.chart),
            )
            html = render.prices(sheet, await site.zone())
        return web.Response(text=html, content_type="text/html")

    async def picture(self, request: web.Request) -> web.StreamResponse:
        """Give the picture alone."""
        shown = await self._shown(request, _number(request, "days", USUAL))
        if self._site.draw is None:
            raise web.HTTPNotFound
        dark = request.query.get("theme") == "dark"
        drawn = await self._site.draw(shown.chart, dark=dark)
        headers = {"Content-Security-Policy": POLICY}
        return web.Response(body=drawn, content_type=SVG, headers=headers)

    async def _shown(self, request: web.Request, days: int) -> ShownPrices:
        market = Marketplace.find(request.match_info["marketplace"])
        asin = request.match_info["asin"]
        if market is None or not is_asin(asin):
            raise web.HTTPNotFound
        query = HistoryOf(asin=asin, marketplace=market.code, days=days)
        shown = await self._site.look(request[VIEWER].role, query)
        if not isinstance(shown, ShownPrices):
            raise web.HTTPNotFound
        return shown


def _number(request: web.Request, name: str, usual: int) -> int:
    """Return a number of the address; what is none is the usual one."""
    text = request.query.get(name, "")
    return max(1, int(text)) if re.fullmatch(r"[0-9]{1,5}", text) else usual
