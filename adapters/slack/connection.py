"""The connection to Slack: opened, watched, and opened again; what is wrong is told once."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import CHAT
from adapters.slack.calls import TROUBLE, UNREADABLE, reason, said_by
from adapters.slack.people import Workspace
from adapters.slack.refusals import Act, Meaning
from adapters.slack.socket import Opener, growing
from bot.core.chat_troubles import Topic
from bot.core.gateway import ChatGateway
from bot.errors import NotConnected, Refusal, StoreError

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
NOWHERE = Meaning(Refusal.CHAT, "Slack did not say which workspace it is.")


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
            cause = f"Slack refuses {self._refused}. {trouble.cause}"
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
