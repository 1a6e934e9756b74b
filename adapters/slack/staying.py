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
from bot.errors import UserError

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
        elif self._link is not None and not await self._link.client.is_connected():
            # An address opens one socket and soon expires, and the SDK would try the old one for
            # ever. Without one it asks for a new one.
            self._link.client.wss_uri = None
            log.warning("socket lost", chat="slack")

    async def _try(self) -> None:
        token = "BOT_TOKEN"  # noqa: S105 # a setting's name
        try:
            async with asyncio.timeout(PATIENCE):
                known = await self._client.auth_test()
                await self._met(str(known["user_id"]), str(known["team_id"]))
                token = "APP_TOKEN"  # noqa: S105
                await self._open()
        except SlackApiError as error:
            if reason(error) in REFUSED:
                message = (
                    f"Slack refuses BRANDWARDEN_SLACK_{token} ({reason(error)}): see docs/slack.md."
                )
                raise UserError(message) from error
            log.warning("not connected", chat="slack", error=reason(error))
        except TROUBLE as error:
            log.warning("not connected", chat="slack", error=type(error).__name__)
        else:
            self._up = True

    async def _open(self) -> None:
        if self._link is None:
            return
        # The SDK hides that a token is refused, and tries for ever. So we ask for the address.
        opened = await self._client.apps_connections_open(app_token=self._link.app_token)
        self._link.client.wss_uri = opened["url"]
        await self._link.connect_async()  # type: ignore[no-untyped-call] # of slack_bolt
