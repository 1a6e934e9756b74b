"""Does Slack work as it is set up? For the doctor."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.chat import TROUBLE, reason
from adapters.slack.manifest import SCOPES

if TYPE_CHECKING:
    from adapters.slack.app import SlackAccess

Found = tuple[str, str, str]
"""What was looked at; fine, missing or wrong; what to do, or what it is."""

SKEW = 60
"""Seconds by which this machine's clock may differ; after five minutes no signature counts."""
TIMEOUT = 10
BOT_TOKEN = re.compile(r"xoxb-[\w-]+", re.ASCII)
APP_TOKEN = re.compile(r"xapp-[\w-]+", re.ASCII)


async def examine(access: SlackAccess, channel: str = "") -> AsyncIterator[Found]:
    """Look at the tokens, what they allow, the clock, and the channel where alerts go."""
    name = "BRANDWARDEN_SLACK_BOT_TOKEN"
    if not BOT_TOKEN.fullmatch(access.bot_token):
        yield name, "wrong", "take the Bot User OAuth Token, which begins with xoxb-"
        return
    client = AsyncWebClient(
        access.bot_token, base_url=access.endpoint, timeout=TIMEOUT, retry_handlers=[]
    )
    known = await _ask(client.auth_test)
    if not isinstance(known, AsyncSlackResponse):
        yield name, "wrong", known
        return
    yield name, "fine", f"{known['user']} in {known['team']}"
    yield _scopes(str(known.headers.get("x-oauth-scopes", "")))
    yield _clock(str(known.headers.get("Date", "")))
    yield await _way_in(client, access)
    if channel:
        yield await _channel(client, channel)


def _scopes(given: str) -> Found:
    missing = sorted(SCOPES.keys() - {scope.strip() for scope in given.split(",")})
    if missing:
        says = f"{', '.join(missing)}: take the manifest of docs/slack.md and install it again"
        return "Slack's permissions", "missing", says
    return "Slack's permissions", "fine", f"all {len(SCOPES)}"


def _clock(date: str) -> Found:
    name = "Slack's clock"
    try:
        seconds = round(time.time() - parsedate_to_datetime(date).timestamp())
    except ValueError:
        return name, "fine", "Slack did not tell the time"
    if abs(seconds) > SKEW:
        return name, "wrong", f"{abs(seconds)} s off Slack's: let the system set it (NTP)"
    return name, "fine", f"{abs(seconds)} s off Slack's"


async def _way_in(client: AsyncWebClient, access: SlackAccess) -> Found:
    if not access.app_token:
        name = "BRANDWARDEN_SLACK_SIGNING_SECRET"
        if access.signing_secret:
            return name, "fine", f"Slack calls port {access.port} over HTTP"
        return name, "missing", "set it, or BRANDWARDEN_SLACK_APP_TOKEN (docs/slack.md)"
    name = "BRANDWARDEN_SLACK_APP_TOKEN"
    if not APP_TOKEN.fullmatch(access.app_token):
        return name, "wrong", "take the App-Level Token, which begins with xapp-"
    opened = await _ask(lambda: client.apps_connections_open(app_token=access.app_token))
    if isinstance(opened, AsyncSlackResponse):
        return name, "fine", "Slack lets us listen"
    return name, "wrong", f"{opened}; it needs connections:write"


async def _channel(client: AsyncWebClient, channel: str) -> Found:
    name = "Slack's channel"
    known = await _ask(lambda: client.conversations_info(channel=channel))
    if not isinstance(known, AsyncSlackResponse):
        return name, "wrong", f"{known}; type /invite @Brandwarden in the channel"
    called = f"#{known['channel'].get('name', channel)}"
    if known["channel"].get("is_archived"):
        return name, "wrong", f"{called} is archived: type /brand settings channel here in another"
    if not known["channel"].get("is_member"):
        return name, "wrong", f"type /invite @Brandwarden in {called}"
    return name, "fine", called


async def _ask(call: Callable[[], Awaitable[AsyncSlackResponse]]) -> AsyncSlackResponse | str:
    """Return the answer, or what is wrong."""
    try:
        return await call()
    except SlackApiError as error:
        return f"Slack says {reason(error) or 'nothing that it should'}"
    except TROUBLE as error:
        return f"Slack could not be reached ({type(error).__name__})"
