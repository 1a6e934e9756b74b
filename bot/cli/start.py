"""What every command begins with: settings, logs, and errors told in a sentence."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Coroutine
from typing import Annotated, TypeVar

import structlog
import typer
from pydantic import ValidationError
from rich.console import Console

from bot.errors import BrandwardenError
from bot.settings import PREFIX, Settings

T = TypeVar("T")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]
errors = Console(stderr=True, highlight=False)

WRONG_USE = 2
"""Exit code: the settings or what was typed must change first."""


def begin(log_level: str = "") -> Settings:
    """Read the settings and set up the log; exits with what is wrong with them."""
    try:
        settings = Settings()
    except ValidationError as error:
        for wrong in error.errors(include_input=False, include_url=False):
            name = PREFIX + "_".join(str(part) for part in wrong["loc"]).upper()
            _complain(f"{name}: {wrong['msg']}")
        raise typer.Exit(WRONG_USE) from None
    _set_up_logs(log_level or settings.log_level)
    return settings


def finish(work: Coroutine[None, None, T]) -> T:
    """Run the work; an error that people can do something about is told and ends the program."""
    try:
        return asyncio.run(work)
    except BrandwardenError as error:
        _complain(str(error))
        raise typer.Exit(1) from None
    except OSError as error:
        _complain(f"{error.strerror or error}")
        raise typer.Exit(1) from None


def _complain(text: str) -> None:
    errors.print(text, style="red", markup=False, soft_wrap=True)


def _set_up_logs(level: str) -> None:
    """Log to standard error: for people on a terminal, one JSON object a line elsewhere."""
    renderer: structlog.typing.Processor
    if sys.stderr.isatty():
        renderer = structlog.dev.ConsoleRenderer()
    else:
        renderer = structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
