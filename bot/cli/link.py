"""How a chat's app is made (``link``, ``<chat>-manifest``), and the local page opened."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer

from bot.bootstrap.chats import app_forms
from bot.cli.control import NEW_LINK, LinkRequest
from bot.cli.output import complain
from bot.cli.program import running_program
from bot.cli.start import FAILED, begin, finish
from bot.core.text import one_line
from bot.errors import UserError
from bot.settings import Settings

MANIFEST = "-manifest"
"""Ends the name of the command that prints the manifest of a chat's app."""
LONGEST = 40
"""Characters of a chat's name."""
NOT_RUNNING = (
    "Brandwarden is not running with the data in {folder}. Start it to get a link to its page."
)


def link(
    chat: Annotated[str, typer.Argument(metavar="CHAT", help="The chat's name.")],
    manifest: Annotated[
        bool, typer.Option("--manifest", help="Print the app's manifest as JSON instead.")
    ] = False,
) -> None:
    """Print the link that creates a chat app.

    The app comes with all the permissions and commands it needs.
    """
    forms = app_forms(begin("error").commands)
    if chat not in forms:
        near = get_close_matches(chat.lower(), forms, 1)
        hint = f"Did you mean {near[0]}?" if near else f"Choose one of: {', '.join(forms)}."
        message = f"Unknown chat {one_line(chat, LONGEST)!r}. {hint}"
        raise typer.BadParameter(message, param_hint="CHAT")
    typer.echo(forms[chat].manifest if manifest else forms[chat].link)


def write_manifest(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Option("--write", metavar="FILE", help="Write the manifest to a file.")
    ] = None,
) -> None:
    """Print the chat app's manifest as JSON.

    Paste it into the app's page, to create the app or to update its permissions and commands.
    """
    chat = (context.info_name or "").removesuffix(MANIFEST)
    manifest = app_forms(begin("error").commands)[chat].manifest
    if file is None:
        typer.echo(manifest)
        return
    try:
        file.write_text(f"{manifest}\n", "utf-8")
    except OSError as error:
        complain(f"Could not write {file} ({error.strerror}). Choose another file.")
        raise typer.Exit(FAILED) from None
    typer.echo(f"Wrote {file}.")


def page_link() -> None:
    """Print a new link to the local page.

    Brandwarden must be running. The link works once, within ten minutes.
    """
    finish(_page_link(begin("error")))


async def _page_link(settings: Settings) -> None:
    program = await running_program(settings)
    if program is None:
        raise UserError(NOT_RUNNING.format(folder=settings.data_dir))
    typer.echo((await program.ask(NEW_LINK, LinkRequest())).link)
