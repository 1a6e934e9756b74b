"""Slack as a chat: posting once, at Slack's pace, and finding what was posted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack import render
from adapters.slack.shapes import Json
from bot.errors import ChatError, MessageGone
from bot.ports import MessageRef, Outgoing
from bot.ui.cards import Card

Read = Callable[[str], Awaitable[bytes]]

EVENT = "brandwarden"
"""The kind of our metadata: it carries the message's key."""
PACE = 1.0
"""Seconds between two posts in one channel; Slack's own rule."""
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
        self._last: dict[str, float] = {}
        self.own = ""
        """Our own user id."""

    async def post(self, message: Outgoing) -> MessageRef:
        """Post a message, and before it its files: a card that is found again has them."""
        thread = message.thread.id if message.thread else None
        metadata = {"event_type": EVENT, "event_payload": {"key": message.key}}
        uploads = [
            {"content": await self._read(file.content), "filename": file.name}
            for file in message.files
        ]
        with _translated():
            await self._keep_pace(message.channel)
            if uploads:
                await self._client.files_upload_v2(
                    channel=message.channel, thread_ts=thread, file_uploads=uploads
                )
            done = await self._client.chat_postMessage(
                channel=message.channel,
                thread_ts=thread,
                reply_broadcast=bool(thread and message.ping) or None,
                metadata=metadata,
                **render.message(message.card),
                **LITERAL,
                **UNFOLDED,
            )
        return MessageRef(message.channel, str(done["ts"]))

    async def edit(self, ref: MessageRef, card: Card) -> None:
        """Show another card in the message's place."""
        with _translated():
            await self._client.chat_update(
                channel=ref.channel, ts=ref.id, **render.message(card), **LITERAL
            )

    async def find(self, message: Outgoing) -> MessageRef | None:
        """Look for the message's key in the history of its channel or thread."""
        cursor = ""
        with _translated():
            for _ in range(PAGES):
                try:
                    page = await self._page(message, cursor)
                except SlackApiError as error:
                    if reason(error) in GONE:
                        return None
                    raise
                for found in page["messages"]:
                    if found.get("user") == self.own and _key(found) == message.key:
                        return MessageRef(message.channel, found["ts"])
                cursor = page.get("response_metadata", {}).get("next_cursor", "")
                if not cursor:
                    return None
        return None

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

    async def _keep_pace(self, channel: str) -> None:
        loop = asyncio.get_running_loop()
        wait = self._last.get(channel, 0) + PACE - loop.time()
        if wait > 0:
            await asyncio.sleep(wait)
        self._last[channel] = loop.time()


def _key(found: Json) -> str:
    metadata = found.get("metadata", {})
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
