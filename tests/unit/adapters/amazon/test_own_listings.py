"""What the account sells: its marketplaces, and all of its listings, page by page."""

from __future__ import annotations

import pytest

from adapters.amazon.sp_api import SpApiSource
from bot.core.own_listings import AccountSource, ListingStatus, OwnListing, OwnListings
from bot.errors import AccessRefused, SourceError, Unavailable
from tests.unit.adapters.amazon.account import OWN, Account, Told, item, many
from tests.unit.adapters.amazon.amazon import HTML_503, US, Amazon, Json, Obj, json_reply, reply
from tests.unit.adapters.amazon.conftest import FakeTime

DE = "A1PA6795UKMFR9"
JP = "A1VC38T7YXB528"
DENIED = json_reply(403, {"errors": [{"code": "Unauthorized", "message": "Access denied"}]})


@pytest.fixture
def account(amazon: Amazon) -> Account:
    amazon.always = account = Account()
    return account


async def read(source: SpApiSource, *sellers: str, code: str = "US") -> OwnListings:
    return await source.own_listings(sellers or (OWN,), code, Told())


def part(marketplace: Json, participating: Json = True) -> Obj:
    return {
        "marketplace": {"id": marketplace, "name": "x", "countryCode": "US"},
        "storeName": "Shop",
        "participation": {"isParticipating": participating, "hasSuspendedListings": False},
    }


def sells(*parts: Obj) -> Obj:
    return {"payload": list(parts)}


def test_the_source_tells_of_an_account(source: SpApiSource) -> None:
    assert isinstance(source, AccountSource)


async def test_it_sells_where_it_takes_part_in_the_region(
    source: SpApiSource, amazon: Amazon
) -> None:
    told = sells(
        part("A1AM78C64UM0Y8", participating=False),
        part(US),
        part("A2EUQ1WTGCTBG2"),
        part(US),
        part("ANONAMAZON0000"),
        part(None),
        part(JP),
        {"storeName": "Shop"},
    )
    amazon.script = [json_reply(200, told)]
    assert await source.sells_in("US") == ("US", "CA")
    assert amazon.seen[0].path == "/sellers/v1/marketplaceParticipations"


async def test_without_the_role_nobody_can_tell_where_it_sells(
    source: SpApiSource, amazon: Amazon
) -> None:
    amazon.script = [DENIED, DENIED]
    with pytest.raises(AccessRefused, match="Finance and Accounting role"):
        await source.sells_in("US")


@pytest.mark.parametrize("body", ["{}", '{"payload": null}', '{"payload": {}}', "[]", "no"])
async def test_participations_that_cannot_be_read_are_no_empty_account(
    source: SpApiSource, amazon: Amazon, body: str
) -> None:
    amazon.script = [reply(200, body, "application/json")]
    with pytest.raises(SourceError):
        await source.sells_in("US")


async def test_a_listing_is_read_with_all_that_is_told(
    source: SpApiSource, account: Account
) -> None:
    account.items = [item("K 1/ü", asin="B0ALDER001", itemName="Pan\u202e  deep")]
    found = await read(source)
    assert found.listings == (
        OwnListing(
            seller=OWN,
            sku="K 1/ü",
            marketplace="US",
            asin="B0ALDER001",
            title="Pan\N{REPLACEMENT CHARACTER} deep",
            condition="new",
            status=ListingStatus.ACTIVE,
        ),
    )
    assert found.complete
    assert account.pages == [
        {
            "marketplaceIds": US,
            "includedData": "summaries",
            "sortBy": "sku",
            "sortOrder": "ASC",
            "pageSize": "20",
        }
    ]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"status": ["DISCOVERABLE"]}, ("new", ListingStatus.INACTIVE)),
        ({"status": []}, ("new", ListingStatus.INACTIVE)),
        ({"status": None}, ("new", ListingStatus.UNKNOWN)),
        ({"status": ["SOMETHING_NEW"]}, ("new", ListingStatus.INACTIVE)),
        ({"conditionType": "used_very_good"}, ("used", ListingStatus.ACTIVE)),
        ({"conditionType": "refurbished_refurbished"}, ("refurbished", ListingStatus.ACTIVE)),
        ({"conditionType": None}, ("", ListingStatus.ACTIVE)),
        ({"conditionType": "brand_new_word"}, ("", ListingStatus.ACTIVE)),
    ],
)
async def test_condition_and_status_are_read_as_far_as_they_are_known(
    source: SpApiSource, account: Account, told: Obj, expected: tuple[str, ListingStatus]
) -> None:
    account.items = [item("K-1", **told)]
    (listing,) = (await read(source)).listings
    assert (listing.condition, listing.status) == expected


@pytest.mark.parametrize(
    "summaries",
    [None, [], [{"marketplaceId": DE, "asin": "B0ALDER001"}], [{"marketplaceId": US}]],
)
async def test_a_sku_that_was_never_born_has_no_page(
    source: SpApiSource, account: Account, summaries: Json
) -> None:
    account.items = [{"sku": "K-1", "summaries": summaries}, {"sku": "K-2"}]
    found = await read(source)
    assert [(each.sku, each.asin) for each in found.listings] == [("K-1", ""), ("K-2", "")]


async def test_a_listing_without_a_usable_sku_makes_the_reading_incomplete(
    source: SpApiSource, account: Account
) -> None:
    account.items = [item("K-1"), {"summaries": []}, item("x" * 101), item("K\n2")]
    found = await read(source)
    assert [each.sku for each in found.listings] == ["K-1"]
    assert not found.complete


@pytest.mark.parametrize("number", [0, 1, 20, 21, 39, 40, 41, 60, 61, 999, 1000])
async def test_all_pages_are_read_once_and_nothing_is_missed(
    source: SpApiSource, account: Account, number: int
) -> None:
    account.items = many(number)
    found = await read(source)
    assert {each.sku for each in found.listings} == {each["sku"] for each in account.items}
    assert (len(found.listings), found.complete) == (number, True)
    assert len(account.pages) <= number // 20 + 3


async def test_the_pages_are_read_from_both_ends_within_the_quota(
    source: SpApiSource, account: Account, fake_time: FakeTime
) -> None:
    account.items = many(1000)
    began = fake_time.now
    await read(source)
    orders = [page["sortOrder"] for page in account.pages]
    assert abs(orders.count("ASC") - orders.count("DESC")) <= 4
    pages = len(account.pages)
    took = fake_time.now - began
    assert (pages - 5) / 5 <= took <= pages * 0.31


@pytest.mark.parametrize("number", [45, 400])
async def test_a_search_that_is_not_sorted_as_asked_is_read_to_its_end(
    source: SpApiSource, account: Account, number: int
) -> None:
    account.items = many(number)
    account.sorts = False
    found = await read(source)
    assert (len(found.listings), found.complete) == (number, True)


async def test_listings_that_are_counted_and_not_shown_are_missing(
    source: SpApiSource, account: Account
) -> None:
    account.items, account.counted = many(50), 57
    found = await read(source)
    assert (len(found.listings), found.counted, found.complete) == (50, 57, False)


async def test_progress_is_told_page_by_page(source: SpApiSource, account: Account) -> None:
    account.items = many(90)
    told = Told()
    await source.own_listings([OWN], "US", told)
    assert told.steps[0] == (20, 90)
    assert told.steps[-1] == (90, 90)
    assert told.steps == sorted(told.steps)


async def test_a_list_without_an_end_is_given_up(source: SpApiSource, account: Account) -> None:
    account.items, account.endless, account.counted = many(30), True, 1000
    with pytest.raises(SourceError, match="does not end"):
        await read(source)


@pytest.mark.parametrize("failing", [1, 2, 3])
async def test_a_page_that_fails_is_no_end_of_the_list(
    source: SpApiSource, account: Account, amazon: Amazon, failing: int
) -> None:
    account.items = many(200)
    arrived = 0

    async def fails(request: object) -> object:
        nonlocal arrived
        arrived += 1
        return await (HTML_503 if arrived > failing else account)(request)  # type: ignore[arg-type]

    amazon.always = fails  # type: ignore[assignment]
    with pytest.raises(Unavailable):
        await read(source)


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        '{"items": []}',
        '{"numberOfResults": 0}',
        '{"numberOfResults": "many", "items": []}',
        '{"numberOfResults": 1, "items": [{"sku": 5}]}',
        '{"errors": [{"code": "InvalidInput"}]}',
        "",
        "<html>",
    ],
)
async def test_an_answer_that_cannot_be_read_is_no_empty_catalogue(
    source: SpApiSource, amazon: Amazon, body: str
) -> None:
    amazon.script = [reply(200, body, "application/json")]
    with pytest.raises(SourceError):
        await read(source)


async def test_a_seller_id_of_another_region_does_not_hide_the_right_one(
    source: SpApiSource, account: Account
) -> None:
    account.items = many(3)
    found = await read(source, "A1ELSEWHERE001", OWN)
    assert {each.seller for each in found.listings} == {OWN}


async def test_access_that_is_denied_to_all_seller_ids_is_an_error(
    source: SpApiSource, account: Account
) -> None:
    with pytest.raises(AccessRefused, match="Product Listing role"):
        await read(source, "A1ELSEWHERE001", "A1ELSEWHERE002")


async def test_an_outage_under_one_seller_id_is_not_passed_over(
    source: SpApiSource, account: Account, amazon: Amazon
) -> None:
    amazon.script = [HTML_503] * 3
    with pytest.raises(Unavailable):
        await read(source, "A1ELSEWHERE001", OWN)


async def test_without_a_seller_id_nobody_can_be_asked(source: SpApiSource) -> None:
    with pytest.raises(SourceError, match="seller ID is not set"):
        await source.own_listings((), "US", Told())


async def test_there_is_no_such_marketplace_of_the_account(source: SpApiSource) -> None:
    for asked in (source.sells_in("XX"), read(source, code="XX")):
        with pytest.raises(SourceError, match="is not one of Amazon's marketplaces"):
            await asked
