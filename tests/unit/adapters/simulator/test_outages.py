"""Faults that spoil a whole answer, over real sockets."""

import asyncio
import json
from contextlib import AsyncExitStack

import httpx
import pytest

from adapters.simulator import Fault, Marketplace, Operation, SettableClock
from tests.patience import PATIENCE
from tests.unit.adapters.simulator.caller import Caller, client_of, tree
from tests.unit.adapters.simulator.small import BOWL, PAN, small_scenario


async def test_an_html_page_with_503(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.HTML_503)
    response = await caller.item_offers(PAN)
    assert response.status_code == 503
    assert response.headers["content-type"].startswith("text/html")
    assert market.log[-1].status == 503


async def test_429_without_a_body(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.EMPTY_429)
    response = await caller.prices(PAN)
    assert (response.status_code, response.content) == (429, b"")
    assert "x-amzn-RateLimit-Limit" not in response.headers


async def test_429_with_amazons_body(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.QUOTA_429)
    response = await caller.prices(PAN)
    assert response.status_code == 429
    assert tree(response)["errors"][0]["code"] == "QuotaExceeded"


async def test_no_answer_until_the_caller_leaves(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.TIMEOUT, times=1)
    before = len(market.log)
    async with client_of(market) as client:
        hasty = Caller(client)
        hasty.token = caller.token
        waiting = asyncio.create_task(hasty.prices(PAN))
        await _until_asked(market, before)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    assert market.log[-1].status is None
    assert (await caller.prices(PAN)).status_code == 200


async def test_no_answer_until_the_server_closes() -> None:
    async with AsyncExitStack() as stack:
        async with Marketplace(small_scenario()) as market:
            client = await stack.enter_async_context(client_of(market))
            market.faults.on(Fault.TIMEOUT, operation=Operation.TOKEN)
            waiting = asyncio.create_task(Caller(client).ask_token())
            await _until_asked(market, 0)
            assert not waiting.done()
        with pytest.raises(httpx.TransportError):
            await waiting


async def _until_asked(market: Marketplace, before: int) -> None:
    """Wait for one more request than there were."""
    async with asyncio.timeout(PATIENCE):
        while len(market.log) == before:  # noqa: ASYNC110 - the log is no event
            await asyncio.sleep(0)


async def test_a_slow_answer_is_right(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.SLOW, delay=0.15, times=1)
    started = asyncio.get_running_loop().time()
    assert (await caller.prices(PAN)).status_code == 200
    assert asyncio.get_running_loop().time() - started >= 0.14


async def test_the_connection_ends_in_the_middle(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.DROPPED_CONNECTION, times=1)
    with pytest.raises(httpx.RemoteProtocolError):
        await caller.prices(PAN)
    assert (await caller.prices(PAN)).status_code == 200


async def test_half_of_the_json(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.TRUNCATED_JSON)
    response = await caller.prices(PAN)
    assert response.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        response.json()


async def test_html_that_is_said_to_be_json(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.NOT_JSON)
    response = await caller.prices(PAN)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/json")
    assert response.text.startswith("<!DOCTYPE html>")


async def test_a_token_that_dies(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.EXPIRED_TOKEN)
    assert (await caller.prices(PAN)).status_code == 403
    assert (await caller.prices(PAN)).status_code == 403
    await caller.log_in()
    assert (await caller.prices(PAN)).status_code == 200


@pytest.mark.parametrize(
    ("fault", "details"),
    [
        (Fault.SECRET_EXPIRED, "The LWA secret token you provided has expired."),
        (Fault.SECURITY_TOKEN_EXPIRED, "The security token included in the request is expired"),
        (Fault.ROLE_MISSING, ""),
    ],
)
async def test_a_denial_gives_its_details(
    caller: Caller, market: Marketplace, fault: Fault, details: str
) -> None:
    market.faults.on(fault)
    response = await caller.prices(PAN)
    assert response.status_code == 403
    [error] = response.json()["errors"]
    assert (error["code"], error["details"]) == ("Unauthorized", details)


async def test_a_limit_that_is_no_number(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.GARBAGE_LIMIT_HEADER)
    response = await caller.prices(PAN)
    assert response.status_code == 200
    assert not response.headers["x-amzn-RateLimit-Limit"].replace(".", "").isdigit()


async def test_a_fault_strikes_only_what_it_names(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.HTML_503, operation=Operation.COMPETITIVE_PRICING, asin=PAN, times=2)
    assert (await caller.catalog(PAN)).status_code == 200
    assert (await caller.prices(BOWL)).status_code == 200
    assert (await caller.prices(BOWL, PAN)).status_code == 503
    assert (await caller.prices(PAN)).status_code == 503
    assert (await caller.prices(PAN)).status_code == 200


async def test_faults_can_be_switched_off(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.EMPTY_429)
    market.faults.on(Fault.HTML_503)
    market.faults.off(Fault.HTML_503)
    assert (await caller.prices(PAN)).status_code == 429
    market.faults.off()
    assert (await caller.prices(PAN)).status_code == 200


async def test_login_and_pages_fail_only_by_name(caller: Caller, market: Marketplace) -> None:
    market.faults.on(Fault.HTML_503)
    assert (await caller.ask_token()).status_code == 200
    assert (await caller.client.get(f"/dp/{PAN}")).status_code == 200
    market.faults.on(Fault.HTML_503, operation=Operation.TOKEN)
    market.faults.on(Fault.HTML_503, operation=Operation.PAGE)
    assert (await caller.ask_token()).status_code == 503
    assert (await caller.client.get(f"/dp/{PAN}")).status_code == 503


async def test_a_window_opens_and_closes(caller: Caller, clock: SettableClock) -> None:
    statuses = []
    for advance in (499.9, 0.1, 9.9, 0.1):
        clock.advance(advance)
        statuses.append((await caller.prices(PAN)).status_code)
    assert statuses == [200, 503, 503, 200]
