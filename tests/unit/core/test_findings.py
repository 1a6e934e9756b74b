"""What makes findings one case."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.core.findings import Finding, Severity

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def key(signal: str, asin: str = "B000000001", seller: str = "", about: str = "") -> str:
    return Finding(
        signal=signal,
        asin=asin,
        marketplace="US",
        at=NOW,
        severity=Severity.WARNING,
        headline="Something happened",
        seller=seller,
        about=about,
    ).fingerprint


def test_all_that_a_culprit_does_is_one_case() -> None:
    assert key("seller", seller="A1") == key("buy-box", "B000000002", seller="A1") == "US/A1"


def test_all_that_happens_to_a_page_is_one_case() -> None:
    assert key("page-title") == key("page-suppressed") == "US/B000000001/page"
    assert key("page-title") != key("page-title", "B000000002")


def test_all_that_happens_to_the_account_is_one_case() -> None:
    assert key("account-health", "") == key("account-performance", "") == "US/account"


def test_what_is_none_of_these_is_a_case_of_its_product_and_signal() -> None:
    assert key("own-offer") == "US/B000000001/own-offer"


def test_what_a_person_named_comes_first() -> None:
    assert key("page-title", seller="A1", about="attack-3") == "US/attack-3"
