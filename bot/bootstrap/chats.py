"""Which chats the settings connect, besides the local page."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, NamedTuple, Protocol

from bot.bootstrap.application import vault_of
from bot.bootstrap.features import COMMANDS
from bot.core.chat import Chat
from bot.core.gateway import ChatGateway
from bot.errors import UserError
from bot.settings import PREFIX, Settings

if TYPE_CHECKING:
    from adapters.discord.connection import DiscordAccess
    from adapters.slack.connection import SlackAccess


class Connection(Protocol):
    """A chat and what listens to it."""

    name: str

    @property
    def chat(self) -> Chat:
        """Where messages go out."""
        ...

    def serve(self, gateway: ChatGateway) -> AbstractAsyncContextManager[None]:
        """Connect, and listen as long as the block lasts; what breaks is connected again.

        Raises:
            UserError: the chat refuses us; it says what to do.
        """
        ...


def connections(settings: Settings) -> list[Connection]:
    """Make the connections for which the settings have a token.

    Raises:
        UserError: a part of the credentials is missing; it says which.
    """
    found = (_slack(settings), _discord(settings))
    return [connection for connection in found if connection is not None]


class AppForm(NamedTuple):
    """How an app of the team's own is made in a chat, with all that it needs."""

    link: str
    """Opens the chat's own page for it, filled in."""
    manifest: str
    """The same as JSON, for an app that is there already."""


def app_forms() -> dict[str, AppForm]:
    """Return how an app is made, by chat, for those that have a form."""
    from adapters.slack.manifest import manifest, manifest_url

    written = json.dumps(manifest(COMMANDS), indent=2, ensure_ascii=False)
    return {"slack": AppForm(manifest_url(COMMANDS), written)}


async def checkups(
    settings: Settings, channels: Mapping[str, str]
) -> AsyncIterator[tuple[str, str, str]]:
    """Say of each chat that has a token whether it works: what, how it is, what to do.

    ``channels`` are where alerts go, as far as that is known.
    """
    try:
        slack_access = _slack_access(settings)
    except UserError as error:
        slack_access = None
        yield "Slack", "missing", str(error)
    if slack_access is not None:
        from adapters.slack import diagnostics as slack

        async for found in slack.examine(slack_access, channels.get("slack", "")):
            yield found
    if (discord_access := _discord_access(settings)) is not None:
        from adapters.discord import diagnostics as discord

        channel = channels.get("discord", "")
        async for found in discord.examine(discord_access, channel, COMMANDS):
            yield found


def _slack(settings: Settings) -> Connection | None:
    access = _slack_access(settings)
    if access is None:
        return None
    from adapters.slack.connection import Slack

    if not (access.app_token or access.signing_secret):
        message = (
            f"Set {PREFIX}SLACK_APP_TOKEN too, or {PREFIX}SLACK_SIGNING_SECRET (docs/slack.md)."
        )
        raise UserError(message)
    return Slack(access, vault_of(settings).read)


def _slack_access(settings: Settings) -> SlackAccess | None:
    """Return the way to Slack; None where no token is set.

    Raises:
        UserError: another credential is set, and the bot token is not.
    """
    token = settings.slack_bot_token.get_secret_value()
    if not token:
        if settings.slack_app_token.get_secret_value():
            message = f"Set {PREFIX}SLACK_BOT_TOKEN too (docs/slack.md)."
            raise UserError(message)
        return None
    from adapters.slack.connection import SlackAccess

    return SlackAccess(
        bot_token=token,
        app_token=settings.slack_app_token.get_secret_value(),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        port=settings.slack_port,
        endpoint=settings.slack_endpoint,
    )


def _discord(settings: Settings) -> Connection | None:
    access = _discord_access(settings)
    if access is None:
        return None
    from adapters.discord.connection import Discord

    return Discord(access, vault_of(settings).read)


def _discord_access(settings: Settings) -> DiscordAccess | None:
    token = settings.discord_token.get_secret_value()
    if not token:
        return None
    from adapters.discord.connection import DiscordAccess

    return DiscordAccess(
        token=token,
        server=settings.discord_server,
        endpoint=settings.discord_endpoint,
        gateway=settings.discord_gateway,
    )
