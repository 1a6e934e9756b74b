"""What a person gets back: replies as the browser shows them, and errors that say what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

import msgspec
import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from adapters.http.lines import UNREADABLE, Tally
from adapters.web import CHAT, render
from adapters.web.render import Origin, Refused, Shown
from bot.core.cards import Tone
from bot.core.interactions import AnyInteraction, Ask, Notice, Post, Reply, Update
from bot.core.text import clip

LOGGED = 200
"""Characters of an address in the log."""

_HELP = {
    400: ("That request is not valid", "Go back to the channel and try again there."),
    403: (
        "This page is private",
        "Open the link printed in the terminal. It works once, for ten minutes. To get a new one, "
        "run .venv/bin/python -m bot page-link, or type /sessions new in a chat.",
    ),
    404: ("Page not found", "The link may be out of date. Go back to the channel."),
    405: ("That did not work", "Go back to the channel and press the button there."),
    408: ("That took too long", "Try again with fewer or smaller files."),
    413: ("That is too large", "Shorten the text, or choose a smaller file."),
    421: ("Wrong address", "Open the link exactly as it is printed in the terminal."),
    503: ("Too many pages are open", "Close a few of them, then try again."),
}

_FAILED = (
    "Something went wrong on our side",
    "Try again in a moment. The log has the details.",
)

_log = structlog.get_logger(__name__)
_tally = Tally(chat=CHAT)


def show(
    asked: AnyInteraction, origin: Origin, replies: Sequence[Reply], most: int, zone: tzinfo
) -> list[Shown]:
    """Return what the browser shows, in order, its times in a zone.

    ``most`` is the largest file, in bytes.
    """
    return [
        _one(reply, origin, f"{asked.id}-{number}", most, zone)
        for number, reply in enumerate(replies)
    ]


def answer(request: web.Request, key: str, origin: Origin, shown: list[Shown]) -> web.Response:
    """Answer the page's script, or a browser that runs none, whose page shows the ``key``."""
    if wants_json(request):
        return fragments(shown)
    back = f"/threads/{origin.thread}" if origin.thread else "/"
    if not shown:
        return web.Response(status=303, headers={"Location": back})
    html = render.replies(shown, back, key)
    return web.Response(text=html, content_type="text/html")


def notice(text: str, tone: Tone) -> Shown:
    """Return a line for the person who asked."""
    return Shown("notice", render.notice(text, tone))


def below(name: str, words: str, shown: Shown) -> Shown:
    """Return a notice that stands in the open form, below the input whose files are not taken."""
    return msgspec.structs.replace(shown, refused=Refused(name, words))


def wants_json(request: web.Request) -> bool:
    """Tell whether the page's script asks, and not the browser itself."""
    return "application/json" in request.headers.get("Accept", "")


def fragments(shown: list[Shown], status: int = 200) -> web.Response:
    """Answer the page's script."""
    body = msgspec.json.encode({"replies": shown})
    return web.Response(body=body, status=status, content_type="application/json")


@web.middleware
async def explain(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn an HTTP error into a page, or a notice, that says what to do."""
    try:
        return await handler(request)
    except web.HTTPError as error:
        return _explained(request, error.status)
    except UNREADABLE as error:
        # Its text quotes what was sent, so it is not logged.
        _tally.note("a request could not be read", error=type(error).__name__)
        return _explained(request, 400)
    except Exception:  # noqa: BLE001 - whatever fails behind the page, the page stays up
        # What comes behind the question mark may be the link's secret.
        path = clip(request.raw_path.partition("?")[0], LOGGED)
        _log.exception("a request failed", path=path)
        return _explained(request, 500)


def _one(reply: Reply, origin: Origin, key: str, most: int, zone: tzinfo) -> Shown:
    match reply:
        case Notice(text=text, tone=tone):
            return notice(text, tone)
        case Ask():
            return Shown("ask", render.form(reply, origin, most))
        case Update(card=card, barred=why):
            html = render.private(card, origin.message, origin.thread, zone, why)
            return Shown("update", html, origin.message)
        case Post(card=card, barred=why):
            id = f"private-{key}"
            return Shown("private", render.private(card, id, origin.thread, zone, why), id)


def _explained(request: web.Request, status: int) -> web.Response:
    title, text = _HELP.get(status, _FAILED)
    if wants_json(request):
        return fragments([notice(f"{title}. {text}", Tone.WARNING)], status)
    return web.Response(text=render.error(title, text), status=status, content_type="text/html")
