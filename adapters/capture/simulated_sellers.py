"""Sellers' pages of the simulated marketplace, read over HTTP without a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html.parser import HTMLParser

import httpx

from bot.core.clocks import utc_now
from bot.errors import CaptureError
from bot.features.cases.models.seller_pages import (
    FEEDBACK,
    INDENTED,
    LONGEST_ROW,
    NAME,
    ROWS,
    ROWS_AT_MOST,
    SellerPage,
    SellerRow,
    SellerWords,
)
from bot.features.evidence.models.capture import CapturedPage, recognise

PATIENCE = 10.0
"""Seconds."""
_ROW = ROWS.rpartition(".")[2]


class SimulatedSellerPages:
    """Reads pages of the marketplace on this machine; they have no scripts."""

    def __init__(self, http: httpx.AsyncClient, clock: Callable[[], datetime] = utc_now) -> None:
        """Ask with the client."""
        self._http = http
        self._clock = clock

    async def read(self, url: str) -> SellerPage:
        """Return what the page says.

        Raises:
            CaptureError: it could not be loaded, or something else stands in its place.
        """
        try:
            answer = await self._http.get(url, follow_redirects=True, timeout=PATIENCE)
        except httpx.HTTPError as error:
            raise CaptureError("The simulated marketplace does not answer.") from error
        html = _Html()
        html.feed(answer.text)
        page = CapturedPage(
            url=str(answer.url),
            status=answer.status_code,
            title=html.words("title"),
            text=html.words("main"),
        )
        if refusal := recognise(page).refusal:
            raise CaptureError(refusal)
        return SellerPage(words=html.seller, url=page.url, at=self._clock(), simulated=True)


class _Html(HTMLParser):
    """The words of the elements that are looked for; none of them stands in one of its kind."""

    def __init__(self) -> None:
        super().__init__()
        self._open: dict[str, str] = {}
        """The elements that are open, by what they are called here, with their tags."""
        self._words: dict[str, list[str]] = {}
        self._rows: list[tuple[str, bool]] = []

    @property
    def seller(self) -> SellerWords:
        return SellerWords(
            name=self.words(NAME),
            feedback=self.words(FEEDBACK),
            rows=tuple(SellerRow(self.words(name), deep) for name, deep in self._rows),
        )

    def words(self, name: str) -> str:
        return " ".join(" ".join(self._words.get(name, ())).split())[:LONGEST_ROW]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        classes = (given.get("class") or "").split()
        if tag in ("title", "main"):
            self._open[tag] = tag
        elif f"#{given.get('id')}" in (NAME, FEEDBACK):
            self._open[f"#{given.get('id')}"] = tag
        elif _ROW in classes and len(self._rows) < ROWS_AT_MOST:
            name = f"row {len(self._rows)}"
            self._rows.append((name, INDENTED in classes))
            self._open[name] = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = {name: opened for name, opened in self._open.items() if opened != tag}

    def handle_data(self, data: str) -> None:
        for name in self._open:
            self._words.setdefault(name, []).append(data)
