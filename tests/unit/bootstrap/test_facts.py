"""Who is asked about sellers: Keepa with a key, and never about an invented seller."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from bot.bootstrap.facts import open_facts
from bot.settings import KEEPA, Settings

LOCAL = "http://127.0.0.1:8643"


def settings(**changes: object) -> Settings:
    return Settings(_env_file=None).model_copy(update=changes)


async def test_without_a_key_nobody_is_asked() -> None:
    async with open_facts(settings()) as facts:
        assert facts is None


async def test_with_a_key_keepa_is_asked() -> None:
    async with open_facts(settings(keepa_key=SecretStr("key"))) as facts:
        assert facts is not None
        assert (facts.name, facts.simulated) == ("Keepa", False)


async def test_the_real_keepa_is_not_asked_about_a_simulated_marketplace() -> None:
    given = settings(keepa_key=SecretStr("key"), amazon_endpoint=LOCAL)
    assert given.keepa_endpoint == KEEPA
    async with open_facts(given) as facts:
        assert facts is None


async def test_a_simulated_keepa_says_so() -> None:
    given = settings(
        keepa_key=SecretStr("key"), keepa_endpoint=f"{LOCAL}/keepa", amazon_endpoint=LOCAL
    )
    async with open_facts(given) as facts:
        assert facts is not None
        assert facts.simulated


@pytest.mark.parametrize(
    "address",
    [
        "http://api.keepa.com",
        "https://api.keepa.com.example.com",
        "https://user@api.keepa.com",
        "https://example.com/?https://api.keepa.com",
        "ftp://127.0.0.1",
        "keepa",
    ],
)
def test_the_key_goes_nowhere_else(address: str) -> None:
    with pytest.raises(ValueError, match=r"api\.keepa\.com|is not an address"):
        Settings(_env_file=None, keepa_endpoint=address)


def test_no_representation_has_the_key() -> None:
    assert "hush" not in repr(Settings(_env_file=None, keepa_key=SecretStr("hush")))
