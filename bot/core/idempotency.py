"""A delivery that comes twice: what was asked happens once, and both deliveries get one answer.

While the process runs, ``IdempotencyStore`` gives the second delivery the answer of the first, for
what only showed something, too. After a restart, and for what is long past, HANDLED counts: it is
written in the transaction of what was done, and a second delivery is told that it is done already.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import msgspec

from bot.core.collections import HANDLED, Handled
from bot.core.interactions import Reply
from bot.core.store import Transaction

REMEMBERED = 1000
"""Answers that are kept, of all chats together; a chat delivers again within minutes."""

Work = Callable[[], Awaitable[Sequence[Reply]]]


class Response(msgspec.Struct, frozen=True):
    """What a delivery gets."""

    replies: Sequence[Reply]
    repeated: bool = False
    """An earlier delivery has got the same: what it has shown must not be shown again."""


class IdempotencyStore:
    """Remembers the answers to the latest interactions, and those still on their way."""

    def __init__(self, most: int = REMEMBERED) -> None:
        """Forget the oldest answer when there are more than ``most``."""
        self._most = most
        self._under_way: dict[str, asyncio.Task[Sequence[Reply]]] = {}
        self._answers: OrderedDict[str, Sequence[Reply]] = OrderedDict()

    async def once(self, id: str, work: Work) -> Response:
        """Do the work on the first delivery of this id; on others return, or await, its answer.

        What the work raises reaches all that wait and is not remembered: the next delivery of the
        id does its work.
        """
        if id in self._answers:
            return Response(self._answers[id], repeated=True)
        repeated = id in self._under_way
        if not repeated:
            self._under_way[id] = asyncio.create_task(self._do(id, work))
        # Whoever hangs up must not stop what another one waits for.
        return Response(await asyncio.shield(self._under_way[id]), repeated=repeated)

    async def _do(self, id: str, work: Work) -> Sequence[Reply]:
        try:
            replies = await work()
        finally:
            del self._under_way[id]
        self._answers[id] = replies
        if len(self._answers) > self._most:
            self._answers.popitem(last=False)
        return replies


async def is_done(tx: Transaction, id: str) -> bool:
    """Tell whether what the interaction wrote is stored."""
    return await tx.get(HANDLED, id) is not None


def record_done(tx: Transaction, id: str, at: datetime) -> None:
    """Record, with what the interaction writes, that it is done."""
    tx.create(HANDLED, Handled(id, at.date().isoformat()))
