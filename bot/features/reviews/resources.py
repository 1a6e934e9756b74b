"""What reviews need from outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.core.charts import Chart
from bot.core.resources import Resource
from bot.features.reviews.models.reviews import Review


class ReviewPrinter(Protocol):
    """Prints the quarterly review."""

    async def review(self, review: Review, charts: Sequence[Chart], brand: str) -> bytes:
        """Return the review as a PDF.

        Raises:
            BrandwardenError: it could not be set in type.
        """
        ...


REVIEW_PRINTER = Resource[ReviewPrinter | None]("review printer", None)
"""Without one a review is posted and has no PDF."""
