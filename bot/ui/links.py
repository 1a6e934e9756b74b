"""Links that a card may carry: Amazon's own pages, or those of its simulation (facts: links)."""

from __future__ import annotations

from urllib.parse import quote

import msgspec

from bot.domain.marketplaces import marketplace

LONGEST = 21
"""Characters of an ID in a link: as many as Amazon's own have at most."""


class Links(msgspec.Struct, frozen=True):
    """Makes links; ``base`` stands in for Amazon's address when the marketplace is simulated."""

    base: str = ""

    def product(self, market: str, asin: str, seller: str = "") -> str:
        """Return the product's page, or one seller's offer on it."""
        query = f"?m={_quoted(seller)}" if seller else ""
        return f"{self._site(market)}/dp/{_quoted(asin)}{query}"

    def seller(self, market: str, seller: str) -> str:
        """Return the seller's page."""
        return f"{self._site(market)}/sp?seller={_quoted(seller)}"

    def _site(self, market: str) -> str:
        return self.base or f"https://www.amazon.{marketplace(market).domain}"


def _quoted(text: str) -> str:
    """Keep what a source called an ID from bending the link."""
    return quote(text[:LONGEST], safe="")
