from __future__ import annotations

import pytest

from adapters.web.policy import may_open, may_show
from tests.cases import for_each


@pytest.mark.parametrize(
    "url",
    [
        "https://www.amazon.com/dp/B0WALNUTBL?m=A1",
        "https://amazon.co.uk/x",
        "https://sellercentral.amazon.de/cu/contact-us",
        "https://BRANDREGISTRY.amazon.com/",
        "http://127.0.0.1:8643/dp/B0WALNUTBL",
    ],
)
def test_amazon_and_this_machine_may_be_opened(url: str) -> None:
    assert may_open(url)


@for_each(
    "url",
    [
        "",
        "https://evil.example/",
        "https://amazon.evil.example/",
        "https://www.amazon.com.evil.example/",
        "https://notamazon.com/",
        "https://amazon.xyz/",
        "https://www.amazon.com@evil.example/",
        "https://x@www.amazon.com/",
        "https://evil.example:x@www.amazon.com/",
        "https://@www.amazon.com/",
        "http://x@127.0.0.1:8643/",
        "https://www.amazon.com:443/",
        "https://evil.example\\.amazon.com/",
        "https://evil.example/\n.amazon.com",
        "https://\u0430mazon.com/",
        "http://www.amazon.com/",
        "http://127.0.0.1/",
        "http://127.0.0.1:80@evil.example/",
        "http://127.0.0.1:x/",
        "http://[::1",
        "https:///www.amazon.com",
        "//www.amazon.com/",
        "javascript:alert(1)//https://www.amazon.com/",
        "data:text/html,https://www.amazon.com/",
        " https://www.amazon.com/",
    ],
)
def test_nothing_else_may_be_opened(url: str) -> None:
    assert not may_open(url)
    assert not may_show(url)


def test_pictures_come_from_amazon_or_this_machine() -> None:
    assert may_show("https://m.media-amazon.com/images/I/1.jpg")
    assert may_show("http://127.0.0.1:8643/pictures/1.png")
    assert not may_show("https://www.amazon.com/tracker.gif")
