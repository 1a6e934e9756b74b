"""Where the pictures of products may come from."""

from __future__ import annotations

from bot.core.links import is_picture
from tests.cases import for_each

HOSTED = "https://m.media-amazon.com/images/I/a.jpg"
HERE = "http://127.0.0.1:8000/images/a.svg"


def test_pictures_come_from_amazon_and_from_a_simulation_where_there_is_one() -> None:
    assert is_picture(HOSTED, simulated=False)
    assert is_picture(HERE, simulated=True)
    assert not is_picture(HERE, simulated=False)


@for_each(
    "url",
    [
        "",
        "https://m.media-amazon.com",
        "http://m.media-amazon.com/a.jpg",
        "https://m.media-amazon.com@evil.example/a.jpg",
        "https://evil.example/?m.media-amazon.com/a.jpg",
        "https://mXmedia-amazon.com/a.jpg",
        "https://m.media-amazon.com/a b.jpg",
        "https://m.media-amazon.com/a.jpg\n",
        "https://m.media-amazon.com/\N{RIGHT-TO-LEFT OVERRIDE}gpj",
        "http://127.0.0.1/a.svg",
        "http://127.0.0.1:80@evil.example/a.svg",
        f"{HOSTED}{'x' * 500}",
    ],
)
def test_from_nowhere_else(url: str) -> None:
    assert not is_picture(url, simulated=True)
