"""Staying connected to Slack. The SDK's socket opens again by itself, but not always."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.chat import TROUBLE, reason
from bot.errors import StoreError, UserError

log = structlog.get_logger(__name__)

PING = 5
"""Seconds between two signs of life, and between two tries to connect."""
PATIENCE = 15
"""Seconds that one try may take."""
REFUSED = {
    *("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"),
    *("not_allowed_token_type", "missing_scope", "no_permission", "org_login_required"),
}

Met = Callable[[str, str], Awaitable[None]]
"""Is told our own user id and the workspace's."""


class Staying:
    """Connects, and connects again."""

    def __init__(
        self, client: AsyncWebClient, link: AsyncSocketModeHandler | None, met: Met
    ) -> None:
        """Open the ``link``; without one Slack calls us."""
        self._client = client
        self._link = link
        self._met = met
        self._up = False
        self._trouble = ""

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """Connect, and stay so as long as the block lasts; a network in trouble is waited for.

        Raises:
            UserError: Slack refuses a token.
        """
        await self._try()
        task = asyncio.create_task(self._stay())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})

    async def _stay(self) -> None:
        while True:
            await asyncio.sleep(PING)
            try:
                await self._look_after()
            except UserError as error:
                log.error("refused", chat="slack", error=str(error))  # noqa: TRY400 # no bug of ours
                return

    async def _look_after(self) -> None:
        if not self._up:
            await self._try()
        elif self._link is not None:
            lost = not await self._link.client.is_connected()
            self._note("the socket is lost" if lost else "")
            if lost:
                # An address opens one socket and soon expires, and the SDK would try the old one
                # for ever. Without one it asks for a new one.
                self._link.client.wss_uri = None

    async def _try(self) -> None:
        setting, trouble = "BOT_TOKEN", ""
        try:
            async with asyncio.timeout(PATIENCE):
                known = await self._client.auth_test()
                await self._met(str(known["user_id"]), str(known["team_id"]))
                setting = "APP_TOKEN"
                await self._open()
        except SlackApiError as error:
            trouble = reason(error) or "no answer"
            if trouble in REFUSED:
                message = (
                    f"Slack refuses BRANDWARDEN_SLACK_{setting} ({trouble}): see docs/slack.md."
                )
                raise UserError(message) from error
        except (*TROUBLE, StoreError) as error:
            trouble = type(error).__name__
        self._up = not trouble
        self._note(trouble)

    def _note(self, trouble: str) -> None:
        """Log once that something is wrong, and once that it is over."""
        if trouble and trouble != self._trouble:
            log.warning("not connected", chat="slack", error=trouble)
        elif self._trouble and not trouble:
            log.info("connected again", chat="slack")
        self._trouble = trouble

    async def _open(self) -> None:
        if self._link is None:
            return
        # The SDK hides that a token is refused, and tries for ever. So we ask for the address.
        opened = await self._client.apps_connections_open(app_token=self._link.app_token)
        self._link.client.wss_uri = opened["url"]
        await self._link.connect_async()  # type: ignore[no-untyped-call] # of slack_bolt
