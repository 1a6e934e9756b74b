"""The own account at the simulated marketplace: where it sells, its listings, its reports."""

import gzip

import pytest

from adapters.simulator import Fault, Marketplace, Operation, ScenarioError, SettableClock
from tests.unit.adapters.simulator.caller import OWN_LISTINGS, Caller, Json, Tree, client_of, tree
from tests.unit.adapters.simulator.selling import DE, FR, JP, US, many, own_sku, selling
from tests.unit.adapters.simulator.small import CHEAP, OWN, PAN, SKU

PARTICIPATIONS = "/sellers/v1/marketplaceParticipations"
REPORTS = "/reports/2021-06-30"


class Account:
    """A marketplace with an account, and a caller that is logged in to it."""

    def __init__(self, *own_skus: str, scale: float | None = None) -> None:
        self.clock = SettableClock()
        self.market = Marketplace(
            selling(*own_skus), clock=self.clock, quota_scale=scale, monotonic=self.clock.now
        )

    async def __aenter__(self) -> "Account":
        await self.market.__aenter__()
        self.client = client_of(self.market)
        self.caller = Caller(self.client)
        await self.caller.log_in()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.aclose()
        await self.market.__aexit__(None, None, None)

    async def page(self, marketplace: str = US, **query: str) -> list[Json]:
        return (await self.search(marketplace, **query))["items"].each("sku")

    async def search(self, marketplace: str = US, **query: str) -> Tree:
        asked = {"marketplaceIds": marketplace, "pageSize": "20", "sortBy": "sku"} | query
        return tree(await self.caller.get(f"{OWN_LISTINGS}/{OWN}", asked))

    async def report(self, marketplace: str = US) -> bytes:
        """Have a report made, and download it."""
        wanted = {"reportType": "GET_MERCHANT_LISTINGS_ALL_DATA", "marketplaceIds": [marketplace]}
        id = tree(await self.caller.post(f"{REPORTS}/reports", wanted))["reportId"].value
        seen = [tree(await self.caller.get(f"{REPORTS}/reports/{id}", {})) for _ in range(3)]
        document = seen[-1]["reportDocumentId"].value
        where = tree(await self.caller.get(f"{REPORTS}/documents/{document}", {}))
        assert where["compressionAlgorithm"] == "GZIP"
        return gzip.decompress((await self.client.get(str(where["url"].value))).content)


async def test_the_account_sells_where_it_has_products_or_listings() -> None:
    async with Account(own_sku("K-1", DE)) as account:
        answer = tree(await account.caller.get(PARTICIPATIONS, {}))
    assert [answer["payload"][place]["marketplace"]["id"] for place in (0, 1)] == [US, DE]
    assert answer["payload"][0]["participation"]["isParticipating"].value is True


async def test_the_role_for_participations_may_be_missing() -> None:
    async with Account() as account:
        account.market.faults.on(Fault.ROLE_MISSING, operation=Operation.PARTICIPATIONS)
        assert (await account.caller.get(PARTICIPATIONS, {})).status_code == 403
        assert await account.page() == [SKU]


async def test_listings_come_in_pages_from_either_end() -> None:
    async with Account(*many(45)) as account:
        first = await account.search()
        assert first["numberOfResults"] == 46
        assert len(first["items"]) == 20
        second = await account.page(pageToken=str(first["pagination"]["nextToken"].value))
        assert second[0] == "K-00020"
        assert await account.page(sortOrder="DESC", pageSize="2") == [SKU, "K-00044"]
        assert "pagination" not in await account.search(pageToken="40")


async def test_a_search_ends_at_a_thousand_and_counts_all() -> None:
    async with Account(*many(1100)) as account:
        last = await account.search(pageToken="980")
        assert (last["numberOfResults"].value, len(last["items"])) == (1101, 20)
        assert "pagination" not in last
        beyond = {"marketplaceIds": US, "pageToken": "1000"}
        assert (await account.caller.get(f"{OWN_LISTINGS}/{OWN}", beyond)).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        {"marketplaceIds": ""},
        {"marketplaceIds": f"{US},{DE}"},
        {"pageSize": "21"},
        {"pageSize": "0"},
        {"pageToken": "x"},
        {"sortBy": "createdDate"},
        {"sortOrder": "UP"},
    ],
)
async def test_a_wrong_search_is_refused(query: dict[str, str]) -> None:
    async with Account() as account:
        asked = {"marketplaceIds": US} | query
        assert (await account.caller.get(f"{OWN_LISTINGS}/{OWN}", asked)).status_code == 400


async def test_all_listings_of_another_seller_are_denied() -> None:
    async with Account() as account:
        asked = {"marketplaceIds": US}
        assert (await account.caller.get(f"{OWN_LISTINGS}/{CHEAP}", asked)).status_code == 403


async def test_listings_come_and_go_with_scenario_time() -> None:
    early = own_sku("K-1", ends=50)
    late = own_sku("K-2", begins=100)
    async with Account(early, late) as account:
        assert await account.page() == ["K-1", SKU]
        account.clock.advance(60)
        assert await account.page() == [SKU]
        account.clock.advance(60)
        assert await account.page() == ["K-2", SKU]


async def test_a_listing_without_a_page_has_no_summary() -> None:
    async with Account(own_sku("K-1", asin=""), own_sku("K-2", condition="used_good")) as account:
        items = (await account.search())["items"]
        assert items[0]["summaries"] == []
        assert items[1]["summaries"][0]["conditionType"] == "used_good"
        assert items[2]["summaries"].each("asin") == [PAN]


async def test_faults_of_a_search() -> None:
    async with Account(*many(3)) as account:
        faults = account.market.faults
        faults.on(Fault.FALSE_ZERO, operation=Operation.SEARCH_LISTINGS, times=1)
        assert (await account.search())["numberOfResults"] == 0
        faults.on(Fault.MISSING_INNER, operation=Operation.SEARCH_LISTINGS, times=1)
        short = await account.search()
        assert (short["numberOfResults"].value, len(short["items"])) == (4, 3)
        faults.on(Fault.MISSING_FIELDS, operation=Operation.SEARCH_LISTINGS, times=1)
        assert (await account.search())["items"][0]["summaries"] == []


async def test_a_report_lists_all_that_the_account_sells() -> None:
    async with Account(*many(2), own_sku("K-9", asin="", active=False)) as account:
        lines = (await account.report()).decode("cp1252").splitlines()
    names = lines[0].split("\t")
    rows = [dict(zip(names, line.split("\t"), strict=False)) for line in lines[1:]]
    assert [(row["seller-sku"], row["asin1"], row["status"]) for row in rows] == [
        (SKU, PAN, "Active"),
        ("K-00000", "B000000000", "Active"),
        ("K-00001", "B000000001", "Active"),
        ("K-9", "", "Incomplete"),
    ]


async def test_reports_are_written_as_each_marketplace_writes_them() -> None:
    japanese = own_sku("K-1", JP, title="能力ソ表示")
    async with Account(japanese, own_sku("K-2", FR, title="Poêle")) as account:
        assert "能力ソ表示" in (await account.report(JP)).decode("cp932")
        french = (await account.report(FR)).decode("cp1252")
    assert "asin1" not in french
    assert "product-id" in french
    assert "Poêle" in french


async def test_a_report_takes_its_time() -> None:
    async with Account() as account:
        wanted = {"reportType": "GET_MERCHANT_LISTINGS_ALL_DATA", "marketplaceIds": [US]}
        created = await account.caller.post(f"{REPORTS}/reports", wanted)
        assert created.status_code == 202
        path = f"{REPORTS}/reports/{tree(created)['reportId'].value}"
        seen = [tree(await account.caller.get(path, {})) for _ in range(4)]
    statuses = [each["processingStatus"].value for each in seen]
    assert statuses == ["IN_QUEUE", "IN_PROGRESS", "DONE", "DONE"]
    assert ["reportDocumentId" in each for each in seen] == [False, False, True, True]


@pytest.mark.parametrize(
    ("fault", "status"),
    [(Fault.REPORT_CANCELLED, "CANCELLED"), (Fault.REPORT_FATAL, "FATAL")],
)
async def test_a_report_may_come_to_nothing(fault: Fault, status: str) -> None:
    async with Account() as account:
        account.market.faults.on(fault)
        wanted = {"reportType": "GET_MERCHANT_LISTINGS_ALL_DATA", "marketplaceIds": [US]}
        id = tree(await account.caller.post(f"{REPORTS}/reports", wanted))["reportId"].value
        report = tree(await account.caller.get(f"{REPORTS}/reports/{id}", {}))
    assert report["processingStatus"] == status


async def test_a_report_may_be_empty() -> None:
    async with Account() as account:
        account.market.faults.on(Fault.EMPTY_REPORT, operation=Operation.DOCUMENT)
        assert len((await account.report()).splitlines()) == 1


@pytest.mark.parametrize("path", ["reports/ID9", "documents/doc-ID9"])
async def test_what_nobody_asked_for_is_not_there(path: str) -> None:
    async with Account() as account:
        assert (await account.caller.get(f"{REPORTS}/{path}", {})).status_code == 404
        assert (await account.client.get("/documents/doc-ID9")).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"reportType": "X", "marketplaceIds": [US]},
        {"reportType": "GET_MERCHANT_LISTINGS_ALL_DATA"},
    ],
)
async def test_a_wrong_report_is_refused(body: dict[str, object]) -> None:
    async with Account() as account:
        assert (await account.caller.post(f"{REPORTS}/reports", body)).status_code == 400


async def test_each_operation_has_its_own_quota() -> None:
    async with Account(scale=1) as account:
        asked = [(await account.caller.get(PARTICIPATIONS, {})).status_code for _ in range(16)]
        assert asked == [200] * 15 + [429]
        assert await account.page() == [SKU]
        account.clock.advance(63)
        assert (await account.caller.get(PARTICIPATIONS, {})).status_code == 200


@pytest.mark.parametrize("again", [own_sku("K-1"), own_sku(SKU)])
def test_a_sku_stands_once_in_a_marketplace(again: str) -> None:
    with pytest.raises(ScenarioError, match="is there twice"):
        selling(own_sku("K-1"), again)
    selling(own_sku("K-1"), own_sku("K-1", DE))
