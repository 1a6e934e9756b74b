"""What claims are about: goods or a page, and never both."""

from __future__ import annotations

from bot.features.reports.models.claims import GOODS, ON_GOODS, PAGES, USES, Claim


def test_a_claim_is_about_what_a_seller_offers_or_about_a_page() -> None:
    assert set(Claim) == ON_GOODS | PAGES
    assert not ON_GOODS & PAGES
    assert not GOODS & USES
