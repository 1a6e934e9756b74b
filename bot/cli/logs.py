"""The log: where it goes, how it looks, and who may speak in it."""

from __future__ import annotations

import logging
import sys
import time

import stamina.instrumentation
import structlog
from structlog.typing import EventDict, WrappedLogger

from bot.core.text import plain

BEGINNING = 30
"""So many characters tell one thing that asyncio says from another."""
PAUSE = 60.0
"""Seconds until it may say the same again."""
SEVERAL_LINES = ("exception", "stack")
"""Of what is logged: all else is a line, so that nobody from outside can make up another."""


def set_up_logs(level: str) -> None:
    """Log to standard error: for people on a terminal, one JSON object a line elsewhere.

    Libraries are heard from warnings on, whatever the level: at INFO, httpx logs every address
    that is asked and APScheduler every job. Tracebacks show no local variables, which may be
    secrets.
    """
    number = logging.getLevelNamesMapping()[level.upper()]
    shared: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    rendered: list[structlog.typing.Processor] = [
        structlog.processors.format_exc_info,
        _harmless,
        _renderer(),
    ]
    structlog.configure(
        processors=[*shared, *rendered],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendered],
        )
    )
    handler.addFilter(Seldom())
    logging.basicConfig(handlers=[handler], level=max(number, logging.WARNING), force=True)
    # The client logs what Amazon refuses; stamina would say it again with the arguments.
    stamina.instrumentation.set_on_retry_hooks([])


class Seldom(logging.Filter):
    """Lets each thing that asyncio says pass once a minute: out of files, it says it without end.

    What it says names a socket, so only how it begins tells one thing from another.
    """

    def __init__(self) -> None:
        """Begin with nothing said."""
        super().__init__()
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether it may be logged."""
        if record.name != "asyncio":
            return True
        begins, now = record.getMessage()[:BEGINNING], time.monotonic()
        if now - self._said.get(begins, -PAUSE) < PAUSE:
            return False
        self._said[begins] = now
        return True


def _harmless(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Take out of every text what steers a terminal: much of it comes from outside."""
    for key, value in event.items():
        if isinstance(value, str):
            lines = value if key in SEVERAL_LINES else " ".join(value.splitlines())
            event[key] = plain(lines)
    return event


def _renderer() -> structlog.typing.Processor:
    if sys.stderr.isatty():
        # Its default shows local variables where rich is installed.
        return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    return structlog.processors.JSONRenderer()
