"""What the core asks of a source of offers, and of whoever looks at it on demand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Protocol, runtime_checkable

import msgspec

from bot.core.listing import Snapshot, Watch
from bot.errors import SourceError


class Reading(msgspec.Struct, frozen=True):
    """What came of looking at one watch: a snapshot, or why there is none."""

    watch: Watch
    result: Snapshot | SourceError
    raw: bytes = b""
    """The answer as it came, for the evidence."""


class CatalogProduct(msgspec.Struct, frozen=True):
    """What the catalogue says of a product; what it does not say is empty."""

    title: str = ""
    picture: str = ""
    """The address of its main picture, one that a card may show."""


class OfferSource(Protocol):
    """Where offers come from."""

    simulated: bool
    """The marketplace is a simulation; every card must say so."""

    async def read(self, watches: Sequence[Watch]) -> list[Reading]:
        """Look at the watches; one reading for each, in their order. Never raises SourceError."""
        ...

    async def products(self, asins: Iterable[str], code: str) -> dict[str, CatalogProduct]:
        """Return products by ASIN in the marketplace with that code, as far as they are known.

        What could not be told now is absent, like what is not known.

        Raises:
            SourceError: nobody could tell.
        """
        ...


@runtime_checkable
class ListingsSource(Protocol):
    """A source that knows our own listings, too."""

    async def asins_of(self, seller: str, skus: Sequence[str], code: str) -> dict[str, str]:
        """Return the ASINs by SKU of at most twenty listings of one of our seller IDs.

        The SKUs are such as can be asked together; see `bot.core.sku_lists`.
        ``code`` is the marketplace's. The ASIN is empty where the listing has no product there; a
        SKU that the seller has no listing for is absent.

        Raises:
            SourceError: nobody could tell.
        """
        ...


class Checker(Protocol):
    """Looks at products on demand."""

    @property
    def period(self) -> timedelta:
        """How often each product is looked at, if the quota allows."""
        ...

    async def look_now(self, watch: Watch, who: str) -> Reading:
        """Look at a product for which a person waits, and judge and record it where it is watched.

        ``who`` is the person's id. This takes as long as Amazon does: never within a transaction.

        Raises:
            UserError: the person waits for another product, too many others wait, or it takes
                too long; the sentence says what to do.
        """
        ...

    async def describe(self, watch: Watch) -> CatalogProduct:
        """Return what the catalogue says of a product for which a person waits.

        Its title is stored where the product is watched. What nobody can tell within some seconds
        is empty; this raises neither SourceError nor StoreError.
        """
        ...

    def follow(self, *watches: Watch) -> None:
        """Look at the products from now on: at a few soon, at the others over one round."""
        ...

    def forget(self, key: str) -> None:
        """Look at it no more."""
        ...
