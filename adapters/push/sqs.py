"""Reads a queue of Amazon SQS.

A message that was received is hidden for a while, and comes again unless it is removed. So whoever
is killed in between is given it once more.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol, TypeVar

import msgspec
import structlog
from aiobotocore.config import AioConfig
from aiobotocore.session import get_session
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from adapters.push.failures import ANOTHER, ODD, unread
from bot.core.push import QueuedMessage
from bot.core.queue_address import QueueAddress
from bot.errors import Unavailable

AT_ONCE = 10
"""Messages in one answer; SQS gives no more."""
WAIT = 20
"""Seconds for which SQS waits for a first message; it waits no longer."""
HIDDEN = 60
"""Seconds in which a received message is not given to anybody, long enough to record it."""
TRIES = 3
CONNECT, SILENT = 10.0, 40.0
"""Seconds until a connection is there, and until an answer is, which may take ``WAIT``."""

log = structlog.get_logger(__name__)


UNREADABLE = (AttributeError, KeyError, TypeError, ValueError, ResponseParserError)
"""What the client's parser, or ours, makes of an answer that has another shape."""


class _Message(msgspec.Struct, frozen=True):
    receipt: str = msgspec.field(name="ReceiptHandle")
    body: str = msgspec.field(name="Body", default="")


class _Received(msgspec.Struct, frozen=True):
    messages: list[_Message] = msgspec.field(name="Messages", default_factory=list)


class _Removed(msgspec.Struct, frozen=True):
    failed: list[object] = msgspec.field(name="Failed", default_factory=list)


T = TypeVar("T", bound=msgspec.Struct)


class SqsClient(Protocol):
    """Those operations of aiobotocore's client, which has no types of its own, that are used."""

    async def receive_message(self, **asked: object) -> Mapping[str, Any]:
        """Receive messages."""
        ...

    async def delete_message_batch(self, **asked: object) -> Mapping[str, Any]:
        """Remove messages."""
        ...


class SqsQueue:
    """One queue; see `bot.core.push.NotificationQueue`."""

    def __init__(self, client: SqsClient, address: QueueAddress, wait: int = WAIT) -> None:
        """Read by ``client``; ``wait`` are the seconds in which a first message may come."""
        self._client = client
        self._address = address
        self._wait = wait

    async def receive(self) -> Sequence[QueuedMessage]:
        """Wait for messages, and return up to ten; see `bot.core.push.NotificationQueue`."""
        answer = await self._receive(AT_ONCE, self._wait, HIDDEN)
        return [QueuedMessage(each.receipt, each.body) for each in answer.messages]

    async def probe(self) -> None:
        """Try whether messages can be read, without keeping one from anybody.

        Raises:
            SourceError: they cannot; the sentence says what to do.
        """
        await self._receive(1, 0, 0)

    async def remove(self, messages: Sequence[QueuedMessage]) -> None:
        """Remove up to ten messages; see `bot.core.push.NotificationQueue`."""
        entries = [
            {"Id": str(place), "ReceiptHandle": message.receipt}
            for place, message in enumerate(messages)
        ]
        answer = await self._asked(
            self._client.delete_message_batch(QueueUrl=self._address.url, Entries=entries), _Removed
        )
        if answer.failed:
            # They come again, are known by then, and removed.
            log.info("messages stay in the queue", messages=len(answer.failed))

    async def _receive(self, most: int, wait: int, hidden: int) -> _Received:
        asked = self._client.receive_message(
            QueueUrl=self._address.url,
            MaxNumberOfMessages=most,
            WaitTimeSeconds=wait,
            VisibilityTimeout=hidden,
        )
        return await self._asked(asked, _Received)

    async def _asked(self, asked: Awaitable[Mapping[str, Any]], shape: type[T]) -> T:
        """Wait for the answer and read it. Raises SourceError."""
        try:
            answer = await asked
            # Its parser takes a web page for an answer without a message; this no page has.
            if not answer["ResponseMetadata"].get("RequestId"):
                raise Unavailable(ANOTHER)
            return msgspec.convert(answer, shape)
        except (ClientError, BotoCoreError) as error:
            raise unread(error, self._address) from None
        except UNREADABLE:
            raise Unavailable(ODD) from None


@asynccontextmanager
async def open_queue(
    address: QueueAddress,
    key_id: str = "",
    secret: str = "",
    *,
    wait: int = WAIT,
    tries: int = TRIES,
) -> AsyncIterator[SqsQueue]:
    """Open the queue, without asking anything of it yet; a request is sent so often at most.

    Without ``key_id``, the key comes from where AWS's own tools find it: the environment, a file of
    profiles, or the machine's role.
    """
    retries = {"mode": "standard", "total_max_attempts": tries}
    config = AioConfig(connect_timeout=CONNECT, read_timeout=SILENT, retries=retries)
    async with get_session().create_client(
        "sqs",
        region_name=address.region,
        endpoint_url=address.endpoint or None,
        aws_access_key_id=key_id or None,
        aws_secret_access_key=secret or None,
        config=config,
    ) as client:
        yield SqsQueue(client, address, wait)
