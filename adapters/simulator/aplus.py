"""The A+ content of the own account: what is published on a page, and what stands in it."""

from __future__ import annotations

from aiohttp import web

from adapters.simulator.faults import Fault, Faults
from adapters.simulator.gateway import Gateway, Plan
from adapters.simulator.outages import json_response, refusal
from adapters.simulator.questions import ASIN, Refused
from adapters.simulator.quota import Operation
from adapters.simulator.wire.aplus import (
    ContentDocument,
    ContentModule,
    ContentRecord,
    DocumentAnswer,
    HeaderImageText,
    ImageComponent,
    ImageTextBlock,
    Paragraph,
    PlainText,
    PublishRecord,
    PublishRecords,
    TextComponent,
)
from adapters.simulator.wire.common import encode
from adapters.simulator.world import Listing, World

PATH = "/aplus/2020-11-01"
KEY = "sim-aplus-"
"""What the keys of documents begin with; the ASIN of their page follows."""


class AplusRoutes:
    """Answers the two operations that read A+ content."""

    def __init__(self, gateway: Gateway, world: World, faults: Faults) -> None:
        self._gateway = gateway
        self._world = world
        self._faults = faults

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Serve them."""
        router.add_get(f"{PATH}/contentPublishRecords", self._records)
        router.add_get(f"{PATH}/contentDocuments/{{key}}", self._document)

    async def _records(self, request: web.Request) -> web.StreamResponse:
        def read(_body: bytes) -> Plan:
            asin, market = request.query.get("asin", ""), request.query.get("marketplaceId", "")
            if ASIN.fullmatch(asin) is None or not market:
                raise Refused("Could not match input arguments")
            return Plan((asin,), lambda now: self._published(asin, market, now))

        return await self._gateway.serve(request, Operation.APLUS_RECORDS, read)

    def _published(self, asin: str, market: str, now: float) -> web.Response:
        listing = self._listing(asin, market, now)
        flicker = self._faults.strike(Fault.FALSE_ZERO, Operation.APLUS_RECORDS, (asin,), now)
        found: tuple[PublishRecord, ...] = ()
        if listing is not None and flicker is None:
            key = f"{KEY}{asin}"
            found = (PublishRecord(marketplace_id=market, asin=asin, content_reference_key=key),)
        return json_response(200, encode(PublishRecords(publish_record_list=found)))

    async def _document(self, request: web.Request) -> web.StreamResponse:
        def read(_body: bytes) -> Plan:
            key, market = request.match_info["key"], request.query.get("marketplaceId", "")
            if request.query.get("includedDataSet") != "CONTENTS" or not market:
                raise Refused("Could not match input arguments")
            asin = key.removeprefix(KEY)
            return Plan((asin,), lambda now: self._contents(key, asin, market, now))

        return await self._gateway.serve(request, Operation.APLUS_DOCUMENT, read)

    def _contents(self, key: str, asin: str, market: str, now: float) -> web.Response:
        listing = self._listing(asin, market, now)
        if listing is None or not key.startswith(KEY):
            return refusal(404, "NotFound", "The specified resource does not exist.")
        return json_response(200, encode(DocumentAnswer(ContentRecord(key, document_of(listing)))))

    def _listing(self, asin: str, market: str, now: float) -> Listing | None:
        """The product at that moment, if A+ content is published on its page."""
        listing = self._world.listing(asin, now)
        if listing is None or listing.product.marketplace != market or not listing.product.aplus:
            return None
        return listing


def document_of(listing: Listing) -> ContentDocument:
    """The document of a page: a headline with its picture, then paragraphs."""
    product = listing.product
    headline, *others = product.aplus
    picture = ImageComponent(
        upload_destination_id=f"aplus/{product.asin}-{product.image.shape.value}.jpg",
        alt_text=product.brand,
    )
    top = HeaderImageText(
        TextComponent(headline),
        ImageTextBlock(picture, Paragraph((TextComponent(product.brand),))),
    )
    modules = [
        ContentModule(
            content_module_type="STANDARD_HEADER_IMAGE_TEXT", standard_header_image_text=top
        )
    ]
    modules += [
        ContentModule(
            content_module_type="STANDARD_TEXT",
            standard_text=PlainText(Paragraph((TextComponent(text),))),
        )
        for text in others
    ]
    return ContentDocument(
        name=f"{product.brand} {product.asin}", content_module_list=tuple(modules)
    )
