"""Slack as it is put together."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from adapters.slack import CHAT
from bot.core.addresses import check_chat_address
from bot.core.chat_platform import (
    AppForm,
    ChatPlatform,
    ChatSettings,
    Connection,
    Found,
    ReadFile,
    split_ids,
)
from bot.errors import UserError

if TYPE_CHECKING:
    from adapters.slack.connection import SlackAccess
    from bot.core.request import CommandSpec

PREFIX = "BRANDWARDEN_SLACK_"
ENDPOINT = "https://slack.com/api/"
_GROUP = re.compile(r"S[A-Z0-9]{1,31}", re.ASCII)


class SlackSettings(ChatSettings):
    """What we connect to Slack with."""

    model_config = SettingsConfigDict(env_prefix=PREFIX)

    bot_token: SecretStr = Field(SecretStr(""), description="Slack's bot token (xoxb-).")
    app_token: SecretStr = Field(
        SecretStr(""), description="Slack's app token (xapp-), for Socket Mode."
    )
    signing_secret: SecretStr = Field(
        SecretStr(""), description="For requests over HTTP, instead of the app token."
    )
    port: int = Field(
        8644, ge=0, le=65535, description="The port on 127.0.0.1 for Slack's HTTP requests."
    )
    endpoint: str = Field(ENDPOINT, description="Slack's Web API.")
    member_groups: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="User group IDs; everyone in one of them is a member."
    )

    @field_validator("member_groups", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return split_ids(value)

    @field_validator("member_groups")
    @classmethod
    def _group_ids(cls, value: frozenset[str]) -> frozenset[str]:
        if not all(_GROUP.fullmatch(group) for group in value):
            message = "one of them is not a user group ID such as S012ABC"
            raise ValueError(message)
        return value

    @field_validator("endpoint")
    @classmethod
    def _own_address(cls, value: str) -> str:
        return check_chat_address(value, ENDPOINT)


def connect(settings: SlackSettings, read: ReadFile) -> Connection | None:
    """Make the connection, if there is a bot token.

    Raises:
        UserError: another credential is missing; it says which.
    """
    access = _access(settings)
    if access is None:
        return None
    from adapters.slack.connection import Slack

    if not (access.app_token or access.signing_secret):
        message = f"Set {PREFIX}APP_TOKEN too, or {PREFIX}SIGNING_SECRET (docs/slack.md)."
        raise UserError(message)
    return Slack(access, read)


async def examine(
    settings: SlackSettings, channel: str, _: Sequence[CommandSpec]
) -> AsyncIterator[Found]:
    """Say whether Slack works."""
    try:
        access = _access(settings)
    except UserError as error:
        yield "Slack", "missing", str(error)
        return
    if access is None:
        return
    from adapters.slack import diagnostics

    async for found in diagnostics.examine(access, channel):
        yield found


def app_form(commands: Sequence[CommandSpec]) -> AppForm:
    """Return how an app is made that has these commands."""
    from adapters.slack.app_form import app_form

    return app_form(commands)


def _access(settings: SlackSettings) -> SlackAccess | None:
    """Return the way to Slack; None where no token is set.

    Raises:
        UserError: another credential is set, and the bot token is not.
    """
    token = settings.bot_token.get_secret_value()
    if not token:
        if settings.app_token.get_secret_value():
            message = f"Set {PREFIX}BOT_TOKEN too (docs/slack.md)."
            raise UserError(message)
        return None
    from adapters.slack.connection import SlackAccess

    return SlackAccess(
        bot_token=token,
        app_token=settings.app_token.get_secret_value(),
        signing_secret=settings.signing_secret.get_secret_value(),
        port=settings.port,
        endpoint=settings.endpoint,
        member_groups=settings.member_groups,
    )


PLATFORM = ChatPlatform(
    name=CHAT, settings=SlackSettings, connect=connect, examine=examine, app_form=app_form
)
