"""Sets charts and reviews in type by typst, in this process.

Nothing here reads a stranger's picture, and texts are bounded data: what a dossier's print needs a
process of its own for cannot happen. Typst lets go of Python's lock while it works, so that a
thread is enough to keep the loop free (tests/bench/charts.py measures both).
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec
import structlog
import typst

from adapters.rendering.charts import Sheet, sheet
from adapters.rendering.review import Page, page
from bot.core.charts import Chart
from bot.errors import BrandwardenError
from bot.features.reviews.models.reviews import Review

log = structlog.get_logger(__name__)

DENSITY = 144
"""Pixels per inch: two for each of a phone's points, so that a chart is 720 pixels wide."""

_FOLDER = Path(__file__).parent
_PICTURE = _FOLDER / "picture.typ"
_REVIEW = _FOLDER / "review.typ"


class TypstPrinter:
    """Draws charts and prints reviews, one after the other, with one compiler that stays warm."""

    def __init__(self, *, simulated: bool = False) -> None:
        """Load nothing yet: fonts are looked for with the first chart.

        Of a ``simulated`` marketplace every chart says so, for a picture goes its own ways.
        """
        self._simulated = "yes" if simulated else ""
        self._lock = threading.Lock()
        self._compiler: typst.Compiler | None = None

    async def chart(self, chart: Chart) -> bytes:
        """Return the chart as a PNG, 720 pixels wide.

        Raises:
            BrandwardenError: it could not be drawn.
        """
        return await asyncio.to_thread(self._set, _PICTURE, sheet(chart), "png")

    async def drawing(self, chart: Chart, *, dark: bool = False) -> bytes:
        """Return the chart as an SVG, its letters as shapes.

        Raises:
            BrandwardenError: it could not be drawn.
        """
        return await asyncio.to_thread(self._set, _PICTURE, sheet(chart), "svg", dark=dark)

    async def review(self, review: Review, charts: Sequence[Chart], brand: str) -> bytes:
        """Return the review as a PDF: the same bytes for the same review and the same fonts.

        Raises:
            BrandwardenError: it could not be set in type.
        """
        made_at = int(review.made_at.timestamp())
        return await asyncio.to_thread(
            self._set, _REVIEW, page(review, charts, brand), "pdf", made_at
        )

    def _set(
        self,
        template: Path,
        data: Sheet | Page,
        kind: Literal["png", "pdf", "svg"],
        made_at: int | None = None,
        *,
        dark: bool = False,
    ) -> bytes:
        told = msgspec.json.encode(data).decode()
        theme = "dark" if dark else "light"
        inputs = {"sheet": told, "simulated": self._simulated, "theme": theme}
        with self._lock:
            try:
                if self._compiler is None:
                    self._compiler = typst.Compiler(root=_FOLDER)
                made = self._compiler.compile(
                    template, format=kind, ppi=DENSITY, sys_inputs=inputs, timestamp=made_at
                )
            except BaseException as error:
                # A panic of typst is no Exception; it must not end more than this picture.
                self._compiler = None
                log.warning("not drawn", template=template.name, error=repr(error)[:200])
                message = "The layout could not be created. The log says why."
                raise BrandwardenError(message) from error
        if not isinstance(made, bytes):
            message = "The picture could not be drawn: it does not fit on one page."
            raise BrandwardenError(message)
        return made
