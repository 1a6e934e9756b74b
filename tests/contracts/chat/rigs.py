"""The chats under test, by name."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from tests.contracts.chat.discord_rig import discord_rig
from tests.contracts.chat.rig import Rig
from tests.contracts.chat.slack_rig import slack_rig
from tests.contracts.chat.web_rig import web_rig
from tests.unit.conftest import Team

RIGS: dict[str, Callable[[Team, Path], AbstractAsyncContextManager[Rig]]] = {
    "web": web_rig,
    "slack": slack_rig,
    "discord": discord_rig,
}
