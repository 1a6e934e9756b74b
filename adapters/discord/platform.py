"""Discord as it is put together."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from adapters.discord import CHAT
from bot.core.addresses import check_chat_address
from bot.core.chat_platform import (
    ChatPlatform,
    ChatSettings,
    Connection,
    Found,
    ReadFile,
    split_ids,
)

if TYPE_CHECKING:
    from adapters.discord.connection import DiscordAccess
    from bot.core.request import CommandSpec

ENDPOINT = "https://discord.com/api/v10"
GATEWAY = "wss://gateway.discord.gg/"
_ROLE = re.compile(r"[0-9]{1,20}", re.ASCII)


class DiscordSettings(ChatSettings):
    """What we connect to Discord with."""

    model_config = SettingsConfigDict(env_prefix="BRANDWARDEN_DISCORD_")

    token: SecretStr = Field(SecretStr(""), description="Discord's bot token.")
    server: str = Field(
        "", pattern="^[0-9]*$", description="Your server's ID, if the bot is in several."
    )
    endpoint: str = Field(ENDPOINT, description="Discord's HTTP API.")
    gateway: str = Field(GATEWAY, description="Discord's gateway.")
    member_roles: Annotated[frozenset[str], NoDecode] = Field(
        frozenset(), description="Role IDs; everyone with one of them is a member."
    )

    @field_validator("member_roles", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return split_ids(value)

    @field_validator("member_roles")
    @classmethod
    def _role_ids(cls, value: frozenset[str]) -> frozenset[str]:
        if not all(_ROLE.fullmatch(role) for role in value):
            message = "one of them is not a role ID such as 1234567890"
            raise ValueError(message)
        return value

    @field_validator("endpoint")
    @classmethod
    def _own_endpoint(cls, value: str) -> str:
        return check_chat_address(value, ENDPOINT)

    @field_validator("gateway")
    @classmethod
    def _own_gateway(cls, value: str) -> str:
        return check_chat_address(value, GATEWAY)


def connect(settings: DiscordSettings, read: ReadFile) -> Connection | None:
    """Make the connection, if there is a token."""
    access = _access(settings)
    if access is None:
        return None
    from adapters.discord.connection import Discord

    return Discord(access, read)


async def examine(
    settings: DiscordSettings, channel: str, commands: Sequence[CommandSpec]
) -> AsyncIterator[Found]:
    """Say whether Discord works."""
    access = _access(settings)
    if access is None:
        return
    from adapters.discord import diagnostics

    async for found in diagnostics.examine(access, channel, commands):
        yield found


def _access(settings: DiscordSettings) -> DiscordAccess | None:
    """Return the way to Discord; None where no token is set."""
    token = settings.token.get_secret_value()
    if not token:
        return None
    from adapters.discord.connection import DiscordAccess

    return DiscordAccess(
        token=token,
        server=settings.server,
        endpoint=settings.endpoint,
        gateway=settings.gateway,
        member_roles=frozenset(map(int, settings.member_roles)),
    )


PLATFORM = ChatPlatform(name=CHAT, settings=DiscordSettings, connect=connect, examine=examine)
