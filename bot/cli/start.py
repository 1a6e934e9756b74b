"""What every command begins and ends with: settings, logs, output, errors told in a sentence."""

from __future__ import annotations

import asyncio
import errno
import os
import sys
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import structlog
import typer

from adapters.storage.memory import return_memory
from bot.bootstrap.chat_platforms import SETTINGS
from bot.cli.configuration import Configuration, read_configuration
from bot.cli.logs import set_up_logs
from bot.cli.output import complain
from bot.core.secret_files import secret_origins
from bot.errors import BrandwardenError, DiskError
from bot.settings import PREFIX, Settings

T = TypeVar("T")

THREADS = "work"
"""Begins the names of threads in which something is worked out or written."""
MOMENT, MOMENTS = 0.02, 10
"""So long, and so often, they are given to end when the program does."""

log = structlog.get_logger(__name__)


WRONG_USE = 2
"""Exit code: the settings or what was typed must change first."""
FAILED = 1
"""Exit code: it did not work, and standard error says why."""
DISK_FAILED = 74
"""Exit code (EX_IOERR of sysexits.h): the disk takes no changes. A supervisor may start the program
again; if the disk is still broken, it ends at once."""


def begin(log_level: str = "") -> Settings:
    """Read the settings and set up the log; exits with what is wrong with them.

    ``log_level`` quietens a command, unless the settings ask for everything.
    """
    configuration = look(log_level)
    for each in configuration.wrong:
        complain(str(each))
    if configuration.wrong:
        raise typer.Exit(WRONG_USE)
    return configuration.settings


def look(log_level: str = "") -> Configuration:
    """Begin as ``begin`` does, and leave it to the command what is wrong with the settings."""
    return_memory()
    # What is made from here on is for the user alone: data, evidence, cookies of the page.
    os.umask(0o077)
    try:
        configuration = read_configuration()
    except OSError as error:
        complain(f"Could not read .env ({error.strerror}). Check its permissions.")
        raise typer.Exit(WRONG_USE) from None
    except UnicodeDecodeError:
        complain("The file .env is not UTF-8 text. Save it as UTF-8.")
        raise typer.Exit(WRONG_USE) from None
    level = configuration.settings.log_level
    set_up_logs(log_level if log_level and level != "debug" else level)
    for origin in (each for part in SETTINGS for each in secret_origins(part) if each.exposed):
        log.warning("others can read a secret", setting=origin.name, file=str(origin.file))
    return configuration


def finish(work: Coroutine[None, None, T]) -> T:
    """Run the work; an error that people can do something about is told and ends the program."""
    try:
        return asyncio.run(work)
    except (BrandwardenError, OSError) as error:
        raise typer.Exit(_told(error)) from None


def finish_soon(work: Coroutine[None, None, None]) -> None:
    """Run the work as ``finish`` does; once it has ended, no thread holds up the end."""
    code = asyncio.run(_ending(work))
    if code:
        raise typer.Exit(code)


async def _ending(work: Coroutine[None, None, None]) -> int:
    """Run the work and return the exit code; where a thread still works, the program ends here.

    A thread cannot be stopped, and Python waits for it. Whatever it writes, a kill must not harm.
    """
    threads = ThreadPoolExecutor(thread_name_prefix=THREADS)
    asyncio.get_running_loop().set_default_executor(threads)
    code = 0
    try:
        await work
    except (BrandwardenError, OSError) as error:
        code = _told(error)
    threads.shutdown(wait=False, cancel_futures=True)
    if not await _all_ended():
        log.warning("ended though a thread still worked")
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


async def _all_ended() -> bool:
    """Give threads a moment to end; tell whether all of them did."""
    for _ in range(MOMENTS):
        if not any(thread.name.startswith(THREADS) for thread in threading.enumerate()):
            return True
        await asyncio.sleep(MOMENT)
    return False


def _told(error: BrandwardenError | OSError) -> int:
    """Print what is wrong, and return the exit code."""
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        complain(f"{where}{error.strerror or error}")
    else:
        complain(str(error))
    return DISK_FAILED if isinstance(error, DiskError) else FAILED


def port_trouble(port: int, error: OSError) -> str:
    """Say why the page's port could not be used, and what to do."""
    if error.errno != errno.EADDRINUSE:
        why = f"Could not use port {port} ({error.strerror})."
        return f"{why} Set {PREFIX}WEB_PORT to a number above 1023."
    return (
        f"Port {port} is in use, perhaps by another Brandwarden. Stop it, or set "
        f"{PREFIX}WEB_PORT to another number."
    )
