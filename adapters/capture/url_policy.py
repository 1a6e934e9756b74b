"""Which addresses a capture may ask for: Amazon's own, and the simulated marketplace's."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from bot.core.links import PICTURE_HOSTS
from bot.core.marketplaces import MARKETPLACES
from bot.errors import CaptureError, UserError

LONGEST = 2_000
"""Characters of an address."""
HTTPS = 443
LOCAL_HOSTS = ("127.0.0.1", "localhost")

SHOPS = frozenset(f"www.amazon.{market.domain}" for market in MARKETPLACES)
STATIC = frozenset(
    {*PICTURE_HOSTS, "images-eu.ssl-images-amazon.com", "images-fe.ssl-images-amazon.com"}
)
"""Where the shops keep their pictures, styles and scripts. Advertising and telemetry live
elsewhere and are left out."""


_IPV6 = 6
_EVERYTHING_4 = ipaddress.ip_network("0.0.0.0/0")
_GLOBAL_6 = ipaddress.ip_network("2000::/3")
_LED_ON = tuple(
    map(
        ipaddress.ip_network,
        # 6to4, its relays, Teredo, and what documentation uses.
        ("2002::/16", "192.88.99.0/24", "2001::/32", "3fff::/20"),
    )
)


class Guard:
    """Says yes to a short list of addresses, and no to everything else."""

    def __init__(self, simulated: str = "", *, shops: bool = True) -> None:
        """Let the simulated marketplace pass, too, if its base address is given.

        Without ``shops``, let nothing pass but that.

        Raises:
            UserError: the base is not of the form ``http://127.0.0.1:8643``.
        """
        parts = _split(simulated)
        local = parts is not None and parts.scheme == "http" and parts.hostname in LOCAL_HOSTS
        if simulated and not (local and parts and parts.port):
            message = "The simulated marketplace's address must look like http://127.0.0.1:8643."
            raise UserError(message)
        self._shops = SHOPS if shops else frozenset()
        self._files = STATIC if shops else frozenset()
        self._base = (parts.hostname, parts.port) if simulated and parts else None

    def require(self, url: str) -> None:
        """Refuse what is no page of a shop. Raises CaptureError."""
        if not self.page(url):
            message = (
                f"{url[:80]!r} is not a page of a known Amazon marketplace, so no screenshot is "
                "taken."
            )
            raise CaptureError(message)

    def page(self, url: str) -> bool:
        """Tell whether the address is a page of a shop."""
        parts = _split(url)
        if parts is None:
            return False
        secure = parts.scheme == "https" and parts.port in (None, HTTPS)
        return (secure and parts.hostname in self._shops) or self.simulated(url)

    def simulated(self, url: str) -> bool:
        """Tell whether the address is the simulated marketplace's."""
        parts = _split(url)
        return (
            parts is not None
            and self._base is not None
            and parts.scheme == "http"
            and (parts.hostname, parts.port) == self._base
        )

    def tunnel(self, host: str, port: int) -> bool:
        """Tell whether an encrypted connection may go there."""
        return port == HTTPS and host.lower() in self._shops | self._files


def public(addresses: Iterable[str]) -> list[str]:
    """Return the addresses if all are of the public internet, else none.

    One that is not means that somebody leads a public name into a private network.
    """
    found = list(addresses)
    return found if all(map(_is_public, found)) else []


def _is_public(address: str) -> bool:
    """Tell whether it is one machine's own address on the internet.

    What leads on to another address that is written in it (NAT64, 6to4, Teredo), or to many
    machines, is none: it could end in a private network.
    """
    parsed = ipaddress.ip_address(address)
    ways = _GLOBAL_6 if parsed.version == _IPV6 else _EVERYTHING_4
    return (
        parsed in ways
        and parsed.is_global
        and not parsed.is_multicast
        and not any(parsed in network for network in _LED_ON)
    )


def _split(url: str) -> SplitResult | None:
    """Split an address that has one reading only; browsers forgive much that Python does not."""
    if len(url) > LONGEST or not (url.isascii() and url.isprintable()) or " " in url:
        return None
    try:
        parts = urlsplit(url)
        odd = parts.port == 0 or "@" in parts.netloc or "\\" in url
    except ValueError:
        return None
    return None if odd else parts
