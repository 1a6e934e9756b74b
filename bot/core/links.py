"""Links that a card may carry: Amazon's own pages, or those of its simulation (facts: links)."""

from __future__ import annotations

import re
from urllib.parse import quote

import msgspec

from bot.core import cards
from bot.core.interface import tr
from bot.core.labeled import Recommendation
from bot.core.marketplaces import Marketplace

LONGEST = 21
"""Characters of an ID in a link: as many as Amazon's own have at most."""


SELLER_CENTRALS = frozenset({"com", "co.uk", "co.jp", "de", "fr", "it", "es", "ca"})
"""Where Report Abuse has a page of its own."""


PICTURE_HOSTS = ("m.media-amazon.com", "images-na.ssl-images-amazon.com")
"""Where Amazon keeps the pictures of its products."""
_PICTURE = re.compile(rf"https://(?:{'|'.join(map(re.escape, PICTURE_HOSTS))})/[!-~]+", re.ASCII)
_SIMULATED_PICTURE = re.compile(r"http://127\.0\.0\.1:[0-9]{1,5}/[!-~]+", re.ASCII)


def is_picture(url: str, *, simulated: bool) -> bool:
    """Tell whether a card may show the picture of a product from there.

    It is Amazon's own, or that of a simulated marketplace on this machine.
    """
    if len(url) > cards.LINK:
        return False
    own = simulated and _SIMULATED_PICTURE.fullmatch(url)
    return bool(own or _PICTURE.fullmatch(url))


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

    def report_forms(
        self, market: str, recommendation: Recommendation
    ) -> tuple[tuple[str, str], ...]:
        """Return the pages on which such a report is filed, with their names (facts: links)."""
        if self.base:
            return ((tr("Simulated form"), f"{self.base}/report/{recommendation.value}"),)
        domain = Marketplace.named(market).domain
        if recommendation is Recommendation.POLICY:
            app = domain if domain in SELLER_CENTRALS else "com"
            page = f"https://sellercentral.amazon.{app}/abuse-submission/report-abuse"
            return (("Report Abuse", page),)
        return (
            (tr("Brand Registry"), f"https://brandregistry.amazon.{domain}/"),
            (tr("Public form"), f"https://www.amazon.{domain}/report/infringement"),
        )

    def _site(self, market: str) -> str:
        return self.base or f"https://www.amazon.{Marketplace.named(market).domain}"


def _quoted(text: str) -> str:
    """Keep what a source called an ID from bending the link."""
    return quote(text[:LONGEST], safe="")
