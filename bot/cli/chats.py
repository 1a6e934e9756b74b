"""Which chats the settings connect, besides the local page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from adapters.capture.files import FileEvidence
from bot.app.front import Front
from bot.cli.house import EVIDENCE
from bot.errors import UserError
from bot.ports import Chat
from bot.settings import PREFIX, Settings


class Connection(Protocol):
    """A chat and what listens to it."""

    name: str

    @property
    def chat(self) -> Chat:
        """Where messages go out."""
        ...

    def serve(self, front: Front) -> AbstractAsyncContextManager[None]:
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
    return [*_slack(settings), *_discord(settings)]


def _slack(settings: Settings) -> Iterator[Connection]:
    token = settings.slack_bot_token.get_secret_value()
    app_token = settings.slack_app_token.get_secret_value()
    secret = settings.slack_signing_secret.get_secret_value()
    if not token:
        return
    if not (app_token or secret):
        message = (
            f"Set {PREFIX}SLACK_APP_TOKEN too, or {PREFIX}SLACK_SIGNING_SECRET (docs/slack.md)."
        )
        raise UserError(message)
    from adapters.slack.app import Slack, SlackAccess

    access = SlackAccess(
        bot_token=token,
        app_token=app_token,
        signing_secret=secret,
        port=settings.slack_port,
        endpoint=settings.slack_endpoint,
    )
    yield Slack(access, _evidence(settings).read)


def _discord(settings: Settings) -> Iterator[Connection]:
    token = settings.discord_token.get_secret_value()
    if not token:
        return
    from adapters.discord.app import Discord, DiscordAccess

    access = DiscordAccess(
        token=token,
        server=settings.discord_server,
        endpoint=settings.discord_endpoint,
        gateway=settings.discord_gateway,
    )
    yield Discord(access, _evidence(settings).read)


def _evidence(settings: Settings) -> FileEvidence:
    return FileEvidence(settings.data_dir / EVIDENCE)
