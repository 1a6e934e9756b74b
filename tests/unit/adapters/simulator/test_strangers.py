"""Callers who are not meant: whatever a page of the web can send from somebody's browser."""

import pytest

from adapters.simulator import Marketplace
from adapters.simulator.gateway import LOGGED_KEY
from tests.unit.adapters.simulator.caller import ITEMS, Caller, batch_item


async def test_long_keys_do_not_fill_the_log(stranger: Caller, market: Marketplace) -> None:
    await stranger.post(ITEMS, {"requests": [batch_item("A" * 200_000)]})
    assert market.log[-1].asins == ("A" * LOGGED_KEY,)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.nip.io"])
async def test_another_name_than_this_machines_is_not_answered(
    host: str, stranger: Caller, market: Marketplace
) -> None:
    answer = await stranger.client.post(ITEMS, content=b"{}", headers={"host": host})
    assert answer.status_code == 421
    assert not market.log


async def test_localhost_is_this_machine(stranger: Caller, market: Marketplace) -> None:
    port = market.base_url.rpartition(":")[2]
    answer = await stranger.client.get("/sp", headers={"host": f"localhost:{port}"})
    assert answer.status_code != 421
