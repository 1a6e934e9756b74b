"""Opens the queue of Amazon's notifications, where one is set."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec

from bot.core.push import Push
from bot.core.queue_address import QueueAddress
from bot.errors import UserError
from bot.settings import PREFIX, Settings

LIBRARY = "aiobotocore"
NOT_INSTALLED = f"{PREFIX}PUSH_QUEUE_URL is set, but reading it needs more software. Run: make push"


def queue_of(settings: Settings) -> QueueAddress | None:
    """Return where notifications wait; None: no queue is set."""
    if not settings.push_queue_url:
        return None
    return QueueAddress.of(settings.push_queue_url, settings.push_region)


async def try_queue(settings: Settings) -> None:
    """Try whether the queue that is set can be read.

    Raises:
        UserError: more software is needed first.
        SourceError: it cannot be read; both say what to do.
    """
    async with open_push(settings) as push:
        if push.missing:
            raise UserError(push.missing)
        if push.queue is not None:
            await push.queue.probe()


@asynccontextmanager
async def open_push(settings: Settings) -> AsyncIterator[Push]:
    """Open the queue; nothing is asked of it yet, and what is missing is said."""
    address = queue_of(settings)
    if address is None:
        yield Push()
    elif find_spec(LIBRARY) is None:
        yield Push(missing=NOT_INSTALLED)
    else:
        from adapters.push.sqs import open_queue

        secret = settings.push_secret_access_key.get_secret_value()
        async with open_queue(address, settings.push_access_key_id, secret) as queue:
            yield Push(queue)
