"""What the core asks of whoever draws charts."""

from __future__ import annotations

from typing import Protocol

from bot.core.charts import Chart
from bot.core.resources import Resource


class ChartPrinter(Protocol):
    """Draws charts."""

    async def chart(self, chart: Chart) -> bytes:
        """Return the chart as a PNG.

        Raises:
            BrandwardenError: it could not be drawn.
        """
        ...


CHART_PRINTER = Resource[ChartPrinter | None]("chart printer", None)
"""Without one, what a chart shows is told in words."""
