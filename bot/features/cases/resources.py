"""What cases need from outside: whoever reads sellers' public pages, or knows who they are."""

from __future__ import annotations

from typing import Protocol

from bot.core.resources import Resource
from bot.core.seller_facts import FactsSource
from bot.features.cases.models.seller_pages import SellerPage


class SellerPages(Protocol):
    """Reads the public pages of sellers."""

    async def read(self, url: str) -> SellerPage:
        """Return what a visitor who is not logged in reads there.

        Raises:
            CaptureError: it could not be loaded, or something else stands in its place, such as a
                login or a captcha. The message says what happened.
            UserError: a person has to do something first; the message says what.
        """
        ...


SELLER_PAGES = Resource[SellerPages | None]("seller pages", None)
"""Without it, sellers are known by their IDs alone."""


FACTS_SOURCE = Resource[FactsSource | None]("facts about sellers", None)
"""Without it, nobody is asked who a seller is, and no card says anything of it."""
