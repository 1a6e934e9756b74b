"""Product pictures are fetched once, from Amazon's hosts alone, bounded, and kept as copies."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from PIL import Image

from adapters.capture.product_pictures import AGAIN, LARGEST, SIDE, CachedPictures
from tests.unit.adapters.capture.pixels import halves, saved

LINK = "https://m.media-amazon.com/images/I/61abcdefghL.jpg"
OTHER = "https://m.media-amazon.com/images/I/71abcdefghL.jpg"
Answer = Callable[[httpx.Request], httpx.Response]


class Desk:
    """A cache over a fake Amazon, and what was asked of that."""

    def __init__(self, folder: Path, answer: Answer, most: int = 10**6) -> None:
        """Begin with an empty folder."""
        self.asked: list[httpx.Request] = []
        self.now = 0.0
        self.folder = folder / "pictures"

        def noted(request: httpx.Request) -> httpx.Response:
            self.asked.append(request)
            return answer(request)

        http = httpx.AsyncClient(transport=httpx.MockTransport(noted))
        self.cache = CachedPictures(
            self.folder, http, "Bot/1", simulated=False, most=most, monotonic=lambda: self.now
        )

    async def seen(self, link: str = LINK) -> bytes:
        """Look twice: before it is fetched, and after."""
        await self.cache.at_hand(link)
        await self.cache.idle()
        return await self.cache.at_hand(link)


def picture(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=saved(halves(), "PNG"), headers={"Set-Cookie": "who=you"})


async def test_a_first_look_waits_for_nothing_and_a_later_one_has_a_small_copy(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path, picture)
    assert await desk.cache.at_hand(LINK) == b""
    content = await desk.seen()
    with Image.open(io.BytesIO(content)) as copy:
        assert copy.format == "JPEG"
        assert max(copy.size) <= SIDE
    await desk.seen()
    assert len(desk.asked) == 1
    await desk.seen(OTHER)
    for request in desk.asked:
        assert not {"referer", "cookie", "authorization"} & {*request.headers}


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com/a.jpg",
        "http://169.254.169.254/latest",
        "http://127.0.0.1:8080/a.jpg",
        "https://m.media-amazon.com@example.com/a.jpg",
        "file:///etc/passwd",
        "",
    ],
)
async def test_nothing_is_fetched_from_anywhere_else(tmp_path: Path, link: str) -> None:
    desk = Desk(tmp_path, picture)
    assert await desk.seen(link) == b""
    assert desk.asked == []


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(404),
        httpx.Response(302, headers={"Location": "http://169.254.169.254/"}),
        httpx.Response(200, content=b"<svg onload='alert(1)'/>"),
        httpx.Response(200, content=b"\xff\xd8\xff but no more"),
        httpx.Response(200, content=b"\xff\xd8\xff" + bytes(LARGEST)),
    ],
)
async def test_what_cannot_be_had_is_not_tried_in_vain(
    tmp_path: Path, answer: httpx.Response
) -> None:
    desk = Desk(tmp_path, lambda _: answer)
    assert await desk.seen() == b""
    await desk.seen()
    assert len(desk.asked) == 1
    desk.now = AGAIN
    await desk.seen()
    assert len(desk.asked) == 2


async def test_the_copies_seen_longest_ago_make_room(tmp_path: Path) -> None:
    size = len(await Desk(tmp_path / "one", picture).seen())
    desk = Desk(tmp_path, picture, most=size)
    await desk.seen()
    assert await desk.seen(OTHER)
    assert len(list(desk.folder.iterdir())) == 1


async def test_a_folder_that_takes_nothing_leaves_the_page_without_a_picture(
    tmp_path: Path,
) -> None:
    (tmp_path / "pictures").write_text("in the way")
    assert await Desk(tmp_path, picture).seen() == b""


async def test_pictures_of_products_that_are_not_watched_are_gone(tmp_path: Path) -> None:
    desk = Desk(tmp_path, picture)
    await desk.seen()
    await desk.seen(OTHER)
    await desk.cache.keep_only([OTHER])
    assert len(list(desk.folder.iterdir())) == 1
    assert await desk.cache.at_hand(OTHER)
