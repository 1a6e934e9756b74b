"""``link`` and ``page-link``: how a chat's app is made, and how the local page is opened."""

from __future__ import annotations

from typing import Annotated

import typer

from adapters.control.client import running
from adapters.control.operations import SOCKET
from bot.bootstrap.chats import app_forms
from bot.cli.control import NEW_LINK, LinkRequest
from bot.cli.serving import DEMO
from bot.cli.start import begin, finish
from bot.errors import UserError
from bot.settings import Settings

NOT_RUNNING = (
    "Brandwarden does not run with the data in {folder}. Start it: it prints a link to its page."
)


def link(
    chat: Annotated[str, typer.Argument(help="The chat's name, as in docs/.")],
    manifest: Annotated[
        bool, typer.Option("--manifest", help="Print it as JSON, for an app that you have already.")
    ] = False,
) -> None:
    """Print the link that creates a chat's app.

    The app comes with all the permissions and commands that it needs.
    """
    forms = app_forms()
    if chat not in forms:
        message = f"There is a link for: {', '.join(forms)}."
        raise typer.BadParameter(message, param_hint="CHAT")
    typer.echo(forms[chat].manifest if manifest else forms[chat].link)


def page_link() -> None:
    """Print a new link to the local page.

    Brandwarden must be running. The link works once, within ten minutes.
    """
    finish(_page_link(begin("error")))


async def _page_link(settings: Settings) -> None:
    for folder in (settings.data_dir, settings.data_dir / DEMO):
        client = await running(folder / SOCKET)
        if client is not None:
            typer.echo((await client.ask(NEW_LINK, LinkRequest())).link)
            return
    raise UserError(NOT_RUNNING.format(folder=settings.data_dir))
