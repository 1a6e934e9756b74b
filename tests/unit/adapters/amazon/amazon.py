"""An Amazon for tests that answers over a real socket, however oddly it is told to."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Self, TypeAlias

from aiohttp import web

Json: TypeAlias = "Mapping[str, Json] | list[Json] | str | int | float | bool | None"
Obj: TypeAlias = dict[str, "Json"]
Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

US = "ATVPDKIKX0DER"
SELLER = "A2SNBFWOFW4SWG"
RIVAL = "A3TH9S8BH6GOGM"


@dataclass
class Seen:
    """A request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: str
    raw: str
    """The path as it was sent, with what is quoted in it."""


@dataclass
class Amazon:
    """Serves logins, batches and titles; ``script`` is answered first, ``change`` alters parts."""

    script: list[Handler] = field(default_factory=list)
    always: Handler | None = None
    """Answers what the script leaves."""
    login_script: list[Handler] = field(default_factory=list)
    payloads: dict[str, Obj] = field(default_factory=dict)
    change: Callable[[list[Obj]], list[Obj]] = lambda parts: parts
    titles: dict[str, str] = field(default_factory=dict)
    expires_in: float | None = 3600
    headers: dict[str, str] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    logins: list[Seen] = field(default_factory=list)
    url: str = ""
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/auth/o2/token", self._login)
        app.router.add_route("*", "/{path:.*}", self._api)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.closing.set()
        await self._runner.cleanup()

    def batches(self) -> list[list[Obj]]:
        """Return the single requests of each batch that arrived."""
        return [json.loads(seen.body)["requests"] for seen in self.seen if seen.method == "POST"]

    async def _login(self, request: web.Request) -> web.StreamResponse:
        self.logins.append(await _seen(request))
        if self.login_script:
            return await self.login_script.pop(0)(request)
        grant: Obj = {"access_token": f"Atza|{len(self.logins)}", "token_type": "bearer"}
        if self.expires_in is not None:
            grant["expires_in"] = self.expires_in
        return web.json_response(grant)

    async def _api(self, request: web.Request) -> web.StreamResponse:
        seen = await _seen(request)
        self.seen.append(seen)
        if self.script:
            return await self.script.pop(0)(request)
        if self.always is not None:
            return await self.always(request)
        answer = self._batch(seen) if seen.method == "POST" else self._catalog(seen)
        return web.json_response(answer, headers=self.headers)

    def _batch(self, seen: Seen) -> Obj:
        parts = [self._part(one) for one in json.loads(seen.body)["requests"]]
        return {"responses": list(self.change(parts))}

    def _part(self, request: dict[str, str]) -> Obj:
        kind, key = request["uri"].split("/")[-3:-1]
        name = "Asin" if kind == "items" else "SellerSKU"
        echo: Obj = {name: key, **{k: v for k, v in request.items() if k not in ("uri", "method")}}
        payload = self.payloads.get(key)
        if payload is not None:
            return part({"payload": payload}, echo)
        message = f"{key} is an invalid ASIN for marketplace {request['MarketplaceId']}"
        errors: Json = [{"code": "InvalidInput", "message": message}]
        return part({"errors": errors}, echo, status=400)

    def _catalog(self, seen: Seen) -> Obj:
        wanted = seen.query["identifiers"].split(",")
        items: list[Json] = [
            {"asin": asin, "summaries": [{"marketplaceId": US, "itemName": self.titles[asin]}]}
            for asin in wanted
            if asin in self.titles
        ]
        return {"numberOfResults": len(items), "items": items}


async def _seen(request: web.Request) -> Seen:
    headers = {name.lower(): value for name, value in request.headers.items()}
    body = (await request.read()).decode()
    raw = request.rel_url.raw_path
    return Seen(request.method, request.path, dict(request.query), headers, body, raw)


def part(body: Json, request: Obj, status: int = 200) -> Obj:
    """Build one part of a batch's answer."""
    return {
        "headers": {"x-amzn-RequestId": "r-1", "Date": "Tue, 28 Jun 2022 14:21:22 GMT"},
        "status": {"statusCode": status, "reasonPhrase": "OK"},
        "body": body,
        "request": request,
    }


def usd(amount: float | str) -> Obj:
    """Build an amount of dollars."""
    return {"CurrencyCode": "USD", "Amount": amount}


def offer(seller: str = SELLER, price: float = 21, *, winner: bool = False, **more: Json) -> Obj:
    """Build an offer of a new product with free shipping."""
    return {
        "SellerId": seller,
        "SubCondition": "new",
        "ListingPrice": usd(price),
        "Shipping": usd(0),
        "ShippingTime": {"minimumHours": 24, "maximumHours": 24, "availabilityType": "NOW"},
        "ShipsFrom": {"Country": "US"},
        "SellerFeedbackRating": {"FeedbackCount": 12, "SellerPositiveFeedbackRating": 93.0},
        "PrimeInformation": {"IsPrime": False, "IsNationalPrime": False},
        "IsFulfilledByAmazon": False,
        "IsBuyBoxWinner": winner,
        **more,
    }


def box(price: float, **more: Json) -> Obj:
    """Build a Buy Box price of a new product with free shipping."""
    return {
        "condition": "new",
        "LandedPrice": usd(price),
        "ListingPrice": usd(price),
        "Shipping": usd(0),
        **more,
    }


def payload(asin: str, *offers: Obj, boxes: list[Obj] | None = None, **summary: Json) -> Obj:
    """Build the payload of a product with these offers; ``summary`` adds to or replaces."""
    count: list[Json] = [
        {"condition": "new", "fulfillmentChannel": "Merchant", "OfferCount": len(offers)}
    ]
    return {
        "ASIN": asin,
        "status": "Success",
        "ItemCondition": "New",
        "Identifier": {"MarketplaceId": US, "ItemCondition": "New", "ASIN": asin},
        "Summary": {
            "TotalOfferCount": len(offers),
            "NumberOfOffers": count,
            "BuyBoxPrices": list(boxes or []),
            **summary,
        },
        "Offers": list(offers),
        "marketplaceId": US,
    }


def reply(status: int, body: str | bytes = b"", kind: str = "", **headers: str) -> Handler:
    """Answer with exactly this; an underscore in a header's name stands for a dash."""

    async def handle(_: web.Request) -> web.StreamResponse:
        content = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if kind:
            named["content-type"] = kind
        return web.Response(status=status, body=content, headers=named)

    return handle


def json_reply(status: int, body: Json, **headers: str) -> Handler:
    """Answer with JSON."""
    return reply(status, json.dumps(body), "application/json", **headers)


async def broken_off(request: web.Request) -> web.StreamResponse:
    """End the connection in the middle of the body."""
    response = web.StreamResponse(headers={"content-length": "1000"})
    await response.prepare(request)
    await response.write(b'{"responses": [')
    if request.transport is not None:
        request.transport.abort()
    return response


HTML_503 = reply(503, "<html><body>Service Unavailable</body></html>", "text/html")
