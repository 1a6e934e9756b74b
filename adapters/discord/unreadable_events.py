"""Events that discord.py cannot read are let go.

Its own error would leave ``connect()``, which has then ended: what people do until the next
connection stands would be lost, and an event that comes with each connection would keep us out for
ever. discord.py has no place of its own between its socket and its parsers, so this page, and no
other, touches its private part: the table of the parsers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import aiohttp
import discord
import structlog

from adapters.discord import CHAT

log = structlog.get_logger(__name__)

MALFORMED = (AttributeError, LookupError, TypeError, ValueError)
"""What comes of reading something that has not the shape it should have."""

UNHEARD = (discord.DiscordException, aiohttp.ClientError, OSError, RuntimeError)
"""Discord refused, or could not be reached; RuntimeError: the connection was just closed."""

NEEDED = ("READY", "RESUMED")
"""Without these there is no session: it is better begun anew."""


def tolerate(client: discord.Client, unread: Callable[[str, object], None]) -> None:
    """Let the client go on behind an event that it cannot read, and pass that to ``unread``."""
    parsers = client._connection.parsers
    parsers |= {
        event: partial(_read, event, parse, unread)
        for event, parse in parsers.items()
        if event not in NEEDED
    }


def _read(
    event: str,
    parse: Callable[[Any], None],
    unread: Callable[[str, object], None],
    data: object,
) -> None:
    try:
        parse(data)
    except MALFORMED as error:
        log.warning("event not understood", chat=CHAT, kind=event, error=repr(error)[:200])
        unread(event, data)
