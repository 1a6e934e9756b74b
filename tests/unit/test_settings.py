"""Settings: what is read, what is refused, and that the example file is in step."""

from __future__ import annotations

import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from pydantic_settings import BaseSettings

from bot.bootstrap.chat_platforms import PLATFORMS, SETTINGS, variables
from bot.core.chat_platform import ChatPlatform
from bot.core.marketplaces import MARKETPLACES, Marketplace
from bot.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / ".env.example"


async def no_file(_: str) -> bytes:
    raise AssertionError


@pytest.fixture(autouse=True)
def nothing_from_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_example_file_names_every_setting_and_no_other() -> None:
    named = re.findall(rf"^#? ?({PREFIX}[A-Z_]+)=", EXAMPLE.read_text("utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(name for part in SETTINGS for name in variables(part).values())


@pytest.mark.parametrize("part", SETTINGS)
def test_the_example_file_can_be_used_as_it_is_and_says_the_defaults(
    part: type[BaseSettings],
) -> None:
    from_example = part(_env_file=EXAMPLE)
    assert from_example == part(_env_file=None)


@pytest.mark.parametrize("part", SETTINGS)
def test_every_setting_says_what_it_means(part: type[BaseSettings]) -> None:
    assert all(field.description for field in part.model_fields.values())


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_a_chats_settings_carry_its_name(platform: ChatPlatform[Any]) -> None:
    config = platform.settings.model_config
    assert config["env_prefix"] == f"{PREFIX}{platform.name.upper()}_"
    assert config["frozen"]
    assert sys.modules[type(platform.settings()).__module__].__package__ == (
        f"adapters.{platform.name}"
    )


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_a_chat_without_credentials_is_left_alone(platform: ChatPlatform[Any]) -> None:
    assert platform.connect(platform.settings(_env_file=None), no_file) is None


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}OWN_SELLERS", " a3alderfinch01 , A2HARBORGOODS7 ")
    monkeypatch.setenv(f"{PREFIX}HOME", "amazon.co.uk")
    monkeypatch.setenv(f"{PREFIX}CHECK_EVERY", "PT5M")
    settings = Settings()
    assert settings.own_sellers == {"A3ALDERFINCH01", "A2HARBORGOODS7"}
    assert settings.home == "UK"
    assert settings.check_every == timedelta(minutes=5)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:x@evil.example/",
        "https://user@api.amazon.com/",
        "https://evil.example/api.amazon.com",
        "https://api.amazon.com.evil.example/",
        "https://evilamazon.com/",
        "https://evil.example\\.amazon.com/",
        "http://api.amazon.com/",
        "http://127.0.0.2/",
        "http://localhost.evil.example/",
        "https://api.amazon.com:port/",
        "https://api.amazon.com:0/",
        "https://api.amazon.com:70000/",
        "https://api.amazon.com/?to=x",
        "https://api.amazon\n.com/",
        "https://[::1/",
        "https://",
        "//api.amazon.com",
    ],
)
def test_an_address_that_leads_elsewhere_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Settings(amazon_endpoint=address)
    [wrong] = caught.value.errors(include_input=False)
    assert "evil" not in wrong["msg"]


@pytest.mark.parametrize(
    "address",
    [
        "https://api.amazon.com/auth/o2/token",
        "https://sellingpartnerapi-eu.amazon.com",
        "https://sandbox.sellingpartnerapi-na.amazon.com:443",
        "http://127.0.0.1:8643",
        "http://localhost",
        "https://localhost:9",
        "",
    ],
)
def test_addresses_of_amazon_and_of_this_machine_are_taken(address: str) -> None:
    assert Settings(amazon_endpoint=address).amazon_endpoint == address


@pytest.mark.parametrize("market", MARKETPLACES, ids=lambda market: market.code)
def test_the_id_of_a_marketplace_is_not_one_of_our_sellers(market: Marketplace) -> None:
    with pytest.raises(ValidationError, match=f"ID of the marketplace {market.code}, not of a"):
        Settings.model_validate({"own_sellers": f"A3ALDERFINCH01,{market.id.lower()}"})


@pytest.mark.parametrize("seller", ["A3JWKAKR8XB7XF", "A2L77EE7U53NWQ", "A5JH7MGCI556L"])
def test_an_id_of_amazon_itself_is_not_one_of_our_sellers(seller: str) -> None:
    with pytest.raises(ValidationError, match="one is Amazon's own, as far as we know"):
        Settings.model_validate({"own_sellers": f"A3ALDERFINCH01,{seller.lower()}"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OWN_SELLERS", "nobody"),
        ("OWN_SELLERS", "alderfinch"),
        ("OWN_SELLERS", "AlderAndFinch"),
        ("HOME", "Mars"),
        ("WEB_PORT", "70000"),
        ("CHECK_EVERY", "often"),
        ("CHECK_EVERY", "PT0S"),
        ("AMAZON_ENDPOINT", "ftp://example.com"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_wrong_values_are_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(ValidationError):
        Settings()


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}AMAZON_CLIENT_SECRET", "hush-hush")
    monkeypatch.setenv(f"{PREFIX}AMAZON_REFRESH_TOKEN", "hush-hush")
    assert "hush-hush" not in repr(Settings())


def test_ids_of_one_human_are_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}SAME", " u012abc = 123=you, U345DEF=2345,me2 ")
    humans = [{"U012ABC", "123", "YOU"}, {"U345DEF", "2345"}, {"ME2"}]
    assert [set(each) for each in Settings().same] == humans


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("U1=", "write the IDs of one person like"),
        ("=", "write the IDs of one person like"),
        ("U1=ana@example.com", "write the IDs of one person like"),
        ("U1=2,U3=2", "one ID is listed for two people"),
        ("U1,U1", "one ID is listed for two people"),
    ],
)
def test_humans_that_cannot_be_told_apart_are_refused(
    monkeypatch: pytest.MonkeyPatch, value: str, why: str
) -> None:
    monkeypatch.setenv(f"{PREFIX}SAME", value)
    with pytest.raises(ValidationError, match=why):
        Settings()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" HTTPS://Brand.Example.com/ ", "https://brand.example.com"),
        ("https://brand.example.com:443", "https://brand.example.com"),
        ("https://brand.example.com:8443", "https://brand.example.com:8443"),
        ("", ""),
    ],
)
def test_the_pages_address_is_kept_as_browsers_send_it(written: str, kept: str) -> None:
    assert Settings(page_url=written).page_url == kept


@pytest.mark.parametrize(
    "written",
    [
        "http://brand.example.com",
        "brand.example.com",
        "https://brand.example.com/page",
        "https://ben@brand.example.com",
        "https://brand.example.com:0",
        "https://",
    ],
)
def test_another_address_of_the_page_is_refused(written: str) -> None:
    with pytest.raises(ValidationError, match="write only https"):
        Settings(page_url=written)


def test_the_name_of_who_runs_the_page_has_an_end() -> None:
    assert Settings().page_owner == "You"
    with pytest.raises(ValidationError):
        Settings(page_owner="x" * 41)
