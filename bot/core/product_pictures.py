"""Whoever keeps pictures of products, so that Amazon does not see who looks at them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from bot.core.resources import Resource


class ProductPictures(Protocol):
    """Keeps small copies of pictures at Amazon's addresses. All of it can be fetched again."""

    async def at_hand(self, link: str) -> bytes:
        """Return a JPEG; empty: there is none now, and it may be there later. Never raises."""
        ...

    async def keep_only(self, links: Iterable[str]) -> None:
        """Forget all pictures but those with these addresses. Raises OSError."""
        ...


PRODUCT_PICTURES = Resource[ProductPictures | None]("product pictures", None)
"""Without it, the page shows no picture of a product."""
