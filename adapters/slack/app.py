"""Slack: called over a socket or by signed requests. One listener takes every kind."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import ClientSession, ClientTimeout, web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.answers import Answers
from adapters.slack.chat import Read, SlackChat
from adapters.slack.incoming import CHAT, Incoming
from adapters.slack.people import People
from adapters.slack.shapes import Json
from adapters.slack.staying import PING, Staying
from adapters.slack.uploads import Uploads
from bot.app.front import Front
from bot.errors import UserError

PATH = "/slack/events"
ANY = re.compile("")
BOT_SETTING = "BRANDWARDEN_SLACK_BOT_TOKEN"
APP_SETTING = "BRANDWARDEN_SLACK_APP_TOKEN"
SIGNING_SETTING = "BRANDWARDEN_SLACK_SIGNING_SECRET"
_BOT = re.compile(r"xoxb-[\w-]+", re.ASCII)
_APP = re.compile(r"xapp-[\w-]+", re.ASCII)
TIMEOUT, LONGEST = 10, 60
"""Seconds that Slack may be silent, and that a request may take: files have up to 10 MB."""
LOGGER = logging.getLogger("brandwarden.slack")
"""slack_bolt's and the SDK's: below an error they repeat what people sent, and addresses."""
LOGGER.setLevel(logging.ERROR)
SILENT = logging.getLogger("brandwarden.slack.socket")
"""The socket's: its errors name the address, and whoever has it can listen."""
SILENT.setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class SlackAccess:
    """With what we connect: over a socket with the app token, else called by signed requests."""

    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    port: int = 8644
    endpoint: str = "https://slack.com/api/"

    def complaints(self) -> dict[str, str]:
        """Return what to do about settings that cannot work, by their names; never their values."""
        found = {}
        if not _BOT.fullmatch(self.bot_token):
            found[BOT_SETTING] = "take the Bot User OAuth Token, which begins with xoxb-"
        if self.app_token and not _APP.fullmatch(self.app_token):
            found[APP_SETTING] = "take the App-Level Token, which begins with xapp-"
        if not (self.app_token or self.signing_secret.strip()):
            found[SIGNING_SETTING] = f"set it, or {APP_SETTING} (docs/slack.md)"
        return found


class Slack:
    """The connection to Slack."""

    name = CHAT

    def __init__(self, access: SlackAccess, read: Read) -> None:
        """Connect with the access; take the bytes of files from ``read``."""
        self._access = access
        self._client = self._speak([AsyncRateLimitErrorRetryHandler()])
        # What the SDK repeats when an answer is lost would be posted twice.
        self._posts = self._speak([])
        self.chat = SlackChat(self._posts, read)

    @asynccontextmanager
    async def serve(self, front: Front) -> AsyncIterator[None]:
        """Connect, and listen as long as the block lasts; what breaks is connected again.

        Raises:
            UserError: a token or secret is missing, cannot be one, or Slack refuses it; or another
                program has the port.
        """
        for name, advice in self._access.complaints().items():
            message = f"{name} cannot be right: {advice}."
            raise UserError(message)
        async with AsyncExitStack() as stack:
            limits = ClientTimeout(total=LONGEST, sock_connect=TIMEOUT, sock_read=TIMEOUT)
            session = await stack.enter_async_context(ClientSession(timeout=limits))
            self._client.session = self._posts.session = session
            uploads = Uploads(front, self._client, session)
            incoming = Incoming(front, People(self._client), uploads)
            answers = Answers(front, self._client, incoming)
            stack.push_async_callback(answers.close)
            app = self._app(answers)

            async def met(bot: str, team: str) -> None:
                self.chat.own = incoming.own = bot
                incoming.team = team
                await front.connected(CHAT, team)

            staying = Staying(self._posts, await self._listen(app, stack), met)
            await stack.enter_async_context(staying.connected())
            yield

    def _speak(self, handlers: Sequence[AsyncRetryHandler]) -> AsyncWebClient:
        return AsyncWebClient(
            self._access.bot_token,
            base_url=self._access.endpoint,
            timeout=TIMEOUT,
            retry_handlers=list(handlers),
            logger=LOGGER,
        )

    def _app(self, answers: Answers) -> AsyncApp:
        app = AsyncApp(
            client=self._client,
            signing_secret=self._access.signing_secret or "unused: acts come over the socket",
            # Otherwise every ack waits for a poll of 10 ms.
            process_before_response=True,
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
            logger=LOGGER,
        )

        async def take(ack: AsyncAck, body: Json) -> None:
            await answers.take(body, ack)

        for listen in (app.command, app.action, app.view, app.shortcut, app.event):
            listen(ANY)(take)
        return app

    async def _listen(self, app: AsyncApp, stack: AsyncExitStack) -> AsyncSocketModeHandler | None:
        """Return the socket that is to be opened, if Slack does not call us."""
        if self._access.app_token:
            link = AsyncSocketModeHandler(
                app, self._access.app_token, SILENT, self._posts, ping_interval=PING
            )
            stack.push_async_callback(link.close_async)
            return link
        port = self._access.port
        runner = web.AppRunner(app.web_app(path=PATH, port=port), access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        try:
            await web.TCPSite(runner, "127.0.0.1", port).start()
        except OSError as error:
            message = f"Port {port} is in use. Set BRANDWARDEN_SLACK_PORT to another one."
            raise UserError(message) from error
        return None
