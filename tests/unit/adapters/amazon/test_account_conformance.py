"""The static examples of Amazon's own models of accounts, listings and reports, read."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from adapters.amazon.sp_api import SpApiSource
from bot.core.own_listings import ListingStatus
from bot.core.questions import Operation
from tests.unit.adapters.amazon.account import OWN, Told, report, row
from tests.unit.adapters.amazon.amazon import Amazon, Obj, json_reply, reply
from tests.unit.adapters.amazon.conftest import watch

pytestmark = pytest.mark.conformance

SELLERS = "sellers.json"
LISTINGS = "listingsItems_2021-08-01.json"
REPORTS = "reports_2021-06-30.json"
PLACES = {
    Operation.PARTICIPATIONS: (SELLERS, "/sellers/v1/marketplaceParticipations", "get"),
    Operation.SEARCH_LISTINGS: (LISTINGS, "/listings/2021-08-01/items/{sellerId}", "get"),
    Operation.CREATE_REPORT: (REPORTS, "/reports/2021-06-30/reports", "post"),
    Operation.GET_REPORT: (REPORTS, "/reports/2021-06-30/reports/{reportId}", "get"),
    Operation.GET_REPORT_DOCUMENT: (
        REPORTS,
        "/reports/2021-06-30/documents/{reportDocumentId}",
        "get",
    ),
}


def model(operation: Operation) -> Obj:
    """Return what Amazon's model says of an operation."""
    name, path, method = PLACES[operation]
    text = (Path(os.environ["SPECS_DIR"]) / "sp-api" / name).read_text("utf-8")
    found: Obj = json.loads(text)["paths"][path][method]
    return found


def example(operation: Operation, status: str = "200") -> Obj:
    """Return the answer of the sandbox."""
    response = model(operation)["responses"][status]  # type: ignore[index, call-overload]
    static: Obj = response["x-amzn-api-sandbox"]["static"][0]["response"]  # type: ignore[index, call-overload, assignment]
    return static


@pytest.mark.parametrize("operation", PLACES)
def test_rates_bursts_and_paths_are_those_of_the_model(operation: Operation) -> None:
    description = str(model(operation)["description"])
    assert f"| {operation.rate:g} | {operation.burst} |" in description
    path = PLACES[operation][1]
    assert operation.path == path.split("{")[0] + "{}" * ("{" in path)


async def test_the_account_sells_in_one_marketplace(source: SpApiSource, amazon: Amazon) -> None:
    amazon.script = [json_reply(200, example(Operation.PARTICIPATIONS))]
    assert await source.sells_in("US") == ("US",)


async def test_the_listings_of_the_sandbox(source: SpApiSource, amazon: Amazon) -> None:
    answer = example(Operation.SEARCH_LISTINGS)
    amazon.script = [json_reply(200, answer)]

    async def page(_: object) -> object:
        return await json_reply(200, {**answer, "pagination": {}})(None)  # type: ignore[arg-type]

    amazon.always = page  # type: ignore[assignment]
    found = await source.own_listings([OWN], "US", Told())
    assert [(each.sku, each.asin, each.condition, each.status) for each in found.listings] == [
        ("GM-ZDPI-9B4E", "B071VG5N9D", "new", ListingStatus.ACTIVE)
    ]
    assert not found.complete


async def test_a_report_of_the_sandbox_from_the_question_to_the_download(
    source: SpApiSource, amazon: Amazon
) -> None:
    many: Obj = {"numberOfResults": 5000, "items": []}
    ready: Obj = {**example(Operation.GET_REPORT), "processingStatus": "DONE"}
    document = {**example(Operation.GET_REPORT_DOCUMENT), "url": f"{amazon.url}/document"}
    amazon.script = [
        json_reply(200, many),
        json_reply(202, example(Operation.CREATE_REPORT, "202")),
        json_reply(200, example(Operation.GET_REPORT)),
        json_reply(200, {**ready, "reportDocumentId": document["reportDocumentId"]}),
        json_reply(200, document),
        reply(200, report(row("R-1")), "text/plain"),
    ]
    found = await source.own_listings([OWN], "US", Told())
    assert [each.sku for each in found.listings] == ["R-1"]
    assert [seen.path for seen in amazon.seen[2:5]] == [
        "/reports/2021-06-30/reports/ID323",
        "/reports/2021-06-30/reports/ID323",
        "/reports/2021-06-30/documents/0356cf79-b8b0-4226-b4b9-0ee058ea5760",
    ]


def test_the_model_knows_all_that_a_search_is_asked_by() -> None:
    asked = {"marketplaceIds", "includedData", "sortBy", "sortOrder", "pageSize", "pageToken"}
    parameters = model(Operation.SEARCH_LISTINGS)["parameters"]
    assert isinstance(parameters, list)
    assert asked <= {each["name"] for each in parameters if isinstance(each, dict)}


async def test_our_own_listing_data_of_the_sandbox(source: SpApiSource, amazon: Amazon) -> None:
    amazon.script = [json_reply(200, example(Operation.SEARCH_LISTINGS))]
    found = await source.own_contents(OWN, [watch(asin="B071VG5N9D", sku="GM-ZDPI-9B4E")])
    assert list(found) == ["US-B071VG5N9D"]


def test_the_model_knows_the_texts_of_listings() -> None:
    parameters = model(Operation.SEARCH_LISTINGS)["parameters"]
    assert isinstance(parameters, list)
    named = [each for each in parameters if isinstance(each, dict)]
    [included] = [each for each in named if each["name"] == "includedData"]
    assert "attributes" in json.dumps(included)
