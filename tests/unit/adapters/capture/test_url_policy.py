"""Which addresses a capture may ask for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.capture.url_policy import SHOPS, STATIC, Guard, public
from bot.core.marketplaces import MARKETPLACES
from bot.errors import CaptureError, UserError
from tests.cases import for_each

BASE = "http://127.0.0.1:8643"


@for_each("market", MARKETPLACES, ids=lambda market: market.code)
def test_every_marketplace_is_a_shop(market: object) -> None:
    domain = getattr(market, "domain", "")
    assert Guard().page(f"https://www.amazon.{domain}/dp/B0ALDER001?m=A3ALDERFINCH01")


@for_each(
    "url",
    [
        "",
        "http://www.amazon.com/dp/B0ALDER001",
        "https://www.amazon.com:8443/dp/B0ALDER001",
        "https://www.amazon.com:0/",
        "https://www.amazon.com:x/",
        "https://amazon.com.evil.example/",
        "https://www.amazon.com.evil.example/",
        "https://www.amazon.com@evil.example/",
        "https://evil.example/https://www.amazon.com/",
        "https://evil.example\\@www.amazon.com/",
        "https://www.amazon.com\\.evil.example/",
        "https://www.amazon.com\t/",
        "https://www.amazon.com /",
        " https://www.amazon.com/",
        "https://www.amazön.com/",
        "https://[::1]/",
        "https://[oops/",
        "https://m.media-amazon.com/images/x.png",
        "https://sellercentral.amazon.com/",
        "file:///etc/passwd",
        "data:text/html,hello",
        "about:blank",
        "javascript:alert(1)",
        "view-source:https://www.amazon.com/",
        "https://www.amazon.com/" + "x" * 2000,
        BASE + "/dp/B0ALDER001",
    ],
)
def test_everything_else_is_refused_by_name(url: str) -> None:
    assert not Guard().page(url)
    with pytest.raises(CaptureError, match="not a page of a known Amazon marketplace"):
        Guard().require(url)


def test_the_simulated_marketplace_passes_where_it_is_configured() -> None:
    guard = Guard(BASE)
    guard.require(f"{BASE}/dp/B0ALDER001?m=A3ALDERFINCH01")
    assert guard.simulated(f"{BASE}/")
    assert not guard.simulated("https://www.amazon.com/")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8644/",
        "http://127.0.0.1/",
        "https://127.0.0.1:8643/",
        "http://127.0.0.2:8643/",
        "http://localhost:8643/",
        "http://user@127.0.0.1:8643/",
        "ws://127.0.0.1:8643/",
    ],
)
def test_nothing_beside_the_simulated_marketplace_passes(url: str) -> None:
    assert not Guard(BASE).page(url)


@pytest.mark.parametrize(
    "base", ["https://127.0.0.1:1", "http://10.0.0.1:80", "http://127.0.0.1", "file:///", "x"]
)
def test_a_simulated_marketplace_is_on_this_machine(base: str) -> None:
    with pytest.raises(UserError, match=r"must look like http://127\.0\.0\.1:8643"):
        Guard(base)


def test_tunnels_lead_to_shops_and_their_pictures_only() -> None:
    guard = Guard(BASE)
    assert all(guard.tunnel(host, 443) for host in SHOPS | STATIC)
    assert guard.tunnel("WWW.Amazon.com", 443)
    refused = [("www.amazon.com", 80), ("127.0.0.1", 8643), ("localhost", 443), ("", 443)]
    assert not any(guard.tunnel(host, port) for host, port in refused)


@given(st.text(max_size=60))
def test_no_text_makes_the_guard_fail(text: str) -> None:
    guard = Guard(BASE)
    assert not guard.page(text)
    assert not guard.page(f"https://{text}.example/")


PRIVATE = [
    *("127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "::1", "fd00::1", "0.0.0.0"),
    *("64:ff9b::a01:203", "64:ff9b:1::1", "2002:a01:203::1", "2001::a01:203", "192.88.99.1"),
    *("::ffff:10.1.2.3", "::10.1.2.3", "fec0::1", "fe80::1", "3fff::1", "5f00::1"),
    *("224.0.0.1", "239.255.255.250", "ff02::1", "ff0e::1", "255.255.255.255"),
]


@for_each("address", PRIVATE)
def test_a_name_that_leads_into_a_private_network_leads_nowhere(address: str) -> None:
    assert public([address]) == []
    assert public(["54.239.28.85", address]) == []


def test_public_addresses_stay() -> None:
    found = ["54.239.28.85", "2600:9000:21f3::1"]
    assert public(found) == found
