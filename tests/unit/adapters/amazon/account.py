"""A selling account at the Amazon of the tests: its listings in pages, and its reports."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from dataclasses import dataclass, field

from aiohttp import web

from tests.unit.adapters.amazon.amazon import US, Json, Obj

OWN = "A2OWNOWNOWN01"
HEADER = (
    "item-name\tlisting-id\tseller-sku\tprice\tquantity\titem-condition\tproduct-id\tasin1\tstatus"
)


def asin_of(number: int) -> str:
    return f"B{number:09}"


def item(sku: str, **summary: Json) -> Obj:
    here: Obj = {
        "marketplaceId": US,
        "asin": asin_of(1),
        "productType": "KITCHEN",
        "conditionType": "new_new",
        "status": ["BUYABLE", "DISCOVERABLE"],
        "itemName": f"Title of {sku}",
        **summary,
    }
    return {"sku": sku, "summaries": [here]}


def many(number: int) -> list[Obj]:
    return [item(f"SKU-{place:05}", asin=asin_of(place)) for place in range(number)]


def row(sku: str, asin: str = "B000000001", title: str = "A title", **more: str) -> str:
    cells = {"condition": "11", "product": asin, "status": "Active", **more}
    return "\t".join(
        (
            title,
            "L-1",
            sku,
            "9.99",
            "3",
            cells["condition"],
            cells["product"],
            asin,
            cells["status"],
        )
    )


def report(*rows: str, header: str = HEADER) -> str:
    return "\n".join((header, *rows)) + "\n"


@dataclass
class Account:
    """Answers searches by page, and makes reports; each way to fail is a field."""

    items: list[Obj] = field(default_factory=list)
    seller: str = OWN
    sorts: bool = True
    """It sorts as it is asked to."""
    counted: int | None = None
    """What it says that there are."""
    endless: bool = False
    statuses: list[str] = field(default_factory=lambda: ["IN_QUEUE", "IN_PROGRESS", "DONE"])
    document: bytes = report(row("R-1")).encode()
    packed: bool = False
    algorithm: str = "GZIP"
    document_type: str = "text/plain"
    document_url: str = ""
    document_status: int = 200
    asked: Counter[str] = field(default_factory=Counter)
    pages: list[dict[str, str]] = field(default_factory=list)
    bodies: list[Obj] = field(default_factory=list)
    tokens_of_documents: list[str | None] = field(default_factory=list)

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        path = request.path
        if path.startswith("/listings/"):
            return self._search(request)
        if path == "/reports/2021-06-30/reports":
            self.asked["create"] += 1
            self.bodies.append(json.loads(await request.read()))
            return web.json_response({"reportId": "ID323"}, status=202)
        if path == "/reports/2021-06-30/reports/ID323":
            self.asked["report"] += 1
            status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
            answer: Obj = {"reportId": "ID323", "processingStatus": status}
            done: Obj = {"reportDocumentId": "amzn1.spdoc/1"} if status == "DONE" else {}
            return web.json_response(answer | done)
        if path == "/reports/2021-06-30/documents/amzn1.spdoc/1":
            return self._where(request)
        assert path == "/document", path
        self.tokens_of_documents.append(request.headers.get("x-amz-access-token"))
        content = gzip.compress(self.document) if self.packed else self.document
        headers = {"content-type": self.document_type}
        return web.Response(status=self.document_status, body=content, headers=headers)

    def _where(self, request: web.Request) -> web.StreamResponse:
        url = self.document_url or f"http://{request.host}/document"
        answer: Obj = {"reportDocumentId": "amzn1.spdoc/1", "url": url}
        if self.packed or self.algorithm != "GZIP":
            answer["compressionAlgorithm"] = self.algorithm
        return web.json_response(answer)

    def _search(self, request: web.Request) -> web.StreamResponse:
        query = dict(request.query)
        self.pages.append(query)
        if request.path.rpartition("/")[2] != self.seller:
            return web.json_response({"errors": [{"code": "Unauthorized"}]}, status=403)
        items = list(self.items)
        if self.sorts and query["sortOrder"] == "DESC":
            items.reverse()
        start = int(query.get("pageToken", "0"))
        end = start + int(query["pageSize"])
        answer: Obj = {
            "numberOfResults": len(items) if self.counted is None else self.counted,
            "items": list(items[start:end]),
            "pagination": {"nextToken": str(end)} if end < len(items) else {},
        }
        if self.endless:
            answer["pagination"] = {"nextToken": str(start)}
        return web.json_response(answer)


class Told:
    """Remembers how far it got."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, int]] = []

    async def __call__(self, read: int, total: int) -> None:
        self.steps.append((read, total))
