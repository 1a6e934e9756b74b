"""What the core asks of whoever makes packets, charts and reviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.core.charts import Chart
from bot.features.reports.models.dossier import Dossier
from bot.features.reports.models.packets import Archived, Bundle
from bot.features.reviews.models.reviews import Review


class Packer(Protocol):
    """Makes the two files of a packet."""

    async def archive(self, bundle: Bundle) -> Archived:
        """Write the sealed archive and keep it as evidence.

        Raises:
            StoreError: a piece is not what was kept, or the disk refused.
        """
        ...

    async def print(self, dossier: Dossier) -> bytes:
        """Return the PDF."""
        ...


class Printer(Protocol):
    """Draws charts, and prints the quarterly review."""

    async def chart(self, chart: Chart) -> bytes:
        """Return the chart as a PNG.

        Raises:
            BrandwardenError: it could not be drawn.
        """
        ...

    async def review(self, review: Review, charts: Sequence[Chart], brand: str) -> bytes:
        """Return the review as a PDF.

        Raises:
            BrandwardenError: it could not be set in type.
        """
        ...
