"""Marketplaces are found by the names that people and Amazon use."""

from __future__ import annotations

import pytest

from bot.core.marketplaces import MARKETPLACES, Marketplace
from bot.errors import UserError
from tests.cases import for_each


@for_each("market", MARKETPLACES, ids=lambda market: market.code)
def test_each_is_found_by_code_identifier_and_domain(market: Marketplace) -> None:
    names = (
        market.code,
        market.code.lower(),
        market.id,
        market.domain,
        f"amazon.{market.domain}",
        f" www.amazon.{market.domain} ",
    )
    assert [Marketplace.find(name) for name in names] == [market] * len(names)


def test_codes_identifiers_and_domains_are_unique() -> None:
    for names in (
        {market.code for market in MARKETPLACES},
        {market.id for market in MARKETPLACES},
        {market.domain for market in MARKETPLACES},
    ):
        assert len(names) == len(MARKETPLACES) == 23


def test_each_belongs_to_one_of_the_three_endpoints() -> None:
    assert {market.region for market in MARKETPLACES} == {"na", "eu", "fe"}


def test_britain_has_two_codes() -> None:
    assert Marketplace.named("GB") == Marketplace.named("UK")


@pytest.mark.parametrize("text", ["", "XX", "amazon", "com.evil.example", "\u0130N"])
def test_an_unknown_name_is_refused_with_the_choice(text: str) -> None:
    with pytest.raises(UserError, match="Choose one of: US, CA"):
        Marketplace.named(text)
