"""Which source is opened, and whether what it reads is recorded as real."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bootstrap.sources import amazon, is_simulated, links
from bot.settings import Settings

AMAZON = "https://sellingpartnerapi-na.amazon.com"


@pytest.mark.parametrize("local", ["http://127.0.0.1:9", "https://localhost"])
async def test_a_marketplace_on_this_machine_is_never_recorded_as_real(local: str) -> None:
    for settings in (
        Settings(amazon_endpoint=local),
        Settings(amazon_endpoint=AMAZON, amazon_login_url=local),
    ):
        source = amazon(settings)
        assert source.simulated
        assert is_simulated(settings)
        await source.aclose()


async def test_amazon_is_recorded_as_real_and_a_file_is_not() -> None:
    for settings in (Settings(), Settings(amazon_endpoint=AMAZON)):
        source = amazon(settings)
        assert not source.simulated
        await source.aclose()
    assert is_simulated(Settings(snapshots=Path("some.jsonl")))


def test_cards_lead_into_the_marketplace_that_is_read() -> None:
    local = "http://127.0.0.1:8643"
    assert links(Settings(amazon_endpoint=local)).product("US", "B0X").startswith(f"{local}/")
    for settings in (
        Settings(),
        Settings(amazon_endpoint=AMAZON),
        Settings(amazon_endpoint=local, snapshots=Path("some.jsonl")),
    ):
        assert links(settings).product("US", "B0X").startswith("https://www.amazon.com/")
