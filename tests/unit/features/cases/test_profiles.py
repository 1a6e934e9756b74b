"""Sellers' public profiles: how a seller is called, and which profile counts."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.features.cases.models.profiles import SellerProfile, seller_called

SELLER = "A1STRANGER0001"
READ = datetime(2026, 11, 29, tzinfo=UTC)


def profile(name: str) -> SellerProfile:
    return SellerProfile(seller=SELLER, marketplace="US", name=name, source="", read_at=READ)


def test_a_seller_is_called_by_name_and_id() -> None:
    assert seller_called(SELLER, profile("Leaf & Co")) == "Leaf & Co (A1STRANGER0001)"


def test_a_seller_without_a_profile_is_called_by_id() -> None:
    assert seller_called(SELLER, None) == SELLER


def test_a_hostile_name_stays_on_one_short_harmless_line() -> None:
    shown = seller_called(SELLER, profile("Best\nshop \u202e" + "very " * 40))
    assert shown.endswith(f" ({SELLER})")
    assert "\n" not in shown
    assert "\u202e" not in shown
    assert len(shown) <= 40 + len(SELLER) + 3
