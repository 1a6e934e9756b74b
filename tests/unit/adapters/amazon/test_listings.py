"""Which products our SKUs are, asked over HTTP."""

from __future__ import annotations

import pytest

from adapters.amazon.sp_api import SpApiSource
from bot.core.monitoring import ListingsSource
from bot.errors import AccessRefused, SourceError
from tests.unit.adapters.amazon.amazon import US, Amazon, Json, json_reply, reply
from tests.unit.adapters.amazon.conftest import ASIN

OWN = "A2OWNOWNOWN01"


def listing(sku: str, *summaries: Json) -> Json:
    return {"sku": sku, "summaries": list(summaries)}


def on(asin: Json, marketplace: str = US) -> Json:
    return {"marketplaceId": marketplace, "asin": asin, "status": []}


async def test_skus_are_asked_together_and_read_by_marketplace(
    source: SpApiSource, amazon: Amazon
) -> None:
    items: Json = [
        listing("OAK-1", on("B0ELSEWHER", "A1PA6795UKMFR9"), on(ASIN)),
        listing("OAK 2"),
        listing("OAK/3", on(None)),
        listing("OAK-4", on("no asin")),
        listing("UNASKED", on(ASIN)),
        {"summaries": [on(ASIN)]},
    ]
    amazon.script = [json_reply(200, {"numberOfResults": 6, "items": items})]
    assert isinstance(source, ListingsSource)
    skus = ["OAK-1", "OAK 2", "OAK/3", "OAK-4", "OAK-5"]
    found = await source.asins_of(OWN, skus, "US")
    assert found == {"OAK-1": ASIN, "OAK 2": "", "OAK/3": "", "OAK-4": ""}
    (seen,) = amazon.seen
    assert seen.path == f"/listings/2021-08-01/items/{OWN}"
    assert seen.query == {
        "marketplaceIds": US,
        "identifiersType": "SKU",
        "identifiers": "OAK-1,OAK 2,OAK/3,OAK-4,OAK-5",
        "includedData": "summaries",
        "pageSize": "20",
    }


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (403, '{"errors": [{"code": "Unauthorized"}]}', AccessRefused),
        (404, '{"errors": []}', SourceError),
        (200, "{}", SourceError),
        (200, "", SourceError),
    ],
)
async def test_what_cannot_be_told_is_an_error(
    source: SpApiSource, amazon: Amazon, status: int, body: str, kind: type[SourceError]
) -> None:
    amazon.script = [reply(status, body, "application/json")] * 2
    with pytest.raises(kind):
        await source.asins_of(OWN, ["OAK-1"], "US")


async def test_there_is_no_such_marketplace(source: SpApiSource) -> None:
    with pytest.raises(SourceError, match="is not one of Amazon's marketplaces"):
        await source.asins_of(OWN, ["OAK-1"], "XX")
