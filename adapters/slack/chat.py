"""Slack as a chat: posting once, at Slack's pace, and finding what was posted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack import render
from adapters.slack.shapes import Json
from bot.domain.files import Upload
from bot.errors import ChatError, MessageGone, StoreError
from bot.ports import MessageRef, Outgoing
from bot.ui.cards import Card

log = structlog.get_logger(__name__)

Read = Callable[[str], Awaitable[bytes]]

EVENT = "brandwarden"
"""The kind of our metadata: it carries the message's key."""
PACE = 1.05
"""Seconds between two posts in one channel: Slack's rule is one, and the network is uneven."""
PAGE = 200
PAGES = 5
"""Messages in one reading of the history, and readings in a search."""
LITERAL: Json = {"parse": "none", "link_names": False}
UNFOLDED: Json = {"unfurl_links": False, "unfurl_media": False}
GONE = ("message_not_found", "thread_not_found", "cant_update_message")
CLOSED = ("not_in_channel", "channel_not_found", "is_archived")
TROUBLE = (SlackClientError, aiohttp.ClientError, OSError, TimeoutError)
"""What the SDK raises when Slack refuses or cannot be reached."""


class SlackChat:
    """Posts, edits and finds messages."""

    def __init__(self, client: AsyncWebClient, read: Read) -> None:
        """Post through the client, which must not repeat by itself: it would post twice."""
        self._client = client
        self._read = read
        self._free: dict[str, float] = {}
        """When the next post may go to a channel."""
        self.own = ""
        """Our own user id."""

    async def post(self, message: Outgoing) -> MessageRef:
        """Post a message, and its files after it; ``find`` makes up for files that failed."""
        thread = message.thread.id if message.thread else None
        metadata = {"event_type": EVENT, "event_payload": {"key": message.key}}
        await self._keep_pace(message.channel)
        with _translated():
            done = await self._client.chat_postMessage(
                channel=message.channel,
                thread_ts=thread,
                reply_broadcast=bool(thread and message.ping) or None,
                metadata=metadata,
                **render.message(message.card),
                **LITERAL,
                **UNFOLDED,
            )
            self._rest(message.channel)
            await self._upload(message, message.files)
        return MessageRef(message.channel, str(done["ts"]))

    async def edit(self, ref: MessageRef, card: Card) -> None:
        """Show another card in the message's place."""
        with _translated():
            await self._client.chat_update(
                channel=ref.channel, ts=ref.id, **render.message(card), **LITERAL
            )

    async def find(self, message: Outgoing) -> MessageRef | None:
        """Look for the message's key in the history of its channel or thread.

        Files that did not get there after it are posted now. They are known by their names, for
        Slack lets them carry no key.
        """
        with _translated():
            said = [found async for found in self._said(message)]
            posted = next((str(each["ts"]) for each in said if _key(each) == message.key), "")
            if not posted:
                return None
            later = [each for each in said if float(each["ts"]) > float(posted)]
            shown = {file.get("name") for each in later for file in each.get("files", ())}
            await self._upload(message, [each for each in message.files if each.name not in shown])
        return MessageRef(message.channel, posted)

    async def _said(self, message: Outgoing) -> AsyncIterator[Json]:
        """Give what we said ourselves in the channel or thread."""
        cursor = ""
        for _ in range(PAGES):
            try:
                page = await self._page(message, cursor)
            except SlackApiError as error:
                if reason(error) in GONE:
                    return  # To post there says so too, and there it is taken care of.
                raise
            for found in page["messages"]:
                if found.get("user") == self.own:
                    yield found
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return

    async def _page(self, message: Outgoing, cursor: str) -> Json:
        if message.thread is None:
            page = await self._client.conversations_history(
                channel=message.channel,
                limit=PAGE,
                cursor=cursor or None,
                include_all_metadata=True,
            )
        else:
            page = await self._client.conversations_replies(
                channel=message.channel,
                ts=message.thread.id,
                limit=PAGE,
                cursor=cursor or None,
                include_all_metadata=True,
            )
        return dict(page.data) if isinstance(page.data, dict) else {"messages": []}

    async def _upload(self, message: Outgoing, files: Sequence[Upload]) -> None:
        parts: list[Json] = []
        for file in files:
            try:
                parts.append({"filename": file.name, "content": await self._read(file.content)})
            except StoreError as error:
                log.warning("file not shown", message=message.key, error=str(error))
        if parts:
            await self._keep_pace(message.channel)
            thread = message.thread.id if message.thread else None
            await self._client.files_upload_v2(
                channel=message.channel, thread_ts=thread, file_uploads=parts
            )

    def _rest(self, channel: str) -> None:
        """Count the pace from now: Slack counts from when a post arrives, which may be later."""
        arrived = asyncio.get_running_loop().time()
        self._free[channel] = max(self._free[channel], arrived + PACE)

    async def _keep_pace(self, channel: str) -> None:
        now = asyncio.get_running_loop().time()
        turn = max(now, self._free.get(channel, now))
        self._free[channel] = turn + PACE
        await asyncio.sleep(turn - now)


def _key(found: Json) -> str:
    metadata = found.get("metadata") or {}
    if metadata.get("event_type") != EVENT:
        return ""
    return str(metadata.get("event_payload", {}).get("key", ""))


def reason(error: SlackApiError) -> str:
    """Return Slack's own word for what is wrong; empty if it was not Slack who answered."""
    data = error.response.data if isinstance(error.response, AsyncSlackResponse) else None
    return str(data.get("error", "")) if isinstance(data, dict) else ""


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except SlackApiError as error:
        why = reason(error)
        if why in GONE:
            raise MessageGone from error
        if why == "ratelimited":
            seconds = error.response.headers.get("Retry-After", "1")
            message = "Slack asks to slow down."
            raise ChatError(message, float(seconds)) from error
        if why in CLOSED:
            message = "I am not in that channel: type /invite @Brandwarden there."
            raise ChatError(message) from error
        message = f"Slack refused ({why or 'it is in trouble'})."
        raise ChatError(message) from error
    except TROUBLE as error:
        message = f"Slack could not be reached ({type(error).__name__})."
        raise ChatError(message) from error
