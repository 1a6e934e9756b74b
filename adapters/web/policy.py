"""What the page may load, and to which addresses it may lead: Amazon, and this machine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import SplitResult, urlsplit

from aiohttp import web

from adapters.web.site import Site
from adapters.web.statics import KEPT, STATIC
from bot.core.links import PICTURE_HOSTS
from bot.core.marketplaces import MARKETPLACES

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_AMAZON = frozenset(f"amazon.{market.domain}" for market in MARKETPLACES)


def policy(market: str = "") -> str:
    """Return what the page may load: pictures also from the simulated marketplace, if any."""
    pictures = ["'self'", *(f"https://{host}" for host in PICTURE_HOSTS)]
    parts = _parse(market)
    if parts is not None and _here(parts):
        pictures.append(f"http://{parts.netloc}")
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            f"img-src {' '.join(pictures)}",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def harden(site: Site) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """Return the signal that sets the headers which every answer has."""
    allowed = policy(site.market)

    async def add(request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(HEADERS)
        # A file that people handed in brings a stricter one.
        response.headers.setdefault("Content-Security-Policy", allowed)
        own = request.path.startswith(f"{STATIC}/") and response.status < HTTPStatus.BAD_REQUEST
        response.headers.setdefault("Cache-Control", KEPT if own else "no-store")
        response.headers.pop("Server", None)

    return add


def may_open(url: str) -> bool:
    """Tell whether a button may lead there: a site of Amazon's, or this machine."""
    parts = _parse(url)
    return parts is not None and (_here(parts) or _amazon(parts))


def may_show(url: str) -> bool:
    """Tell whether a picture may be loaded from there."""
    parts = _parse(url)
    if parts is None:
        return False
    return _here(parts) or (parts.scheme == "https" and parts.netloc in PICTURE_HOSTS)


def _parse(url: str) -> SplitResult | None:
    # A browser reads a backslash as a slash and drops line breaks; here neither has a use.
    if not url.isascii() or not url.isprintable() or "\\" in url or " " in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    # A user's name in front of the host makes people believe that they go elsewhere.
    return None if "@" in parts.netloc else parts


def _here(parts: SplitResult) -> bool:
    host, _, port = parts.netloc.partition(":")
    return parts.scheme == "http" and host == "127.0.0.1" and port.isdecimal()


def _amazon(parts: SplitResult) -> bool:
    if parts.scheme != "https":
        return False
    # A port in the address matches no site, and that is meant.
    site = parts.netloc.lower()
    while site and site not in _AMAZON:
        site = site.partition(".")[2]
    return bool(site)
