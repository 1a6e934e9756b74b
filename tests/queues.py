"""A queue of Amazon SQS on this machine, as moto serves it in a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from urllib.parse import urlsplit

from bot.core.queue_address import QueueAddress

KEY, SECRET = "AKIAEXAMPLE", "secret-access-key-value"


@contextmanager
def moto_server() -> Iterator[str]:
    """Serve AWS on a free port as long as the block lasts; gives its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert process.stderr is not None
    try:
        lines = iter(process.stderr.readline, "")
        found = next(filter(None, (re.search(r"http://127\.0\.0\.1:\d+", line) for line in lines)))
        with open_drain(process):
            yield found[0]
    finally:
        process.terminate()
        process.wait()
        process.stderr.close()


@contextmanager
def open_drain(process: subprocess.Popen[str]) -> Iterator[None]:
    """Read what the server says, so that it never waits for a reader."""
    import threading

    assert process.stderr is not None
    reader = threading.Thread(target=process.stderr.read, daemon=True)
    reader.start()
    yield
    process.terminate()
    reader.join()


@asynccontextmanager
async def aws(base: str) -> AsyncIterator[Any]:
    """Give a client that does what Amazon and the team do with the queue."""
    from aiobotocore.session import get_session

    async with get_session().create_client(
        "sqs",
        region_name="us-east-1",
        endpoint_url=base,
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
    ) as client:
        yield client


async def new_queue(base: str, name: str, **attributes: str) -> QueueAddress:
    """Make a queue."""
    async with aws(base) as client:
        made: Mapping[str, str] = await client.create_queue(QueueName=name, Attributes=attributes)
    return QueueAddress.of(f"{base}{urlsplit(made['QueueUrl']).path}")


async def send(base: str, address: QueueAddress, *texts: str) -> None:
    """Put messages into the queue."""
    async with aws(base) as client:
        for start in range(0, len(texts), 10):
            entries = [
                {"Id": str(place), "MessageBody": text}
                for place, text in enumerate(texts[start : start + 10])
            ]
            sent = await client.send_message_batch(QueueUrl=address.url, Entries=entries)
            assert not sent.get("Failed")


async def left(base: str, address: QueueAddress) -> int:
    """Return how many messages are in the queue, hidden ones too."""
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    async with aws(base) as client:
        got = await client.get_queue_attributes(QueueUrl=address.url, AttributeNames=names)
    return sum(int(got["Attributes"][name]) for name in names)
