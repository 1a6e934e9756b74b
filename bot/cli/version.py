"""``version``: which Brandwarden this is."""

from __future__ import annotations

import typer

from bot import __version__
from bot.cli.output import AsJson, tell

VERSION = f"Brandwarden {__version__}"


def version(as_json: AsJson = False) -> None:
    """Print the version."""
    if as_json:
        tell({"version": __version__})
    else:
        typer.echo(VERSION)


def show_version(wanted: bool) -> None:
    """Print the version and end, where ``--version`` was typed."""
    if wanted:
        version()
        raise typer.Exit
