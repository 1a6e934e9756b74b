"""Who gets in: this machine's own browser, by its own address, with the secret link."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable

import msgspec
import structlog
from aiohttp import web
from aiohttp.typedefs import Middleware

from adapters.web import render
from adapters.web.lines import UNREADABLE
from adapters.web.links import PICTURES
from adapters.web.render import Shown, Viewer
from adapters.web.sessions import KEY_HEADER, is_session, key_of, new_session, same
from adapters.web.site import Site
from bot.core.cards import Tone
from bot.core.text import clip

VIEWER = web.RequestKey("viewer", Viewer)
"""Who sent the request; set for every address but /static."""

KEY = web.RequestKey("key", str)
"""The key of the reader's session; set together with VIEWER."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

LOGGED = 200
"""Characters of an address in the log."""

_HELP = {
    400: ("That was not understood", "Go back to the channel and try it there."),
    403: ("This page is private", "Open the link printed in the terminal."),
    404: ("There is nothing here", "The link may be old. The channel shows what there is."),
    405: ("That did not work", "Go back to the channel and press the button there."),
    408: ("That took too long", "Try again, with fewer or smaller files."),
    413: ("That is too large", "Shorten the text, or choose a smaller file."),
    421: ("Wrong address", "Open the link printed in the terminal, exactly as it stands there."),
    503: ("Too many pages are open", "Close a few of them, then try again."),
}

_FAILED = (
    "That did not work, and it was not your mistake",
    "It is in the log. Try again in a moment.",
)

_log = structlog.get_logger(__name__)
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def new_token() -> str:
    """Return a secret for the link that is printed in the terminal."""
    return secrets.token_urlsafe(32)


def wants_json(request: web.Request) -> bool:
    """Tell whether the page's script asks, and not the browser itself."""
    return "application/json" in request.headers.get("Accept", "")


def fragments(shown: list[Shown], status: int = 200) -> web.Response:
    """Answer the page's script."""
    body = msgspec.json.encode({"replies": shown})
    return web.Response(body=body, status=status, content_type="application/json")


def policy(*, simulated: bool) -> str:
    """Return what the page may load; pictures from this machine only in a simulation."""
    pictures = ["'self'", *(f"https://{host}" for host in PICTURES)]
    if simulated:
        pictures.append("http://127.0.0.1:*")
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
    allowed = policy(simulated=site.simulated)

    async def add(_: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(HEADERS)
        # A file that people handed in brings a stricter one.
        response.headers.setdefault("Content-Security-Policy", allowed)
        response.headers.setdefault("Cache-Control", "no-store")

    return add


def require_key(request: web.Request, given: str) -> None:
    """Refuse a post that does not come from a page of the reader's session.

    The page's script sends the key as a header, a form without script as a field.
    """
    if not same(request.headers.get(KEY_HEADER, given), request[KEY]):
        raise web.HTTPForbidden


@web.middleware
async def explain(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Turn an HTTP error into a page, or a notice, that says what to do."""
    try:
        return await handler(request)
    except web.HTTPError as error:
        return _explained(request, error.status)
    except UNREADABLE as error:
        # Its text quotes what was sent, so it is not logged.
        _log.warning("a request could not be read", error=type(error).__name__)
        return _explained(request, 400)
    except Exception:  # noqa: BLE001 - whatever fails behind the page, the page stays up
        # What comes behind the question mark may be the link's secret.
        path = clip(request.raw_path.partition("?")[0], LOGGED)
        _log.exception("a request failed", path=path)
        return _explained(request, 500)


@web.middleware
async def same_origin(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Refuse other names of this machine (DNS rebinding) and other sites (forged posts)."""
    if request.host not in _own_hosts(request):
        raise web.HTTPMisdirectedRequest
    if request.method not in ("GET", "HEAD") and not _from_own_page(request):
        raise web.HTTPForbidden
    return await handler(request)


def session(site: Site) -> Middleware:
    """Return the middleware that lets in whoever opened the secret link once."""

    @web.middleware
    async def check(request: web.Request, handler: _Handler) -> web.StreamResponse:
        if request.path.startswith("/static/"):
            return await handler(request)
        if request.path == "/" and "token" in request.query:
            return _enter(request, site.token)
        value = request.cookies.get(_cookie(request), "")
        if not is_session(site.token, value):
            raise web.HTTPForbidden
        request[KEY] = key_of(site.token, value)
        known = site.people.get(persona_of(request) or next(iter(site.people)))
        if known is None and request.path != "/persona":
            return _stranger(request, site)
        if known is not None:
            request[VIEWER] = Viewer(*known)
        return await handler(request)

    return check


def persona_of(request: web.Request) -> str:
    """Return the id of the person that the reader chose to be; empty before a choice."""
    return request.cookies.get(persona_cookie(request), "")


def persona_cookie(request: web.Request) -> str:
    """Return the name of the cookie that holds the chosen person."""
    return f"{_cookie(request)}-persona"


def set_cookie(response: web.StreamResponse, name: str, value: str) -> None:
    """Set a cookie that no script reads and no other site sends."""
    response.set_cookie(name, value, httponly=True, samesite="Strict", path="/")


def _enter(request: web.Request, token: str) -> web.Response:
    if not same(request.query["token"], token):
        raise web.HTTPForbidden
    answer = web.Response(status=303, headers={"Location": "/"})
    set_cookie(answer, _cookie(request), new_session(token))
    return answer


def _stranger(request: web.Request, site: Site) -> web.Response:
    text = "The person that you acted as is not in the team any more. Choose another one."
    if wants_json(request):
        return fragments([Shown("notice", render.notice(text, Tone.WARNING))], 403)
    html = render.error("Who are you?", text, site.people, request[KEY])
    return web.Response(text=html, status=403, content_type="text/html")


def _explained(request: web.Request, status: int) -> web.Response:
    title, text = _HELP.get(status, _FAILED)
    if wants_json(request):
        said = render.notice(f"{title}. {text}", Tone.WARNING)
        return fragments([Shown("notice", said)], status)
    return web.Response(text=render.error(title, text), status=status, content_type="text/html")


def _port(request: web.Request) -> int:
    address = request.get_extra_info("sockname")
    return address[1] if isinstance(address, tuple) and isinstance(address[1], int) else 0


def _own_hosts(request: web.Request) -> tuple[str, str]:
    port = _port(request)
    return f"127.0.0.1:{port}", f"localhost:{port}"


def _from_own_page(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    if origin == "null":
        # A form that is sent without script names no origin, because we send no referrer; the
        # browser's own word, which no page can forge, stands in.
        return request.headers.get("Sec-Fetch-Site") == "same-origin"
    return origin == f"http://{request.host}"


def _cookie(request: web.Request) -> str:
    # Cookies are shared between the ports of a machine: two Brandwardens must not share one.
    return f"brandwarden-{_port(request)}"
