"""Pictures of pages are fetched from where Amazon keeps them alone, bounded, and looked at."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable

import httpx
import pytest

from adapters.capture.looks import LARGEST, HttpPictureLooks
from adapters.capture.perceptual_hash import perceptual_hash
from bot.core.picture_looks import PictureLook
from tests.unit.adapters.capture.pixels import halves, saved

LINK = "https://m.media-amazon.com/images/I/61abcdefghL.jpg"
Answer = Callable[[httpx.Request], httpx.Response]


async def looked(
    answer: Answer, link: str = LINK, *, simulated: bool = False
) -> tuple[PictureLook | None, list[httpx.Request]]:
    """Return what was seen, and what was asked for."""
    asked: list[httpx.Request] = []

    def noted(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return answer(request)

    async with httpx.AsyncClient(transport=httpx.MockTransport(noted)) as http:
        looks = HttpPictureLooks(http, "Brandwarden/1", simulated=simulated)
        return await looks.look(link), asked


async def test_a_picture_is_known_by_its_look_and_its_bytes() -> None:
    content = saved(halves(), "PNG")
    found, [request] = await looked(lambda _: httpx.Response(200, content=content))
    assert found == PictureLook(perceptual_hash(content), hashlib.sha256(content).hexdigest())
    assert request.headers["User-Agent"] == "Brandwarden/1"


async def test_what_is_no_picture_is_known_by_its_bytes_alone() -> None:
    found, _ = await looked(lambda _: httpx.Response(200, content=b"<svg/>"))
    assert found == PictureLook("", hashlib.sha256(b"<svg/>").hexdigest())


@pytest.mark.parametrize(
    ("link", "simulated"),
    [
        ("https://evil.example/61abcdefghL.jpg", False),
        ("http://169.254.169.254/latest/meta-data", True),
        ("http://127.0.0.1:8080/images/1.svg", False),
        ("file:///etc/passwd", True),
        ("", False),
    ],
)
async def test_nothing_is_fetched_from_elsewhere(link: str, *, simulated: bool) -> None:
    found, asked = await looked(lambda _: httpx.Response(200), link, simulated=simulated)
    assert (found, asked) == (None, [])


async def test_a_simulated_picture_is_on_this_machine() -> None:
    link = "http://127.0.0.1:8080/images/1.svg"
    found, asked = await looked(lambda _: httpx.Response(200, content=b"x"), link, simulated=True)
    assert found is not None
    assert len(asked) == 1


def _large(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=b"x" * (LARGEST + 1))


def _cut_off(_: httpx.Request) -> httpx.Response:
    raise httpx.ReadError("cut off")


@pytest.mark.parametrize(
    "answer",
    [
        _large,
        _cut_off,
        lambda _: httpx.Response(404),
        lambda _: httpx.Response(302, headers={"Location": "http://169.254.169.254/"}),
        lambda _: httpx.Response(200, content=b""),
    ],
)
async def test_what_cannot_be_fetched_is_nothing(answer: Answer) -> None:
    found, asked = await looked(answer)
    assert found is None
    assert len(asked) == 1


async def test_an_answer_that_never_comes_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.capture.looks.SECONDS", 0.01)

    async def never(_: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    async with httpx.AsyncClient(transport=httpx.MockTransport(never)) as http:
        assert await HttpPictureLooks(http, "x", simulated=False).look(LINK) is None
