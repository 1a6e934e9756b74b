"""Slack: connected, and kept so; what is wrong is told once."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import structlog
from aiohttp import ClientSession, ClientTimeout, web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from adapters.http.lines import LineSite
from adapters.slack import CHAT
from adapters.slack.answers import Answers
from adapters.slack.attachments import Read
from adapters.slack.callbacks import application
from adapters.slack.calls import TROUBLE, UNREADABLE, reason, said_by
from adapters.slack.channel_access import Happenings, Rooms
from adapters.slack.inbound import Incoming
from adapters.slack.listener import Listener
from adapters.slack.manifest import spelling
from adapters.slack.membership import Membership
from adapters.slack.outbound import SlackChat
from adapters.slack.people import People, Workspace
from adapters.slack.reconnecting import Opener, growing
from adapters.slack.refusals import Act, Meaning
from adapters.slack.uploads import Uploads
from bot.core.chat_troubles import Topic
from bot.core.gateway import ChatGateway
from bot.errors import NotConnected, Refusal, StoreError, UserError

log = structlog.get_logger(__name__)

BOT_SETTING = "BRANDWARDEN_SLACK_BOT_TOKEN"
APP_SETTING = "BRANDWARDEN_SLACK_APP_TOKEN"
PATIENCE = 15
"""Seconds that one try to connect may take."""
REFUSED = {
    *("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"),
    *("not_allowed_token_type", "missing_scope", "no_permission", "org_login_required"),
}
"""With these it is no use to begin: a setting is wrong."""
LOST = Meaning(Refusal.CHAT, "The connection to Slack was lost.")
NOWHERE = Meaning(Refusal.CHAT, "Slack did not say which workspace the token belongs to.")
PATH = "/slack/events"
SIGNING_SETTING = "BRANDWARDEN_SLACK_SIGNING_SECRET"
_BOT = re.compile(r"xoxb-[\w-]+", re.ASCII)
_APP = re.compile(r"xapp-[\w-]+", re.ASCII)
TIMEOUT, LONGEST = 10, 60
"""Seconds that Slack may be silent, and that a request may take: files have up to 10 MB."""
PING = 5
"""Seconds between two signs of life or two tries to connect."""
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
    member_groups: frozenset[str] = frozenset()
    """The ids of user groups whose people are members here."""

    def complaints(self) -> dict[str, str]:
        """Return what to do about settings that cannot work, by their names; never their values."""
        found = {}
        if not _BOT.fullmatch(self.bot_token):
            found[BOT_SETTING] = "use the Bot User OAuth Token, which starts with xoxb-"
        if self.app_token and not _APP.fullmatch(self.app_token):
            found[APP_SETTING] = "use the App-Level Token, which starts with xapp-"
        if not (self.app_token or self.signing_secret.strip()):
            found[SIGNING_SETTING] = f"set it, or set {APP_SETTING} (docs/slack.md)"
        return found


class Slack:
    """The connection to Slack."""

    name = CHAT

    def __init__(self, access: SlackAccess, read: Read) -> None:
        """Connect with the access; take the bytes of files from ``read``."""
        self._access = access
        self._client = self._speak(AsyncRateLimitErrorRetryHandler())
        # What the SDK repeats when an answer is lost would be posted twice.
        self._posts = self._speak()
        self._opener = Opener(
            access.bot_token, access.endpoint, TIMEOUT, retry_handlers=[], logger=LOGGER
        )
        self._opener.step = PING
        self._workspace = Workspace(self._posts)
        self.chat = SlackChat(self._posts, self._workspace, read)

    @asynccontextmanager
    async def serve(self, gateway: ChatGateway) -> AsyncIterator[None]:
        """Connect, and listen as long as the block lasts; what breaks is connected again.

        Raises:
            UserError: a token or secret is missing, cannot be one, or Slack refuses it; or another
                program has the port.
        """
        for name, advice in self._access.complaints().items():
            message = f"{name} is not valid: {advice}."
            raise UserError(message)
        async with AsyncExitStack() as stack:
            limits = ClientTimeout(total=LONGEST, sock_connect=TIMEOUT, sock_read=TIMEOUT)
            session = await stack.enter_async_context(ClientSession(timeout=limits))
            self._client.session = self._posts.session = self._opener.session = session
            gateway.spell(CHAT, spelling(gateway.commands))
            connection = Connection(gateway, self._posts, self._workspace, self._opener, PING)
            listener = self._listener(gateway, session, connection)
            stack.push_async_callback(listener.close)
            connection.socket = await self._listen(listener, stack)
            await connection.open()
            staying = asyncio.create_task(connection.stay())
            try:
                yield
            finally:
                staying.cancel()
                await asyncio.wait({staying})

    def _listener(
        self, gateway: ChatGateway, session: ClientSession, connection: Connection
    ) -> Listener:
        rooms, workspace = Rooms(self._posts), self._workspace
        now = gateway.app.monotonic
        membership = Membership(self._posts, self._access.member_groups, now)
        people = People(self._client, now)
        uploads = Uploads(self._client, session)
        incoming = Incoming(gateway, people, uploads, workspace, rooms, membership)
        happenings = Happenings(gateway, workspace, rooms, membership, connection.doubt)
        return Listener(Answers(self._client), incoming, happenings)

    def _speak(self, *again: AsyncRateLimitErrorRetryHandler) -> AsyncWebClient:
        access = self._access
        return AsyncWebClient(
            access.bot_token, access.endpoint, TIMEOUT, retry_handlers=[*again], logger=LOGGER
        )

    async def _listen(self, listener: Listener, stack: AsyncExitStack) -> SocketModeClient | None:
        """Return the socket that is to be opened, if Slack does not call us."""
        access = self._access
        secret = access.signing_secret or "unused: acts come over the socket"
        app = listener.app(self._client, secret, LOGGER)
        if access.app_token:
            link = AsyncSocketModeHandler(
                app, access.app_token, SILENT, self._opener, ping_interval=PING
            )
            stack.push_async_callback(link.client.close)
            return link.client
        runner = web.AppRunner(application(app, PATH, secret), access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        try:
            await LineSite(runner, "127.0.0.1", access.port).start()
        except OSError as error:
            message = f"Port {access.port} is in use. Set BRANDWARDEN_SLACK_PORT to another port."
            raise UserError(message) from error
        return None


@dataclass
class Connection:
    """Connects, and sees to it that the connection is not lost."""

    gateway: ChatGateway
    client: AsyncWebClient
    workspace: Workspace
    opener: Opener
    every: float
    """Seconds between two looks, or two tries to connect."""
    socket: SocketModeClient | None = None
    """What is to be opened; None if Slack calls us."""
    _up: bool = False
    _failures: int = 0
    _told: Meaning | None = None
    _over: bool = False
    """It is noted that nothing is wrong."""
    _refused: str = ""
    """The setting that Slack refused at the last try."""

    async def open(self) -> None:
        """Try to connect; a network in trouble is noted.

        Raises:
            NotConnected: Slack refuses a token.
        """
        trouble = await self._connect()
        if trouble is not None and self._refused:
            cause = f"Slack rejected {self._refused}. {trouble.cause}"
            raise NotConnected(cause, trouble.remedy)
        await self._note(trouble)

    async def stay(self) -> None:
        """Connect as soon as that is possible, and see to it that the socket is not lost."""
        while True:
            passing = self._told is None or not self._told.remedy
            await asyncio.sleep(growing(self.every, self._failures, passing=passing))
            if not self._up:
                await self._note(await self._connect())
            elif self.socket is not None:
                await self._note(await self._lost(self.socket))

    def doubt(self) -> None:
        """Ask Slack at the next look whether it still knows us: it said that it does not."""
        self._up, self._failures = False, 0

    async def _connect(self) -> Meaning | None:
        """Try to connect; return what is wrong, if something is."""
        self._refused, self.opener.patient = "", False
        trouble: Meaning | None = None
        setting = BOT_SETTING
        try:
            async with asyncio.timeout(PATIENCE):
                known = (await self.client.auth_test()).data
                if self.workspace.installed(known if isinstance(known, dict) else {}):
                    await self.gateway.connected(CHAT, self.workspace.id)
                    setting = APP_SETTING
                    if self.socket is not None:
                        await self.socket.connect_to_new_endpoint(force=True)
                else:
                    trouble = NOWHERE
        except StoreError as error:
            trouble = Meaning(Refusal.LATER, str(error))
        except (*TROUBLE, *UNREADABLE) as error:
            failure = self.opener.failure if setting == APP_SETTING else error
            trouble = said_by(Act.LISTEN, failure or error)
            refused = isinstance(failure, SlackApiError) and reason(failure) in REFUSED
            self._refused = setting if refused else ""
        self._up = self.opener.patient = trouble is None
        self._failures = self._failures + 1 if trouble else 0
        return trouble

    async def _lost(self, socket: SocketModeClient) -> Meaning | None:
        """Return why nothing arrives, if that is so."""
        if await socket.is_connected():
            return None
        # The SDK opens it again by itself. But an address opens one socket and soon expires, and
        # it would try the old one for ever; without one it asks for one.
        socket.wss_uri = None
        failure = self.opener.failure
        return LOST if failure is None else said_by(Act.LISTEN, failure)

    async def _note(self, trouble: Meaning | None) -> None:
        """Log once that something is wrong, and once that it is over; the team is told too."""
        known, self._told = self._told, trouble
        if trouble is None and known is not None:
            log.info("connected again", chat=CHAT)
        elif trouble is not None and (known is None or known.cause != trouble.cause):
            log.warning("not connected", chat=CHAT, error=trouble.cause, remedy=trouble.remedy)
        try:
            if trouble is not None:
                self._over = False
                await self.gateway.trouble(CHAT, Topic.CONNECTION, trouble.cause, trouble.remedy)
            elif not self._over:
                await self.gateway.trouble_over(CHAT, Topic.CONNECTION)
                self._over = True
        except StoreError as error:
            log.warning("trouble not noted", chat=CHAT, error=str(error))
