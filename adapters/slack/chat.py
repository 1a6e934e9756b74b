"""Slack as a chat: posting once, at Slack's pace, and finding what was posted."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import render
from adapters.slack.shapes import Json
from bot.domain.files import Upload
from bot.errors import ChatError, MessageGone, StoreError
from bot.ports import MessageRef, Outgoing
from bot.ui.cards import Card
from bot.ui.text import clip

log = structlog.get_logger(__name__)

Read = Callable[[str], Awaitable[bytes]]

EVENT = "brandwarden"
"""The kind of our metadata: it carries the message's key, and no other message of ours has it."""
PACE = 1.05
"""Seconds between two posts in one channel: Slack's rule is one, and the network is uneven."""
PAGE = 200
PAGES = 25
"""Messages in one reading, and readings in a channel: so much may be said while we are down."""
ALT = 1000
"""Characters of what stands for a picture."""
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


@dataclass
class SlackChat:
    """Posts, edits and finds messages."""

    client: AsyncWebClient
    """It must not repeat by itself, for that would post twice."""
    read: Read
    own: str = ""
    """Our own user id."""
    _turns: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    async def post(self, message: Outgoing) -> MessageRef:
        """Post a message, and its files after it; ``find`` makes up for files that failed."""
        thread = message.thread.id if message.thread else None
        with _translated():
            async with self._turn(message.channel):
                done = await self.client.chat_postMessage(
                    channel=message.channel,
                    thread_ts=thread,
                    reply_broadcast=bool(thread and message.ping) or None,
                    metadata={"event_type": EVENT, "event_payload": {"key": message.key}},
                    **render.message(message.card),
                    **LITERAL,
                    **UNFOLDED,
                )
            posted = MessageRef(message.channel, str(done["ts"]))
            await self._upload(message, message.thread or posted, message.files)
        return posted

    async def edit(self, ref: MessageRef, card: Card, *, plain: bool = False) -> None:  # noqa: ARG002
        """Show another card in the message's place."""
        with _translated():
            await self.client.chat_update(
                channel=ref.channel, ts=ref.id, **render.message(card), **LITERAL
            )

    async def find(self, messages: Sequence[Outgoing]) -> Mapping[str, MessageRef]:
        """Look for each of the messages."""
        found = {message.key: await self._find_one(message) for message in messages}
        return {key: ref for key, ref in found.items() if ref is not None}

    async def close_thread(self, head: MessageRef) -> None:
        """Do nothing yet."""

    async def _find_one(self, message: Outgoing) -> MessageRef | None:
        """Look for the message's key in its thread, or in the latest 5,000 messages of its channel.

        Files that did not get there after it are posted now. They stand in its thread, or in the
        one below it, and are known there by their names, for Slack lets them carry no key: what
        else goes there waits until this message is done.
        """
        posted: MessageRef | None = None
        # Where something is gone, to post says so too, and there it is taken care of.
        with suppress(MessageGone), _translated():
            async for said in self._said(message.channel, message.thread):
                metadata = said.get("metadata") or {}
                if metadata.get("event_payload", {}).get("key") == message.key:
                    posted = MessageRef(message.channel, str(said["ts"]))
                    break
        if posted and message.files:
            with _translated():
                await self._make_up(message, posted)
        return posted

    async def _make_up(self, message: Outgoing, posted: MessageRef) -> None:
        head = message.thread or posted
        said = [each async for each in self._said(message.channel, head, since=posted.id)]
        shown = {file.get("name") for each in said for file in each.get("files", ())}
        lost = [file for file in message.files if file.shown_name not in shown]
        await self._upload(message, head, lost)

    async def _said(
        self, channel: str, thread: MessageRef | None, since: str | None = None
    ) -> AsyncIterator[Json]:
        """Give what we said: in a channel the latest first, in a thread its head and then the rest.

        Slack pages through a thread from its beginning only, or from ``since``.
        """
        asked: Json = {"channel": channel, "limit": PAGE, "include_all_metadata": True}
        if thread is None:
            pages = await self.client.conversations_history(**asked)
        else:
            pages = await self.client.conversations_replies(ts=thread.id, oldest=since, **asked)
        number = 0
        async for page in pages:
            for said in page["messages"]:
                if said.get("user") == self.own:
                    yield said
            number += 1
            if thread is None and number == PAGES:
                return

    async def _upload(self, message: Outgoing, head: MessageRef, files: Sequence[Upload]) -> None:
        parts: list[Json] = []
        for file in files:
            try:
                content = await self.read(file.shown)
            except StoreError as error:
                log.warning("file not shown", message=message.key, error=str(error))
                continue
            alt = clip(file.alt, ALT) or None
            parts.append({"filename": file.shown_name, "content": content, "alt_txt": alt})
        if parts:
            async with self._turn(message.channel):
                await self.client.files_upload_v2(
                    channel=message.channel, thread_ts=head.id, file_uploads=parts
                )

    @asynccontextmanager
    async def _turn(self, channel: str) -> AsyncIterator[None]:
        """Wait for the channel's turn; the next one comes a while after this post has arrived."""
        turn = self._turns[channel]
        await turn.acquire()
        try:
            yield
        finally:
            asyncio.get_running_loop().call_later(PACE, turn.release)


def reason(error: SlackApiError) -> str:
    """Return Slack's own word for what is wrong; empty if it was not Slack who answered."""
    data = getattr(error.response, "data", None)
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
