"""Pictures of products come from our own address; where none is kept, a neutral one stands in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.core.cards import Card
from bot.core.chat import Outgoing
from bot.core.events import Query
from bot.core.permissions import Role
from bot.features.cases.models.events import PictureOfProduct
from tests.unit.adapters.web.conftest import new_client
from tests.unit.adapters.web.reading import Tags
from tests.unit.adapters.web.sample import CHANNEL, Running, running

LINK = "https://m.media-amazon.com/images/I/61abcdefghL.jpg"
KEPT = b"\xff\xd8\xff of the pan"


async def look(_: Role, query: Query[object]) -> object:
    return LINK if query == PictureOfProduct("US-B0ALDER001") else ""


async def at_hand(link: str) -> bytes:
    return KEPT if link == LINK else b""


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Running]:
    async with running(tmp_path, look=look, picture=at_hand) as site:
        yield site


async def test_a_product_has_its_kept_picture(client: ClientSession) -> None:
    async with client.get("/products/US-B0ALDER001/picture") as answer:
        assert await answer.read() == KEPT
        assert answer.content_type == "image/jpeg"
        assert answer.headers["Cache-Control"] == "private, max-age=600"


async def test_a_product_without_one_has_a_neutral_picture_for_now(client: ClientSession) -> None:
    async with client.get("/products/US-B0ALDER002/picture") as answer:
        assert answer.status == 200
        assert answer.content_type == "image/svg+xml"
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/products/XX-B0ALDER001/picture", "/products/US-../picture", "/cards/none/picture"]
)
async def test_there_is_nothing_else(client: ClientSession, path: str) -> None:
    async with client.get(path) as answer:
        assert answer.status == 404


async def test_an_alert_shows_the_copy_and_names_no_address_of_amazons(
    site: Running, client: ClientSession
) -> None:
    card = Card(title="Stranger", thumbnail=LINK)
    ref = await site.chat.post(Outgoing(key="stranger", channel=CHANNEL, card=card))
    async with client.get("/") as answer:
        text = await answer.text()
    assert LINK not in text
    [picture] = Tags(text).all("img", src=f"/cards/{ref.id}/picture")
    async with client.get(picture["src"]) as answer:
        assert await answer.read() == KEPT


async def test_strangers_see_no_picture(site: Running) -> None:
    async with new_client(site) as stranger, stranger.get("/products/US-B0ALDER001/picture") as got:
        assert got.status == 403
