"""Who gets in: this machine's own browser, by its own address, with the secret link.

The token stands in the link alone. Who opens the link gets a cookie with a value of its own, from
which nobody can find the token. A browser sends cookies to every port of this machine, so another
program whose pages the reader visits may see that value; it cannot act with it unless it also has
the page's key, which no browser sends by itself.

What stays open: the cookie alone is enough to read the page, and whoever reads the page finds the
key in it. A program of this machine that is made to look like something worth visiting, and then
asks this port with the cookie that it was sent, gets in until Brandwarden is started again.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from adapters.web import render
from adapters.web.answers import fragments, notice, wants_json
from adapters.web.render import Viewer
from adapters.web.site import Site
from bot.core.cards import Tone

VIEWER = web.RequestKey("viewer", Viewer)
"""Who sent the request; set for every address but /static."""

KEY = web.RequestKey("key", str)
"""The key of the reader's session; set together with VIEWER."""

KEY_HEADER = "X-Brandwarden-Key"


def new_token() -> str:
    """Return a secret for the link that is printed in the terminal."""
    return secrets.token_urlsafe(32)


def require_key(request: web.Request, given: str) -> None:
    """Refuse a post that does not come from a page of the reader's session.

    The page's script sends the key as a header, a form without script as a field.
    """
    if not same(request.headers.get(KEY_HEADER, given), request[KEY]):
        raise web.HTTPForbidden


@web.middleware
async def same_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other names of this machine (DNS rebinding) and other sites (forged posts)."""
    if request.host not in _own_hosts(request):
        raise web.HTTPMisdirectedRequest
    if request.method not in ("GET", "HEAD") and not _from_own_page(request):
        raise web.HTTPForbidden
    return await handler(request)


def session(site: Site) -> Middleware:
    """Return the middleware that lets in whoever opened the secret link once."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
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


def new_session(token: str) -> str:
    """Return the value of a new cookie. It needs no memory: its second half proves the first."""
    number = secrets.token_urlsafe(16)
    return f"{number}.{_proof(token, 'session', number)}"


def is_session(token: str, value: str) -> bool:
    """Tell whether a cookie was given out for this link."""
    number, _, proof = value.partition(".")
    return same(proof, _proof(token, "session", number))


def key_of(token: str, session: str) -> str:
    """Return what a page of that session must show before it may change anything."""
    return _proof(token, "key", session)


def same(given: str, secret: str) -> bool:
    """Compare, in a time that tells nothing; bytes that are no text are simply not the secret."""
    return hmac.compare_digest(_bytes(given), _bytes(secret))


def _enter(request: web.Request, token: str) -> web.Response:
    if not same(request.query["token"], token):
        raise web.HTTPForbidden
    answer = web.Response(status=303, headers={"Location": "/"})
    set_cookie(answer, _cookie(request), new_session(token))
    return answer


def _stranger(request: web.Request, site: Site) -> web.Response:
    text = "The person that you acted as is not in the team any more. Choose another one."
    if wants_json(request):
        return fragments([notice(text, Tone.WARNING)], 403)
    html = render.error("Who are you?", text, site.people, request[KEY])
    return web.Response(text=html, status=403, content_type="text/html")


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


def _proof(token: str, use: str, value: str) -> str:
    return hmac.new(_bytes(token), _bytes(f"{use}:{value}"), hashlib.sha256).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogateescape")
