"""The queue of notifications: read, removed, and every way to fail said in a sentence."""

from __future__ import annotations

import json
import socket
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing

import pytest
from aiohttp import web
from botocore.exceptions import NoCredentialsError

from adapters.push.failures import NO_KEY, NO_QUEUE, NOT_ALLOWED, WRONG_KEY, unread
from adapters.push.sqs import open_queue
from bot.core.push import QueuedMessage
from bot.core.queue_address import QueueAddress
from bot.errors import LoginError, SourceError, Unavailable
from tests.queues import KEY, SECRET, aws, left, moto_server, new_queue, send

JSON = "application/x-amz-json-1.0"

pytestmark = [pytest.mark.queue, pytest.mark.ci]


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with moto_server() as address:
        yield address


async def test_messages_are_read_and_removed(base: str) -> None:
    address = await new_queue(base, "read")
    await send(base, address, *(f"text {number}" for number in range(12)))
    async with open_queue(address, KEY, SECRET, wait=0) as queue:
        texts: list[str] = []
        while messages := await queue.receive():
            texts += [message.text for message in messages]
            await queue.remove(messages)
    assert sorted(texts) == sorted(f"text {number}" for number in range(12))
    assert await left(base, address) == 0


async def test_what_is_not_removed_is_hidden_and_comes_again(base: str) -> None:
    address = await new_queue(base, "again")
    await send(base, address, "text")
    async with open_queue(address, KEY, SECRET, wait=0) as queue:
        [message] = await queue.receive()
        assert await queue.receive() == []
        async with aws(base) as client:
            await client.change_message_visibility(
                QueueUrl=address.url, ReceiptHandle=message.receipt, VisibilityTimeout=0
            )
        assert [each.text for each in await queue.receive()] == ["text"]


async def test_a_message_that_is_gone_already_stops_nothing(base: str) -> None:
    address = await new_queue(base, "gone")
    await send(base, address, "text")
    async with open_queue(address, KEY, SECRET, wait=0) as queue:
        messages = await queue.receive()
        await queue.remove(messages)
        await queue.remove([*messages, QueuedMessage("never given out", "")])


async def test_a_queue_that_is_not_there_says_what_to_check(base: str) -> None:
    address = QueueAddress.of(f"{base}/123456789012/nowhere")
    async with open_queue(address, KEY, SECRET, wait=0) as queue:
        with pytest.raises(SourceError, match="There is no such queue") as caught:
            await queue.receive()
        assert str(caught.value) == NO_QUEUE
        with pytest.raises(SourceError, match="There is no such queue"):
            await queue.remove([QueuedMessage("receipt", "")])


async def test_where_nobody_answers_that_is_said() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    address = QueueAddress.of(f"http://127.0.0.1:{port}/123456789012/q")
    async with open_queue(address, KEY, SECRET, wait=0) as queue:
        with pytest.raises(Unavailable, match=r"Amazon SQS could not be reached: .*refused"):
            await queue.receive()


@pytest.mark.parametrize(
    ("status", "code", "kind", "says"),
    [
        (403, "AccessDeniedException", LoginError, NOT_ALLOWED),
        (403, "InvalidClientTokenId", LoginError, WRONG_KEY),
        (403, "SignatureDoesNotMatch", LoginError, WRONG_KEY),
        (400, "SomethingNew", Unavailable, "Amazon SQS answered with an error (SomethingNew)."),
    ],
)
async def test_what_aws_refuses_is_said_without_the_key(
    status: int, code: str, kind: type[SourceError], says: str
) -> None:
    body = {"__type": f"com.amazonaws.sqs#{code}", "message": f"{KEY} is {SECRET}"}
    async with answering(status, json.dumps(body), JSON) as address:
        with pytest.raises(kind) as caught:
            await received(address)
    assert str(caught.value) == says


@pytest.mark.parametrize("status", [200, 403, 503])
@pytest.mark.parametrize("body", ["<html>Sign in to the network</html>", "", "{", "[]", "7"])
async def test_an_answer_that_is_not_the_queues_is_no_empty_queue(status: int, body: str) -> None:
    async with answering(status, body, JSON) as address:
        with pytest.raises(SourceError, match=r"^Amazon SQS .*\.$"):
            await received(address)


@pytest.mark.parametrize("messages", [7, [7], [{}], [{"Body": "x"}], {"a": 1}])
async def test_messages_of_another_shape_are_told(messages: object) -> None:
    body = json.dumps({"Messages": messages})
    async with answering(200, body, JSON, {"x-amzn-requestid": "r-1"}) as address:
        with pytest.raises(SourceError, match="could not be read"):
            await received(address)


@asynccontextmanager
async def answering(
    status: int, body: str, kind: str, headers: Mapping[str, str] | None = None
) -> AsyncIterator[QueueAddress]:
    """Stand in the queue's place, and answer all requests the same."""

    async def answer(_: web.Request) -> web.Response:
        content = body.encode()
        return web.Response(status=status, body=content, content_type=kind, headers=headers)

    app = web.Application()
    app.router.add_post("/{rest:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield QueueAddress.of(f"http://127.0.0.1:{runner.addresses[0][1]}/123456789012/q")
    finally:
        await runner.cleanup()


async def received(address: QueueAddress) -> Sequence[QueuedMessage]:
    async with open_queue(address, KEY, SECRET, wait=0, tries=1) as queue:
        return await queue.receive()


def test_a_missing_key_is_asked_for() -> None:
    address = QueueAddress.of("https://sqs.us-east-1.amazonaws.com/123456789012/q")
    assert str(unread(NoCredentialsError(), address)) == NO_KEY
