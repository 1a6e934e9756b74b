"""The simulated A+ content uses no key that Amazon's model does not know, and lacks none."""

from collections.abc import AsyncIterator

import pytest

from adapters.simulator import Marketplace, SettableClock, demo_scenario
from tests.unit.adapters.simulator.caller import US, Caller, client_of, tree
from tests.unit.adapters.simulator.test_conformance import Model
from tests.unit.adapters.simulator.test_conformance_contents import problems

pytestmark = pytest.mark.conformance
APLUS = "aplusContent_2020-11-01.json"
RECORDS = "/aplus/2020-11-01/contentPublishRecords"
DOCUMENTS = "/aplus/2020-11-01/contentDocuments"
KETTLE = "B0ALDER002"


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    async with (
        Marketplace(demo_scenario(), clock=SettableClock(), quota_scale=None) as market,
        client_of(market) as client,
    ):
        caller = Caller(client)
        await caller.log_in()
        yield caller


async def test_records_and_documents(caller: Caller) -> None:
    model = Model(APLUS)
    answer = tree(await caller.get(RECORDS, {"marketplaceId": US, "asin": KETTLE}))
    assert problems(model, answer.value, model.answer("get", RECORDS)) == []
    key = str(answer["publishRecordList"][0]["contentReferenceKey"].value)
    query = {"marketplaceId": US, "includedDataSet": "CONTENTS"}
    document = tree(await caller.get(f"{DOCUMENTS}/{key}", query)).value
    schema = model.answer("get", f"{DOCUMENTS}/{{contentReferenceKey}}")
    assert problems(model, document, schema) == []


async def test_refusals(caller: Caller) -> None:
    model = Model(APLUS)
    for path, query, status in (
        (RECORDS, {"marketplaceId": US}, 400),
        (f"{DOCUMENTS}/none", {"marketplaceId": US}, 400),
        (f"{DOCUMENTS}/none", {"marketplaceId": US, "includedDataSet": "CONTENTS"}, 404),
    ):
        response = await caller.get(path, query)
        assert response.status_code == status
        place = RECORDS if path == RECORDS else f"{DOCUMENTS}/{{contentReferenceKey}}"
        schema = model.answer("get", place, status)
        assert problems(model, tree(response).value, schema) == []
