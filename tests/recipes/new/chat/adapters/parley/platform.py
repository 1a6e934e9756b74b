"""Parley as it is put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from adapters.parley import CHAT
from bot.core.chat_platform import ChatPlatform, ChatSettings, Connection, Found, ReadFile

if TYPE_CHECKING:
    from bot.core.request import CommandSpec

PREFIX = "BRANDWARDEN_PARLEY_"


class ParleySettings(ChatSettings):
    """What we connect to Parley with."""

    model_config = SettingsConfigDict(env_prefix=PREFIX)

    token: SecretStr = Field(SecretStr(""), description="The bot's token on the Parley server.")
    host: str = Field("localhost", description="Where the Parley server is.")
    port: int = Field(7419, ge=1, le=65535, description="The Parley server's port.")


def connect(settings: ParleySettings, read: ReadFile) -> Connection | None:
    """Make the connection, if there is a token."""
    token = settings.token.get_secret_value()
    if not token:
        return None
    from adapters.parley.connection import Parley

    return Parley(settings.host, settings.port, token, read)


async def examine(
    settings: ParleySettings, _: str, __: Sequence[CommandSpec]
) -> AsyncIterator[Found]:
    """Say whether the server takes the token."""
    token = settings.token.get_secret_value()
    if not token:
        return
    from adapters.parley import diagnostics

    async for found in diagnostics.examine(settings.host, settings.port, token):
        yield found


PLATFORM = ChatPlatform(name=CHAT, settings=ParleySettings, connect=connect, examine=examine)
