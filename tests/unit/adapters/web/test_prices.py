"""The page of a product's prices: who may see it, its picture, and the numbers beside it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.core.charts import Chart, Curve, Curves
from bot.core.events import Query
from bot.core.listing import Watch
from bot.core.permissions import Role
from bot.core.price_history import BuyBoxHolder, PriceChange, PriceState
from bot.features.watchlist.models.price_histories import PriceHistory
from bot.features.watchlist.models.price_queries import HistoryOf, PriceLine, ShownPrices
from tests.unit.adapters.web.conftest import enter, new_client
from tests.unit.adapters.web.reading import Tags
from tests.unit.adapters.web.sample import Running, running

ADDRESS = "/products/US-B0ALDER001/history"
UNTIL = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NAME = '<b>Pan</b> "3 quarts"'
CHANGES = 250


def shown() -> ShownPrices:
    watch = Watch(asin="B0ALDER001", marketplace="US", title=NAME, added_at=UNTIL)
    state = PriceState(BuyBoxHolder.OURS, 4990, 4990, 4990, 1)
    history = PriceHistory(
        watch=watch,
        since=UNTIL - timedelta(days=90),
        until=UNTIL,
        changes=(PriceChange(UNTIL - timedelta(days=1), state),),
    )
    lines = [
        PriceLine(
            at=UNTIL - timedelta(hours=number),
            ours=f"{number}.90",
            lowest="1.00",
            buy_box="2.00",
            holder="us" if number else "not checked",
            sellers="3",
            checked=number > 0,
        )
        for number in range(CHANGES)
    ]
    return ShownPrices(
        history=history,
        summary="Buy Box since <today>: us.",
        chart=Curves(title=NAME, says="It is ours.", curves=(Curve(label="Our price", note="9"),)),
        lines=tuple(lines),
        kept_days=400,
    )


class Market:
    """Knows one product, and draws."""

    def __init__(self) -> None:
        self.asked: list[tuple[Role, Query[object]]] = []
        self.drawn: list[bool] = []

    async def look(self, role: Role, query: Query[object]) -> object:
        self.asked.append((role, query))
        return shown() if isinstance(query, HistoryOf) and query.asin == "B0ALDER001" else None

    async def draw(self, chart: Chart, *, dark: bool = False) -> bytes:
        self.drawn.append(dark)
        return b"<svg xmlns='http://www.w3.org/2000/svg'></svg>"


@pytest.fixture
def market() -> Market:
    return Market()


@pytest.fixture
async def site(tmp_path: Path, market: Market) -> AsyncIterator[Running]:
    async with running(tmp_path, look=market.look, draw=market.draw) as site:
        yield site


async def read(client: ClientSession, path: str) -> Tags:
    async with client.get(path) as answer:
        assert answer.status == 200
        return Tags(await answer.text())


async def test_the_numbers_stand_in_a_table_beside_the_picture(
    market: Market, client: ClientSession
) -> None:
    page = await read(client, ADDRESS)
    assert len(page.all("tr")) == 1 + 100
    assert "2026-11-23 10:00" in page.text
    assert "not checked" in page.text
    assert NAME in page.text
    assert len(page.all("th", scope="col")) == 6
    light, dark = page.all("img")
    assert "Our price: 9" in light["alt"]
    assert light["src"] == f"{ADDRESS}.svg?days=90&theme=light"
    assert dark["src"] == f"{ADDRESS}.svg?days=90&theme=dark"
    [(_, query)] = market.asked
    assert query == HistoryOf(asin="B0ALDER001", marketplace="US", days=90)


async def test_older_numbers_are_on_further_pages(client: ClientSession) -> None:
    page = await read(client, f"{ADDRESS}?days=365&page=3")
    assert len(page.all("tr")) == 1 + 50
    assert "Page 3 of 3" in page.text
    assert page.all("a", href=f"{ADDRESS}?days=365&page=2")
    beyond = await read(client, f"{ADDRESS}?days=365&page=99")
    assert beyond.text == page.text


@pytest.mark.parametrize("asked", ["?days=0", "?days=abc", "?page=-1", "?days=999999999999"])
async def test_what_is_asked_wrongly_shows_what_is_usual(client: ClientSession, asked: str) -> None:
    assert NAME in (await read(client, ADDRESS + asked)).text


async def test_the_picture_is_light_or_dark_and_loads_nothing(
    market: Market, client: ClientSession
) -> None:
    for theme in ("light", "dark"):
        async with client.get(f"{ADDRESS}.svg?theme={theme}") as answer:
            assert answer.content_type == "image/svg+xml"
            assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert market.drawn == [False, True]


@pytest.mark.parametrize(
    "path",
    [
        "/products/US-B0UNKNOWN1/history",
        "/products/XX-B0ALDER001/history",
        "/products/US-notanasin/history",
        "/products/US-B0UNKNOWN1/history.svg",
    ],
)
async def test_what_is_not_watched_is_not_found(client: ClientSession, path: str) -> None:
    async with client.get(path) as answer:
        assert answer.status == 404


async def test_without_a_printer_the_numbers_are_there_all_the_same(
    tmp_path: Path, market: Market
) -> None:
    async with running(tmp_path / "other", look=market.look) as site, new_client(site) as client:
        await enter(site, client)
        page = await read(client, ADDRESS)
        assert page.all("img") == []
        assert len(page.all("tr")) == 1 + 100
        async with client.get(f"{ADDRESS}.svg") as answer:
            assert answer.status == 404


async def test_a_stranger_sees_nothing(site: Running) -> None:
    async with ClientSession(site.url) as stranger, stranger.get(ADDRESS) as answer:
        assert answer.status == 403
