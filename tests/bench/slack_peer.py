"""Bots that answer slash commands in Slack over sockets: ours, and bare ones on slack-bolt."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.connection import Slack, SlackAccess
from tests.bench.fronts import SAID, Behind, names


async def no_file(_: str) -> bytes:
    """No message has a file here."""
    raise FileNotFoundError


@dataclass(frozen=True)
class OurSlack:
    """The product's adapter."""

    access: SlackAccess
    behind: Behind

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[None]:
        """Be connected as long as the block lasts."""
        async with self.behind.gateway() as gateway, Slack(self.access, no_file).serve(gateway):
            yield


@dataclass(frozen=True)
class BareSlack:
    """A listener for each command, which acks and then answers, as the documentation shows it."""

    access: SlackAccess
    early: bool
    """``process_before_response``: the ack goes out when the listener has returned."""
    commands: int = 1
    tells: bool = True

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[None]:
        """Be connected as long as the block lasts."""
        app = AsyncApp(
            client=AsyncWebClient(self.access.bot_token, base_url=self.access.endpoint),
            signing_secret="socket",
            process_before_response=self.early,
            logger=logging.getLogger("bare"),
        )
        answering: set[asyncio.Task[object]] = set()

        async def take(ack: AsyncAck, respond: AsyncRespond) -> None:
            await ack()
            if not self.tells:
                return
            if not self.early:
                await respond(SAID)
                return
            # Its ack would wait for the answer: what takes long must be handed off.
            task = asyncio.ensure_future(respond(SAID))
            answering.add(task)
            task.add_done_callback(answering.discard)

        for name in names(self.commands):
            app.command(f"/{name}")(take)
        handler = AsyncSocketModeHandler(app, self.access.app_token)
        # The SDK declares no types for these two.
        await handler.connect_async()  # type: ignore[no-untyped-call]
        try:
            yield
        finally:
            await handler.close_async()  # type: ignore[no-untyped-call]
