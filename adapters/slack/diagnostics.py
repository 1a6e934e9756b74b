"""Does Slack work as it is set up? For the doctor."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Collection
from email.utils import parsedate_to_datetime

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.block_kit import Json
from adapters.slack.calls import TROUBLE, UNREADABLE, said_by
from adapters.slack.connection import (
    APP_SETTING,
    BOT_SETTING,
    SIGNING_SETTING,
    TIMEOUT,
    SlackAccess,
)
from adapters.slack.manifest import SCOPES
from adapters.slack.refusals import Act
from bot.core.chat_platform import OPEN, Found
from bot.core.views.lists import counted

CHANNEL, MEMBERS = "Slack channel", "Slack members"
NAME_THEM = (
    "make it private, or list people in BRANDWARDEN_MEMBERS or user groups in "
    "BRANDWARDEN_SLACK_MEMBER_GROUPS"
)
SKEW = 60
"""Seconds by which this machine's clock may differ; after five minutes no signature counts."""


async def examine(access: SlackAccess, channel: str = "") -> AsyncIterator[Found]:
    """Look at the tokens, what they allow, the clock, and the channel where alerts go."""
    wrong = access.complaints()
    for setting, advice in wrong.items():
        yield setting, "wrong", advice
    if BOT_SETTING in wrong:
        return
    client = AsyncWebClient(access.bot_token, access.endpoint, TIMEOUT, retry_handlers=[])
    known = await _ask(client.auth_test())
    if isinstance(known, str):
        yield BOT_SETTING, "wrong", known
        return
    yield BOT_SETTING, "fine", f"{known['user']} in {known['team']}"
    yield _scopes(str(known.headers.get("x-oauth-scopes", "")))
    yield _clock(str(known.headers.get("Date", "")))
    if not wrong:
        yield await _way_in(client, access)
    if channel:
        state, says, told = await _channel(client, channel)
        yield CHANNEL, state, says
        if state == "fine":
            yield await _members(client, told, access.member_groups)
    for group in sorted(access.member_groups):
        yield await _group(client, group)


def _scopes(given: str) -> Found:
    missing = sorted(SCOPES.keys() - {scope.strip() for scope in given.split(",")})
    if missing:
        lacks = ", ".join(missing)
        says = f"reinstall the app with the current manifest (docs/slack.md) to add {lacks}"
        return "Slack permissions", "missing", says
    return "Slack permissions", "fine", f"all {len(SCOPES)} granted"


def _clock(date: str) -> Found:
    name = "Slack clock"
    try:
        seconds = abs(round(time.time() - parsedate_to_datetime(date).timestamp()))
    except ValueError:
        return name, "fine", "Slack did not send its time"
    if seconds > SKEW:
        return name, "wrong", f"{seconds} s off: turn on automatic time (NTP)"
    return name, "fine", f"{seconds} s off Slack's clock"


async def _way_in(client: AsyncWebClient, access: SlackAccess) -> Found:
    if not access.app_token:
        return SIGNING_SETTING, "fine", f"Slack calls port {access.port} over HTTP"
    opened = await _ask(client.apps_connections_open(app_token=access.app_token))
    if isinstance(opened, str):
        return APP_SETTING, "wrong", opened
    return APP_SETTING, "fine", "Socket Mode works"


async def _channel(client: AsyncWebClient, id: str) -> tuple[str, str, Json]:
    """Return how the channel for alerts is, what it is or what to do, and what Slack told of it."""
    known = await _ask(client.conversations_info(channel=id), Act.READ)
    if isinstance(known, str):
        return "wrong", known, {}
    channel: Json = known["channel"] or {}
    called = f"#{channel.get('name', id)}"
    if channel.get("is_archived"):
        says = f"{called} is archived: type /brand settings channel here in another channel"
        return "wrong", says, channel
    if not channel.get("is_member"):
        return "wrong", f"type /invite @Brandwarden in {called}", channel
    return "fine", called, channel


async def _members(client: AsyncWebClient, channel: Json, groups: Collection[str]) -> Found:
    """Say who is a member, by the channel for alerts."""
    called = f"#{channel.get('name')}"
    if not channel.get("is_private"):
        says = f"anyone can join {called}, so joining it does not make people members: {NAME_THEM}"
        return MEMBERS, "fine" if groups else OPEN, says
    told = await _ask(
        client.conversations_members(channel=channel.get("id", ""), limit=1), Act.READ
    )
    if isinstance(told, str):
        return MEMBERS, "wrong", f"Slack did not say who is in {called}. {told}"
    return MEMBERS, "fine", f"the members of {called}"


async def _group(client: AsyncWebClient, group: str) -> Found:
    name = f"Slack user group {group}"
    told = await _ask(client.usergroups_users_list(usergroup=group), Act.READ)
    if isinstance(told, str):
        return name, "wrong", told
    return name, "fine", counted(len(told["users"] or ()), "member")


async def _ask(
    call: Awaitable[AsyncSlackResponse], act: Act = Act.LISTEN
) -> AsyncSlackResponse | str:
    """Return the answer, or what is wrong and what to do about it."""
    try:
        return await call
    except (*TROUBLE, *UNREADABLE) as error:
        said = said_by(act, error)
        return f"{said.cause} {said.remedy}".strip()
