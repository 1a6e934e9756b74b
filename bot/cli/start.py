"""What every command begins and ends with: settings, logs, output, errors told in a sentence."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Coroutine
from typing import Annotated, TypeVar

import msgspec
import typer
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from rich.console import Console

from bot.cli.logs import set_up_logs
from bot.errors import BrandwardenError
from bot.settings import PREFIX, Settings

T = TypeVar("T")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]
errors = Console(stderr=True, highlight=False)

WRONG_USE = 2
"""Exit code: the settings or what was typed must change first."""


def begin(log_level: str = "") -> Settings:
    """Read the settings and set up the log; exits with what is wrong with them.

    ``log_level`` quietens a command, unless the settings ask for everything.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        # Without what was given: it may be a secret in the wrong place.
        for wrong in error.errors(include_input=False, include_url=False):
            complain(_sentence(wrong))
        raise typer.Exit(WRONG_USE) from None
    except (OSError, UnicodeDecodeError) as error:
        complain(f"The file .env could not be read as UTF-8 text ({type(error).__name__}).")
        raise typer.Exit(WRONG_USE) from None
    quiet = log_level and settings.log_level != "debug"
    set_up_logs(log_level if quiet else settings.log_level)
    return settings


def finish(work: Coroutine[None, None, T]) -> T:
    """Run the work; an error that people can do something about is told and ends the program."""
    try:
        return asyncio.run(work)
    except BrandwardenError as error:
        complain(str(error))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        complain(f"{where}{error.strerror or error}")
    raise typer.Exit(1)


def tell(answer: object) -> None:
    """Print JSON on standard output: one document, a line, UTF-8 wherever it goes."""
    typer.echo(msgspec.json.encode(answer))


def complain(text: str) -> None:
    """Print what is wrong on standard error."""
    errors.print(text, style="red", markup=False, soft_wrap=True)


def port_trouble(port: int, error: OSError) -> str:
    """Say why the page's port could not be used, and what to do."""
    if error.errno != errno.EADDRINUSE:
        why = f"Port {port} may not be used ({error.strerror})."
        return f"{why} Set {PREFIX}WEB_PORT to a number above 1023."
    return (
        f"Port {port} is taken, perhaps by another Brandwarden. Stop it, or set "
        f"{PREFIX}WEB_PORT to another number."
    )


def _sentence(wrong: ErrorDetails) -> str:
    """Say which setting is wrong, why, and what it is for."""
    field = str(wrong["loc"][0])
    why = wrong["msg"].removeprefix("Value error, ")
    meaning = Settings.model_fields[field].description
    return f"{PREFIX}{field.upper()} is wrong: {why[:1].lower()}{why[1:]}. ({meaning})"
