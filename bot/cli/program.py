"""The program that runs: on the data of the settings, or the demo beside it."""

from __future__ import annotations

from adapters.control.client import Client, running
from adapters.control.operations import SOCKET
from bot.cli.serving import DEMO
from bot.settings import Settings


async def running_program(settings: Settings) -> Client | None:
    """Return the running program, or the running demo; None: neither runs."""
    for folder in (settings.data_dir, settings.data_dir / DEMO):
        if client := await running(folder / SOCKET):
            return client
    return None
