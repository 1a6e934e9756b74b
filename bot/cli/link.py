"""``link``: how a chat's app is made."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.bootstrap.chats import app_forms


def link(
    chat: Annotated[str, typer.Argument(help="The chat's name, as in docs/.")],
    manifest: Annotated[
        bool, typer.Option("--manifest", help="Print it as JSON, for an app that you have already.")
    ] = False,
) -> None:
    """Print the link that makes a chat's app, with every permission and command that it needs."""
    forms = app_forms()
    if chat not in forms:
        message = f"There is a link for: {', '.join(forms)}."
        raise typer.BadParameter(message, param_hint="CHAT")
    typer.echo(forms[chat].manifest if manifest else forms[chat].link)
