"""Slack: connected, and kept so. One listener for each kind of delivery."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import structlog
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.answers import Answers
from adapters.slack.chat import TROUBLE, Read, SlackChat, reason
from adapters.slack.incoming import CHAT, Incoming
from adapters.slack.render import LINK
from adapters.slack.shapes import Json
from bot.app.front import Front
from bot.errors import UserError

log = structlog.get_logger(__name__)

PATH = "/slack/events"
ANY = re.compile(".*", re.DOTALL)
TIMEOUT = 10
PING = 5
"""Seconds between two signs of life; after a few without an answer it connects anew."""


@dataclass(frozen=True)
class SlackAccess:
    """With what we connect: over a socket with the app token, else called by signed requests."""

    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    port: int = 8644
    endpoint: str = "https://slack.com/api/"


class Slack:
    """The connection to Slack."""

    name = CHAT

    def __init__(self, access: SlackAccess, read: Read) -> None:
        """Connect with the access; take the bytes of files from ``read``."""
        self._access = access
        self._client = AsyncWebClient(
            access.bot_token,
            base_url=access.endpoint,
            timeout=TIMEOUT,
            # The SDK's own repetition would post a message twice when an answer is lost.
            retry_handlers=[],
        )
        self.chat = SlackChat(self._client, read)

    @asynccontextmanager
    async def serve(self, front: Front) -> AsyncIterator[None]:
        """Connect, and listen as long as the block lasts; the SDK connects anew by itself.

        Raises:
            UserError: Slack refuses the tokens, or cannot be reached.
        """
        try:
            known = await self._client.auth_test()
        except SlackApiError as error:
            message = (
                f"Slack refuses BRANDWARDEN_SLACK_BOT_TOKEN ({reason(error)}): see docs/slack.md."
            )
            raise UserError(message) from error
        except TROUBLE as error:
            message = f"Slack could not be reached ({type(error).__name__}). Try again in a moment."
            raise UserError(message) from error
        self.chat.own = str(known["user_id"])
        await front.connected(CHAT, str(known["team_id"]))
        answers = Answers(front, self._client, Incoming(front, self._client, self.chat.own))
        app = self._app(answers)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(answers.close)
            if self._access.app_token:
                await self._listen(app, stack)
            else:
                await self._be_called(app, stack)
            yield

    def _app(self, answers: Answers) -> AsyncApp:
        app = AsyncApp(
            client=self._client,
            signing_secret=self._access.signing_secret or "socket",
            # Otherwise every ack waits for a poll of 10 ms.
            process_before_response=True,
            logger=logging.getLogger("brandwarden.slack"),
        )

        async def take(ack: AsyncAck, body: Json) -> None:
            await answers.take(body, ack)

        async def press(ack: AsyncAck, body: Json) -> None:
            # A link is opened by Slack itself, which tells of it all the same.
            if str(body["actions"][0].get("action_id", "")).startswith(f"{LINK}:"):
                await ack()
            else:
                await answers.take(body, ack)

        app.command(ANY)(take)
        app.action(ANY)(press)
        app.view(ANY)(take)
        app.shortcut(ANY)(take)
        app.event(ANY)(take)
        return app

    async def _listen(self, app: AsyncApp, stack: AsyncExitStack) -> None:
        handler = AsyncSocketModeHandler(app, self._access.app_token, ping_interval=PING)
        stack.push_async_callback(handler.close_async)
        try:
            await handler.connect_async()  # type: ignore[no-untyped-call] # of slack_bolt
        except SlackApiError as error:
            message = (
                f"Slack refuses BRANDWARDEN_SLACK_APP_TOKEN ({reason(error)}): see docs/slack.md."
            )
            raise UserError(message) from error

    async def _be_called(self, app: AsyncApp, stack: AsyncExitStack) -> None:
        port = self._access.port
        runner = web.AppRunner(app.web_app(path=PATH, port=port), access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", port).start()
