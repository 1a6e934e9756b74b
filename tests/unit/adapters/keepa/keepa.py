"""A Keepa for tests that answers over a real socket, however oddly it is told to."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Self, TypeAlias

from aiohttp import web

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

KEY = "keepakeyvalue0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdef"
SELLER = "A1QX7ZP9KD4W2M"
ASIN = "B0ALDER001"
META = {"tokensLeft": 290, "refillIn": 12_000, "refillRate": 5, "tokensConsumed": 10}


def keepa_seller(**changes: Any) -> dict[str, Any]:
    """Return a seller as Keepa's documentation writes one."""
    return {
        "domainId": 1,
        "sellerId": SELLER,
        "sellerName": "BrightLeaf Store 88",
        "businessName": "Bright Leaf Trading Co., Ltd.",
        "address": ["18 Harbor Road", "Example City", "518000", "CN"],
        "tradeNumber": "HRB 123 456",
        "vatID": "GB 123 4567 89",
        "phoneNumber": "800 1234 567",
        "representative": "Max Mustermann",
        "email": "info@example.com",
        "trackingSince": 7_000_000,
        "lastUpdate": 8_300_000,
        "lastRatingUpdate": 8_300_060,
        "ratingCount": [3, 10, 98, 321],
        "positiveRating": [96, 98, 98, 67],
        "totalStorefrontAsins": [8_299_000, 1200],
        "asinList": [ASIN, "B0ALDER003", "B00M4KCH2A"],
        "asinListLastSeen": [8_300_000, 8_299_000, 8_290_000],
        "csv": [[7_000_000, 95], [7_000_000, 320]],
        **changes,
    }


def keepa_product(**changes: Any) -> dict[str, Any]:
    """Return a product with two live offers and an old one."""
    offers = [
        {"sellerId": "A9GONE0000001", "condition": 1, "lastSeen": 8_100_000},
        {
            "sellerId": SELLER,
            "condition": 1,
            "lastSeen": 8_300_100,
            "offerCSV": [8_200_000, 4100, 0, 8_300_000, 3740, -1],
            "stockCSV": [8_200_000, 9, 8_300_000, 4],
        },
        {"sellerId": "A2USEDGOODS01", "condition": 3, "offerCSV": [8_300_000, -2, -2]},
    ]
    return {
        "asin": ASIN,
        "lastUpdate": 8_300_200,
        "offers": offers,
        "liveOffersOrder": [1, 2],
        **changes,
    }


@dataclass
class Keepa:
    """Serves sellers, products and tokens; ``script`` is answered first."""

    sellers: dict[str, Any] = field(default_factory=lambda: {SELLER: keepa_seller()})
    products: list[Any] = field(default_factory=lambda: [keepa_product()])
    meta: dict[str, Any] = field(default_factory=lambda: dict(META))
    script: list[Handler] = field(default_factory=list)
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    packed: bool = True
    url: str = ""
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.closing.set()
        await self._runner.cleanup()

    def answers(self, status: int, body: bytes | dict[str, Any] = b"", **headers: str) -> None:
        """Answer the next question with this."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()

        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(status=status, body=content, headers=headers)

        self.script.append(answer)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        self.seen.append((request.path, dict(request.query)))
        if self.script:
            return await self.script.pop(0)(request)
        body: dict[str, Any] = {**self.meta}
        if request.path == "/seller":
            wanted = request.query["seller"]
            body["sellers"] = {name: told for name, told in self.sellers.items() if name == wanted}
        elif request.path == "/product":
            body["products"] = self.products
        content, headers = json.dumps(body).encode(), {}
        if self.packed:
            content, headers = gzip.compress(content), {"content-encoding": "gzip"}
        return web.Response(body=content, headers=headers, content_type="application/json")
