"""Slack as a chat: posting once, at Slack's pace, and finding what was posted."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import msgspec
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import render
from adapters.slack.attachments import Read, Sharing
from adapters.slack.block_kit import Json
from adapters.slack.calls import TROUBLE, translated
from adapters.slack.history import Sighting
from adapters.slack.people import Workspace
from adapters.slack.refusals import Act
from adapters.slack.render import marked
from bot.core.cards import Card
from bot.core.chat import MessageRef, Outgoing, ThreadLink
from bot.core.files import Upload
from bot.errors import ChatError, MessageGone, Refusal

PACE = 1.05
"""Seconds between two posts in one channel: Slack's rule is one, and the network is uneven."""
PAGE = 200
PAGES = 25
"""Messages in one reading, and readings: so much may be said while we are down."""
LITERAL: Json = {"parse": "none", "link_names": False}
UNFOLDED: Json = {"unfurl_links": False, "unfurl_media": False}


@dataclass
class SlackChat:
    """Posts, edits and finds messages."""

    client: AsyncWebClient
    """It must not repeat by itself, for that would post twice."""
    workspace: Workspace
    read: Read
    _begun: float = field(default_factory=time.monotonic)
    _turns: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    async def post(self, message: Outgoing) -> MessageRef:
        """Post a message, and its files after it; ``find`` makes up for files that failed."""
        if message.private:
            message = await self._addressed(message)
        thread = message.thread.id if message.thread else None
        shown = render.content(
            message.card,
            plain=message.plain,
            beside=await self._link(message.beside),
            mentions=message.mentions,
            threads=await self._threads(message.threads),
        )
        async with self._turn(message.channel):
            with translated(Act.POST):
                done = await self.client.chat_postMessage(
                    channel=message.channel,
                    thread_ts=thread,
                    reply_broadcast=bool(thread and message.ping) or None,
                    metadata=marked(message.key),
                    **shown,
                    **LITERAL,
                    **UNFOLDED,
                )
                ts = done["ts"]
        if not ts:
            unsure = "Slack did not say where the message is."
            raise ChatError(unsure)
        posted = MessageRef(message.channel, str(ts))
        await self._share(message, message.thread or posted, message.files)
        return posted

    async def edit(self, ref: MessageRef, card: Card, *, plain: bool = False) -> None:
        """Show another card in the message's place."""
        shown = render.content(card, plain=plain)
        with translated(Act.EDIT):
            await self.client.chat_update(channel=ref.channel, ts=ref.id, **shown, **LITERAL)

    async def find(self, messages: Sequence[Outgoing]) -> Mapping[str, MessageRef]:
        """Look for the messages in their thread, or among the latest 5,000 of their channel.

        Files that did not get there after one are posted now. They stand in its thread, or in the
        one below it, and are known there by their names, for Slack lets them carry no key: what
        else goes there waits until this message is done.
        """
        if not messages:
            return {}
        if messages[0].private:
            messages = [await self._addressed(each) for each in messages]
        sighting = Sighting(messages)
        # Where something is gone, to post says so too, and there it is taken care of.
        with suppress(MessageGone):
            async for said in self._said(messages[0].channel, messages[0].thread):
                sighting.see(said)
                if sighting.complete:
                    break
        found = sighting.found()
        for message in messages:
            if message.files and message.key in found:
                await self._make_up(message, found[message.key])
        return found

    async def close_thread(self, head: MessageRef) -> None:
        """Do nothing: in Slack any number of threads may be open."""

    async def _addressed(self, message: Outgoing) -> Outgoing:
        """Return a private message with the channel in which its one reader reads it.

        Raises:
            ChatError: there is none; PRIVATE, if that is what Slack said.
        """
        try:
            with translated(Act.POST):
                told = await self.client.conversations_open(users=message.channel)
                channel = str((told.get("channel") or {}).get("id") or "")
        except ChatError as error:
            said = isinstance(error.__cause__, SlackApiError) and error.retry_after is None
            if said and (error.remedy or error.refusal is not Refusal.CHAT):
                raise ChatError(str(error), refusal=Refusal.PRIVATE, certain=True) from error
            raise
        if not channel:
            raise ChatError("Slack opened no conversation.", refusal=Refusal.PRIVATE, certain=True)
        return msgspec.structs.replace(message, channel=channel)

    async def _make_up(self, message: Outgoing, posted: MessageRef) -> None:
        head = message.thread or posted
        said = [each async for each in self._said(message.channel, head, since=posted.id)]
        shown = {file.get("name") for each in said for file in each.get("files") or ()}
        lost = [file for file in message.files if file.shown_name not in shown]
        await self._share(message, head, lost)

    async def _said(
        self, channel: str, thread: MessageRef | None, since: str | None = None
    ) -> AsyncIterator[Json]:
        """Give what we said: in a channel the latest first, in a thread its head and then the rest.

        Slack pages through a thread from its beginning only, or from ``since``.
        """
        asked: Json = {"channel": channel, "limit": PAGE, "include_all_metadata": True}
        method = "conversations.replies" if thread else "conversations.history"
        if thread:
            asked |= {"ts": thread.id, "oldest": since}
        cursor = ""
        for _ in range(PAGES):
            with translated(Act.READ):
                # By POST: what is asked by GET the HTTP client repeats when a connection breaks.
                page = await self.client.api_call(method, data=asked | {"cursor": cursor or None})
                said: list[Json] = page.get("messages") or []
                cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            for each in said:
                if each.get("user") == self.workspace.own:
                    yield each
            if not cursor:
                return

    async def _link(self, alert: MessageRef | None) -> str:
        """Return the address of a message; empty if Slack does not tell."""
        if alert is None:
            return ""
        with suppress(*TROUBLE):
            told = await self.client.chat_getPermalink(channel=alert.channel, message_ts=alert.id)
            return str(told.get("permalink") or "")
        return ""

    async def _threads(self, threads: Sequence[ThreadLink]) -> list[tuple[str, str]]:
        """Return names and addresses of those threads of which Slack tells the address."""
        found = [(each.label, await self._link(each.head)) for each in threads]
        return [(label, address) for label, address in found if address]

    async def _share(self, message: Outgoing, head: MessageRef, files: Sequence[Upload]) -> None:
        if files:
            async with self._turn(message.channel):
                await Sharing(self.client, self.read).share(head, files)

    @asynccontextmanager
    async def _turn(self, channel: str) -> AsyncIterator[None]:
        """Wait for the channel's turn; the next one comes a while after this post has arrived.

        The first one comes no sooner than a while after we began: what ran before us, and was
        killed, may just have posted.
        """
        turn = self._turns[channel]
        await turn.acquire()
        await asyncio.sleep(max(0.0, self._begun + PACE - time.monotonic()))
        try:
            yield
        finally:
            asyncio.get_running_loop().call_later(PACE, turn.release)
