"""Who gets in: this machine's own browser, by its own address, with a link that is used up.

The link shows a page with one button, whose press begins a session: looking at it uses up nothing,
so that a program which looks at links beforehand takes it from nobody. The browser gets a cookie
with a secret of its own. A browser sends cookies to every port of this machine, so another program
whose pages the reader visits may see that secret; it cannot act with it unless it also has the
page's key, which no browser sends by itself.

What stays open: the cookie alone is enough to read the page, and whoever reads the page finds the
key in it. A program of this machine that is made to look like something worth visiting, and then
asks this port with the cookie that it was sent, gets in until the session is ended.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from urllib.parse import parse_qsl

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from adapters.web import render
from adapters.web.answers import fragments, notice, wants_json
from adapters.web.render import Viewer
from adapters.web.site import Site
from adapters.web.statics import STATIC
from bot.core.cards import Tone
from bot.core.collections import PageSession
from bot.core.page_accounts import is_account
from bot.core.permissions import Permission, Person, Role

VIEWER = web.RequestKey("viewer", Viewer)
"""Who sent the request; set for every address but /static."""

KEY = web.RequestKey("key", str)
"""The key of the reader's session; set together with VIEWER."""

SESSION = web.RequestKey("session", PageSession)
"""The reader's session; set together with VIEWER."""

PUBLIC = web.AppKey("public", str)
"""Where a reverse proxy serves the page, ``https://brand.example.com``; empty: there is none."""
TLS = "https://"

KEY_HEADER = "X-Brandwarden-Key"
ENTER = "/enter"
"""Where the button of a link leads."""
PATIENCE = 10.0
"""Seconds that its press may take to arrive."""


def require_key(request: web.Request, given: str) -> None:
    """Refuse a post that does not come from a page of the reader's session.

    The page's script sends the key as a header, a form without script as a field.
    """
    if not same(request.headers.get(KEY_HEADER, given), request[KEY]):
        raise web.HTTPForbidden


@web.middleware
async def same_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other names of this machine (DNS rebinding) and other sites (forged posts)."""
    if request.host.lower() not in _own_hosts(request):
        raise web.HTTPMisdirectedRequest
    if request.method not in ("GET", "HEAD") and not _from_own_page(request):
        raise web.HTTPForbidden
    return await handler(request)


def session(site: Site) -> Middleware:
    """Return the middleware that lets in whoever has a session, or a link to begin one."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith(f"{STATIC}/"):
            return await handler(request)
        secret = secret_of(request)
        known = await site.sessions.find(secret)
        token = request.query.get("token") if request.path == "/" else None
        if request.path == ENTER or token is not None:
            return await _enter(request, site, token, known)
        if known is None:
            raise web.HTTPForbidden
        request[SESSION], request[KEY] = known, key_of(secret)
        # The role is the one that the person has now, whatever it was when the session began.
        member = await _member(request, site, known.who.id)
        if member is not None and not member[1].can(Permission.READ):
            member = None
        if member is None and request.path != "/persona":
            return _stranger(request, site)
        if member is not None:
            request[VIEWER] = Viewer(*member)
        return await handler(request)

    return check


def secret_of(request: web.Request) -> str:
    """Return the secret in the reader's cookie; empty without one."""
    return request.cookies.get(_cookie(request), "")


def set_cookie(request: web.Request, response: web.StreamResponse, value: str) -> None:
    """Set a cookie that no script reads and no other site sends; under TLS, only with TLS."""
    secure = bool(request.app[PUBLIC])
    response.set_cookie(
        _cookie(request), value, httponly=True, secure=secure, samesite="Strict", path="/"
    )


def key_of(secret: str) -> str:
    """Return what a page of that session must show before it may change anything."""
    return hmac.new(_bytes(secret), b"key", hashlib.sha256).hexdigest()


def same(given: str, secret: str) -> bool:
    """Compare, in a time that tells nothing; bytes that are no text are simply not the secret."""
    return hmac.compare_digest(_bytes(given), _bytes(secret))


async def _member(request: web.Request, site: Site, id: str) -> tuple[Person, Role] | None:
    """Return the person and the role they have now; refuse an account that was removed."""
    if not is_account(id):
        return site.people.get(id)
    member = await site.sessions.member(id)
    if member is None or request.path == "/persona":
        raise web.HTTPForbidden
    return member


async def _enter(
    request: web.Request, site: Site, token: str | None, known: PageSession | None
) -> web.Response:
    """Show the link's button, or begin a session where it was pressed."""
    home = web.Response(status=303, headers={"Location": "/"})
    if known is not None:
        # Who has a session needs no link: it stays good for another browser.
        return home
    if token is not None:
        if not await site.sessions.is_good(token):
            raise web.HTTPForbidden
        return web.Response(text=render.enter(token), content_type="text/html")
    who, role = next(iter(site.people.values()))
    secret = await site.sessions.begin(await _sent_token(request), who, role)
    if not secret:
        raise web.HTTPForbidden
    set_cookie(request, home, secret)
    return home


async def _sent_token(request: web.Request) -> str:
    """Return the token of the form; nobody is known yet, so little is read, and in one way."""
    try:
        async with asyncio.timeout(PATIENCE):
            body = (await request.read()).decode()
        return dict(parse_qsl(body, max_num_fields=1)).get("token", "")
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except ValueError:
        return ""


def _stranger(request: web.Request, site: Site) -> web.Response:
    text = "The person you were acting as is no longer on the team. Choose someone else."
    if wants_json(request):
        return fragments([notice(text, Tone.WARNING)], 403)
    html = render.error("Who are you?", text, site.people, request[KEY])
    return web.Response(text=html, status=403, content_type="text/html")


def _port(request: web.Request) -> int:
    address = request.get_extra_info("sockname")
    return address[1] if isinstance(address, tuple) and isinstance(address[1], int) else 0


def _own_hosts(request: web.Request) -> tuple[str, ...]:
    if public := request.app[PUBLIC]:
        return (public.removeprefix(TLS),)
    port = _port(request)
    return f"127.0.0.1:{port}", f"localhost:{port}"


def _from_own_page(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    if origin == "null":
        # A form that is sent without script names no origin, because we send no referrer; the
        # browser's own word, which no page can forge, stands in.
        return request.headers.get("Sec-Fetch-Site") == "same-origin"
    # What a proxy says of itself in X-Forwarded headers is never asked: everybody can send them.
    return origin == (request.app[PUBLIC] or f"http://{request.host}")


def _cookie(request: web.Request) -> str:
    if request.app[PUBLIC]:
        # No other name of the domain, and no page without TLS, can set one of that name.
        return "__Host-brandwarden"
    # Cookies are shared between the ports of a machine: two Brandwardens must not share one.
    return f"brandwarden-{_port(request)}"


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogateescape")
