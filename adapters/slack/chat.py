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
PAGES = 25
"""Messages in one reading, and readings in a channel: so much may be said while we are down."""
LITERAL: Json = {"parse": "none", "link_names": False}
UNFOLDED: Json = {"unfurl_links": False, "unfurl_media": False}
GONE = ("message_not_found", "thread_not_found", "cant_update_message")
OUTSIDE = "I am not in that channel: type /invite @Brandwarden there."
TOLD = {
    "not_in_channel": OUTSIDE,
    "channel_not_found": OUTSIDE,
    "is_archived": "That channel is archived: type /brand settings channel here in another one.",
}
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
        await self._keep_pace(message.channel)
        with _translated():
            done = await self._client.chat_postMessage(
                channel=message.channel,
                thread_ts=thread,
                reply_broadcast=bool(thread and message.ping) or None,
                metadata={"event_type": EVENT, "event_payload": {"key": message.key}},
                **render.message(message.card),
                **LITERAL,
                **UNFOLDED,
            )
            self._rest(message.channel)
            posted = MessageRef(message.channel, str(done["ts"]))
            await self._upload(message, message.thread or posted, message.files)
        return posted

    async def edit(self, ref: MessageRef, card: Card) -> None:
        """Show another card in the message's place."""
        with _translated():
            await self._client.chat_update(
                channel=ref.channel, ts=ref.id, **render.message(card), **LITERAL
            )

    async def find(self, message: Outgoing) -> MessageRef | None:
        """Look for the message's key in its thread, or in the latest 5,000 messages of its channel.

        Files that did not get there after it are posted now. They stand in its thread, or in the
        one below it, and are known there by their names, for Slack lets them carry no key: what
        else goes there waits until this message is done.
        """
        with _translated():
            async for said in self._said(message.channel, message.thread):
                if _key(said) == message.key:
                    posted = MessageRef(message.channel, str(said["ts"]))
                    await self._make_up(message, posted)
                    return posted
        return None

    async def _make_up(self, message: Outgoing, posted: MessageRef) -> None:
        if not message.files:
            return
        head = message.thread or posted
        shown: set[str] = set()
        async for said in self._said(message.channel, head, since=posted.id):
            # The thread's head comes first, whatever the time.
            if float(said["ts"]) > float(posted.id):
                shown |= {str(file.get("name")) for file in said.get("files", ())}
        lost = [file for file in message.files if file.shown_name not in shown]
        await self._upload(message, head, lost)

    async def _said(
        self, channel: str, thread: MessageRef | None, since: str = ""
    ) -> AsyncIterator[Json]:
        """Give what we said: in a channel the latest first, in a thread from ``since`` to its end.

        Slack pages through a thread from its beginning only.
        """
        asked: Json = {"channel": channel, "limit": PAGE, "include_all_metadata": True}
        number = 0
        try:
            if thread is None:
                pages = await self._client.conversations_history(**asked)
            else:
                pages = await self._client.conversations_replies(
                    ts=thread.id, oldest=since or None, **asked
                )
            async for page in pages:
                for said in page["messages"]:
                    if said.get("user") == self.own:
                        yield said
                number += 1
                if thread is None and number == PAGES:
                    return
        except SlackApiError as error:
            # To post there says so too, and there it is taken care of.
            if reason(error) not in GONE:
                raise

    async def _upload(self, message: Outgoing, head: MessageRef, files: Sequence[Upload]) -> None:
        parts: list[Json] = []
        for file in files:
            try:
                content = await self._read(file.shown)
                parts.append({"filename": file.shown_name, "content": content})
            except StoreError as error:
                log.warning("file not shown", message=message.key, error=str(error))
        if parts:
            await self._keep_pace(message.channel)
            await self._client.files_upload_v2(
                channel=message.channel, thread_ts=head.id, file_uploads=parts
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
        message = TOLD.get(why, f"Slack refused ({why or 'it is in trouble'}).")
        raise ChatError(message) from error
    except TROUBLE as error:
        message = f"Slack could not be reached ({type(error).__name__})."
        raise ChatError(message) from error
