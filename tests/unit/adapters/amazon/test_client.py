from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from aiohttp import web
from structlog.testing import capture_logs

from adapters.amazon.client import USER_AGENT, SpApiClient
from adapters.amazon.exchange import LARGEST_ANSWER
from adapters.amazon.login import Login
from adapters.http.exchange import Answer
from bot.core.questions import MARGIN, Operation, most_margin
from bot.core.text import plain
from bot.errors import QuotaExceeded, SourceError
from tests.unit.adapters.amazon.amazon import (
    HTML_503,
    Amazon,
    Handler,
    broken_off,
    json_reply,
    reply,
)
from tests.unit.adapters.amazon.conftest import CREDENTIALS, FakeTime

BATCH = Operation.ITEM_OFFERS_BATCH
GOOD = json_reply(200, {"responses": []})


@pytest.fixture
async def client(amazon: Amazon, fake_time: FakeTime) -> AsyncIterator[SpApiClient]:
    async with httpx.AsyncClient() as http:
        login = Login(http, f"{amazon.url}/auth/o2/token", CREDENTIALS, timeout=5)
        yield SpApiClient(http, login, amazon.url, timeout=5, passing=fake_time.passing)


async def test_a_request_names_its_program_and_carries_its_token(
    client: SpApiClient, amazon: Amazon
) -> None:
    amazon.script = [GOOD]
    assert await client.post(BATCH, b'{"requests": []}') == b'{"responses": []}'
    (seen,) = amazon.seen
    assert (seen.method, seen.path) == ("POST", "/batches/products/pricing/v0/itemOffers")
    assert seen.headers["x-amz-access-token"] == "Atza|1"
    assert seen.headers["user-agent"] == USER_AGENT == "Brandwarden/0.1 (Language=Python)"
    assert seen.headers["content-type"] == "application/json"
    assert seen.headers["accept"] == "application/json"


@pytest.mark.parametrize("passing", [HTML_503, reply(429), broken_off, reply(500), reply(504)])
async def test_what_may_pass_is_tried_three_times(
    client: SpApiClient, amazon: Amazon, passing: Handler
) -> None:
    amazon.script = [passing, passing, GOOD]
    assert await client.post(BATCH, b"{}") == b'{"responses": []}'
    assert len(amazon.seen) == 3


@pytest.mark.parametrize("status", [302, 400, 404, 413, 415, 418])
async def test_what_will_not_pass_is_tried_once(
    client: SpApiClient, amazon: Amazon, status: int
) -> None:
    amazon.script = [reply(status), GOOD]
    with pytest.raises(SourceError, match=rf"^Amazon refused the request \({status}\)\.$"):
        await client.post(BATCH, b"{}")
    assert len(amazon.seen) == 1


async def test_amazons_own_words_are_quoted_and_cut(client: SpApiClient, amazon: Amazon) -> None:
    error = {"code": "InvalidInput", "message": "Duplicate\nrequests. " + "x" * 500}
    amazon.script = [json_reply(400, {"errors": [error]})]
    with pytest.raises(SourceError) as caught:
        await client.post(BATCH, b"{}")
    assert "(400): InvalidInput: Duplicate requests. xxx" in str(caught.value)
    assert len(str(caught.value)) < 300


async def test_what_amazon_says_does_not_steer_the_terminal(
    client: SpApiClient, amazon: Amazon
) -> None:
    error = {"code": "Invalid", "message": "\x1b]0;owned\x07 \u202etxt"}
    amazon.script = [json_reply(400, {"errors": [error]}, x_amzn_RequestId="r" * 500)]
    with capture_logs() as logged, pytest.raises(SourceError) as caught:
        await client.post(BATCH, b"{}")
    assert plain(str(caught.value)) == str(caught.value)
    [refused] = [entry for entry in logged if entry["event"] == "Amazon refused a request"]
    assert len(refused["request_id"]) == 64


async def test_every_try_is_paid_for(
    client: SpApiClient, amazon: Amazon, fake_time: FakeTime
) -> None:
    amazon.script = [reply(503), reply(503), GOOD]
    start = fake_time.now
    await client.post(BATCH, b"{}")
    assert fake_time.now - start == pytest.approx(20 + 2 * MARGIN)


async def test_a_429_makes_the_next_try_wait_as_long_as_it_says(
    client: SpApiClient, amazon: Amazon, fake_time: FakeTime
) -> None:
    amazon.script = [reply(429, retry_after="55"), GOOD]
    start = fake_time.now
    await client.post(BATCH, b"{}")
    assert fake_time.now - start == pytest.approx(55)


async def test_an_answer_ends_the_doubling_of_pauses(
    client: SpApiClient, amazon: Amazon, fake_time: FakeTime
) -> None:
    for _ in range(2):
        amazon.script = [reply(429), GOOD]
        fake_time.now += 1000
        start = fake_time.now
        await client.post(BATCH, b"{}")
        # After a refusal requests keep a wider margin.
        assert fake_time.now - start <= 1.25 * (10 + most_margin(BATCH.rate, BATCH.burst))


async def test_a_lasting_429_tells_how_long_to_wait(client: SpApiClient, amazon: Amazon) -> None:
    amazon.script = [reply(429, retry_after="7")] * 3
    with pytest.raises(QuotaExceeded) as caught:
        await client.post(BATCH, b"{}")
    assert caught.value.retry_after == 7


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("5", 5), ("-1", None), ("nan", None), ("tomorrow", None), ("1e30", 3600), (None, None)],
)
def test_retry_after_is_read_with_care(header: str | None, seconds: float | None) -> None:
    headers = httpx.Headers({} if header is None else {"retry-after": header})
    assert Answer(429, headers, b"").retry_after == seconds


@pytest.mark.parametrize(("told", "eta"), [("0.5", 2), ("not a number", 10), ("NaN", 10)])
async def test_the_rate_is_learned_from_an_answer(
    client: SpApiClient, amazon: Amazon, told: str, eta: float
) -> None:
    amazon.script = [json_reply(200, {"responses": []}, x_amzn_RateLimit_Limit=told)]
    await client.post(BATCH, b"{}")
    [bucket] = [each for each in client.buckets("na") if each.operation is BATCH]
    assert bucket.eta() == pytest.approx(eta + MARGIN)


async def test_an_answer_without_end_is_cut_off(client: SpApiClient, amazon: Amazon) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"content-type": "application/json"})
        await response.prepare(request)
        while request.transport is not None and not request.transport.is_closing():
            await response.write(b" " * 65536)
        return response

    amazon.script = [endless]
    with pytest.raises(SourceError, match=f"larger than {LARGEST_ANSWER:,} bytes"):
        await client.post(BATCH, b"{}")


async def test_a_body_that_drips_is_not_waited_for(amazon: Amazon, fake_time: FakeTime) -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"content-type": "application/json"})
        await response.prepare(request)
        while not amazon.closing.is_set() and request.transport is not None:
            await response.write(b" ")
            await asyncio.sleep(0.001)
        return response

    amazon.script = [drip] * 3
    async with httpx.AsyncClient() as http:
        login = Login(http, f"{amazon.url}/auth/o2/token", CREDENTIALS, timeout=5)
        client = SpApiClient(http, login, amazon.url, timeout=0.1, passing=fake_time.passing)
        with pytest.raises(SourceError, match="did not answer in time"):
            await client.post(BATCH, b"{}")


async def test_a_compressed_body_that_is_none_is_an_error(
    client: SpApiClient, amazon: Amazon
) -> None:
    amazon.script = [reply(200, "{}", "application/json", content_encoding="gzip")] * 3
    with pytest.raises(SourceError, match="could not be decompressed"):
        await client.post(BATCH, b"{}")


async def test_nobody_there_is_an_error(fake_time: FakeTime) -> None:
    async with httpx.AsyncClient() as http:
        login = Login(http, "http://127.0.0.1:9/token", CREDENTIALS, timeout=5)
        client = SpApiClient(
            http, login, "http://127.0.0.1:9/", timeout=5, passing=fake_time.passing
        )
        with pytest.raises(SourceError, match=r"127\.0\.0\.1:9 refused the connection"):
            await client.get(Operation.SEARCH_CATALOG, {})
