"""The web application and how it is served, on this machine alone."""

from __future__ import annotations

from aiohttp import web

from adapters.http.lines import LineSite
from adapters.web.answers import explain
from adapters.web.attachments import PATH, PICTURE, Files
from adapters.web.auth import PUBLIC, same_origin, session
from adapters.web.browsing import ROW, SEARCHED, TABLE, THREAD_OF, Browsing
from adapters.web.inbound import Actions
from adapters.web.outbound import WebChat
from adapters.web.pages import Pages
from adapters.web.policy import harden
from adapters.web.prices import PRICES, PRICES_PICTURE, PricePages
from adapters.web.product_pictures import OF_CARD, OF_PRODUCT, ProductPicturePages
from adapters.web.site import BeginIntake, Find, Handle, Read, Site
from adapters.web.statics import FOLDER, STATIC
from bot.core.clocks import Clock


def create_app(
    chat: WebChat,
    handle: Handle,
    site: Site,
    *,
    intake: BeginIntake,
    read: Read,
    find: Find,
    now: Clock,
) -> web.Application:
    """Put the application together.

    ``handle`` answers, ``intake`` begins to take files in, ``read`` gives their bytes,
    ``find`` tells which bytes a form shows, and ``now`` is UTC.
    """
    app = web.Application(
        middlewares=[explain, same_origin, session(site)], client_max_size=site.limits.small
    )
    app[PUBLIC] = site.public
    pages = Pages(site, chat)
    prices = PricePages(site)
    browsing = Browsing(site, chat)
    files = Files(chat, read, find)
    pictures = ProductPicturePages(site, chat)
    actions = Actions(site, chat, handle, intake, now)
    app.add_routes(
        [
            web.get("/", pages.channel),
            web.get("/threads/{id}", pages.thread),
            web.get(PRICES, prices.page),
            web.get(PRICES_PICTURE, prices.picture),
            web.get(OF_PRODUCT, pictures.of_product),
            web.get(OF_CARD, pictures.of_card),
            web.get("/events", pages.events),
            web.get(PATH, files.file),
            web.get(PICTURE, files.picture),
            web.post("/commands", actions.command),
            web.post("/clicks", actions.click),
            web.post("/submissions", actions.submission),
            web.post("/persona", actions.persona),
            web.static(STATIC, FOLDER),
            web.get(THREAD_OF, browsing.thread_of),
            web.get(SEARCHED, browsing.search),
            # Last: these take whatever nothing else does.
            web.get(TABLE, browsing.table),
            web.get(ROW, browsing.row),
            web.post(TABLE, actions.rows),
        ]
    )

    async def let_go(_: web.Application) -> None:
        chat.live.close()

    app.on_response_prepare.append(harden(site))
    app.on_shutdown.append(let_go)
    return app


async def serve(app: web.Application, port: int, host: str = "127.0.0.1") -> web.AppRunner:
    """Serve the application and return what ``cleanup`` stops.

    Port 0 takes a free one; ``address_of`` tells which.

    Raises:
        ValueError: the host is not this machine.
        OSError: another program uses the port.
    """
    if host not in ("127.0.0.1", "localhost"):
        message = f"The page works only on this machine: use 127.0.0.1, not {host}."
        raise ValueError(message)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    try:
        await LineSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    return runner


def address_of(runner: web.AppRunner) -> str:
    """Return where the page is served."""
    host, port = runner.addresses[0][:2]
    return f"http://{host}:{port}"
