"""Beyond a thousand SKUs the listings come in a report: asked for, waited for, downloaded."""

from __future__ import annotations

import gzip

import pytest

from adapters.amazon.reports import unpack
from adapters.amazon.sp_api import SpApiSource
from bot.core.own_listings import OwnListings
from bot.errors import SourceError, Unavailable
from tests.unit.adapters.amazon.account import OWN, Account, Told, item, report, row
from tests.unit.adapters.amazon.amazon import US, Amazon
from tests.unit.adapters.amazon.conftest import FakeTime


@pytest.fixture
def account(amazon: Amazon) -> Account:
    amazon.always = account = Account([item("S-1")], counted=1001)
    return account


async def read(source: SpApiSource) -> OwnListings:
    return await source.own_listings([OWN], "US", Told())


async def test_more_listings_than_a_search_shows_come_in_a_report(
    source: SpApiSource, account: Account
) -> None:
    account.document = report(*(row(f"R-{number}") for number in range(1200))).encode()
    found = await read(source)
    assert (len(found.listings), found.complete) == (1200, True)
    assert {each.seller for each in found.listings} == {OWN}
    body = {"reportType": "GET_MERCHANT_LISTINGS_ALL_DATA", "marketplaceIds": [US]}
    assert account.bodies == [body]
    assert len(account.pages) == 1


async def test_the_total_is_told_before_the_report_is_there(
    source: SpApiSource, account: Account
) -> None:
    told = Told()
    await source.own_listings([OWN], "US", told)
    assert told.steps[0] == (0, 1001)


async def test_waiting_for_a_report_is_patient_and_asks_ever_more_rarely(
    source: SpApiSource, account: Account, fake_time: FakeTime
) -> None:
    account.statuses = [*["IN_QUEUE"] * 5, *["IN_PROGRESS"] * 5, "DONE"]
    assert (await read(source)).listings
    assert account.asked == {"create": 1, "report": 11}
    assert fake_time.slept == sorted(fake_time.slept)
    assert max(fake_time.slept) == 30


async def test_a_report_that_is_never_done_is_given_up(
    source: SpApiSource, account: Account, fake_time: FakeTime
) -> None:
    account.statuses = ["IN_QUEUE"]
    began = fake_time.now
    with pytest.raises(Unavailable, match="in time"):
        await read(source)
    assert 19 * 60 < fake_time.now - began <= 20 * 60


@pytest.mark.parametrize(("status", "words"), [("CANCELLED", "canceled"), ("FATAL", "not make")])
async def test_a_report_that_came_to_nothing_is_no_empty_catalogue(
    source: SpApiSource, account: Account, status: str, words: str
) -> None:
    account.statuses = [status]
    with pytest.raises(Unavailable, match=words):
        await read(source)


async def test_an_unknown_status_is_waited_for(source: SpApiSource, account: Account) -> None:
    account.statuses = ["SOMETHING_NEW", "DONE"]
    assert (await read(source)).listings


async def test_a_packed_document_is_unpacked(source: SpApiSource, account: Account) -> None:
    account.packed = True
    assert [each.sku for each in (await read(source)).listings] == ["R-1"]


async def test_the_document_says_its_encoding(source: SpApiSource, account: Account) -> None:
    account.document = report(row("R-1", title="Schüssel")).encode("cp1252")
    account.document_type = "text/plain; charset=Cp1252"
    assert [each.title for each in (await read(source)).listings] == ["Schüssel"]


async def test_no_token_goes_to_where_the_document_is(
    source: SpApiSource, account: Account
) -> None:
    await read(source)
    assert account.tokens_of_documents == [None]


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/report",
        "https://169.254.169.254/latest",
        "https://[::1]/report",
        "https://localhost/report",
        "https://user:word@example.com/report",
        "ftp://example.com/report",
        "file:///etc/passwd",
        "report",
        "http://[/report",
    ],
)
async def test_a_document_is_fetched_from_the_public_web_alone(
    source: SpApiSource, account: Account, url: str
) -> None:
    account.document_url = url
    with pytest.raises(SourceError, match="unexpected address"):
        await read(source)


async def test_an_unknown_packing_is_not_guessed(source: SpApiSource, account: Account) -> None:
    account.algorithm = "BROTLI"
    with pytest.raises(SourceError, match="unexpected compression"):
        await read(source)


@pytest.mark.parametrize("status", [403, 404, 500, 503])
async def test_a_document_that_is_not_there_is_an_error(
    source: SpApiSource, account: Account, status: int
) -> None:
    account.document_status = status
    with pytest.raises(Unavailable):
        await read(source)


async def test_an_empty_document_is_no_empty_catalogue(
    source: SpApiSource, account: Account
) -> None:
    account.document = b""
    with pytest.raises(SourceError, match="was empty"):
        await read(source)


def test_a_bomb_is_refused_before_it_is_unpacked_whole() -> None:
    bomb = gzip.compress(bytes(20_000_000))
    assert len(bomb) < 25_000
    with pytest.raises(SourceError, match="larger than"):
        unpack(bomb, 1_000_000)


def test_one_layer_is_unpacked_and_no_more() -> None:
    inner = gzip.compress(b"x")
    assert unpack(gzip.compress(inner)) == inner


@pytest.mark.parametrize("end", [-1, -9, 12])
def test_a_document_that_was_cut_off_is_not_read_in_part(end: int) -> None:
    with pytest.raises(Unavailable, match="cut off"):
        unpack(gzip.compress(report(row("R-1")).encode())[:end])


@pytest.mark.parametrize("content", [b"", b"seller-sku\tasin1\n", b"\x1f\x8b"])
def test_what_is_not_packed_is_not_unpacked(content: bytes) -> None:
    with pytest.raises(Unavailable, match="cut off"):
        unpack(content)
