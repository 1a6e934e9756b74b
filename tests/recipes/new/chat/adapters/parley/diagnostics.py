"""What the doctor finds of Parley."""

from __future__ import annotations

from collections.abc import AsyncIterator

from adapters.parley.calls import Wire
from bot.core.chat_platform import Found
from bot.errors import UserError


async def examine(host: str, port: int, token: str) -> AsyncIterator[Found]:
    """Say whether the server takes the token."""
    wire = Wire(host, port, token)
    try:
        await wire.open()
    except (OSError, UserError) as error:
        yield "Parley", "wrong", str(error)
    else:
        yield "Parley", "fine", f"connected to {host}"
    finally:
        await wire.close()
