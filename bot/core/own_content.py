"""What our own listing data says of a product: the texts that we sent Amazon for its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, runtime_checkable

from bot.core.listing import Watch
from bot.core.listing_content import ListingContent


@runtime_checkable
class OwnContentSource(Protocol):
    """A source that tells our own listing data."""

    async def own_contents(
        self, seller: str, watches: Sequence[Watch]
    ) -> Mapping[str, ListingContent]:
        """Return the texts of at most twenty of our SKUs in one marketplace, by the watches' keys.

        ``seller`` is our seller ID there; the SKUs are such as can be asked together (see
        `bot.core.sku_lists`). A SKU that is not listed, or belongs to another product
        than its watch, is absent; a text that was not told is None.

        Raises:
            SourceError: the answer is not known.
        """
        ...
