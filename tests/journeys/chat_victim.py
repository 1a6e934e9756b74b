"""A sender with a real chat, born again and again on one folder, to be killed from outside.

``python -m tests.journeys.chat_victim FOLDER CHAT TOKEN ENDPOINT GATEWAY WORKSPACE CHANNEL``:
``live`` writes the messages of one more thread and sends what is there, ``drain`` only sends.
``GATEWAY`` is Discord's; for Slack it is the app token.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import discord

from adapters.capture.files import FileEvidence
from adapters.discord.connection import Discord, DiscordAccess
from adapters.slack.connection import Slack, SlackAccess
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.application import EVIDENCE, build_application
from bot.bootstrap.features import COLLECTIONS
from bot.core.channel_bindings import open_room
from bot.core.chat_platform import Connection
from bot.core.links import Links
from bot.settings import Settings
from tests.fakes import FakeSource
from tests.journeys.lives import obey
from tests.journeys.told import write
from tests.unit.adapters.discord.team import at_once


class Place(NamedTuple):
    """Where it lives, and with whom it talks."""

    folder: Path
    chat: str
    token: str
    endpoint: str
    gateway: str
    workspace: str
    channel: str


async def live(word: str, life: int) -> None:
    """Send what is left from the last life, and then the thread of this one, if it has one."""
    folder, *others = sys.argv[1:]
    place = Place(Path(folder), *others)
    store = await TinyStore.open(place.folder / "store", COLLECTIONS)
    await open_room(store, place.chat, place.workspace, place.channel)
    settings = Settings(_env_file=None).model_copy(update={"data_dir": place.folder})
    linked = _connection(place)
    source = FakeSource(simulated=True)
    application = build_application(settings, store, source, Links(), {place.chat: linked.chat})
    with ExitStack() as stack:
        stack.enter_context(patch("adapters.slack.outbound.PACE", 0))
        stack.enter_context(patch.object(discord.Client, "before_identify_hook", at_once))
        async with linked.serve(application.gateway):
            if word == "live":
                await write(application.app, life, only=place.chat)
            [dispatcher] = application.dispatchers
            await dispatcher.deliver()
    await store.close()


def _connection(place: Place) -> Connection:
    read = FileEvidence(place.folder / EVIDENCE).read
    if place.chat == "slack":
        access = SlackAccess(place.token, app_token=place.gateway, endpoint=place.endpoint)
        return Slack(access, read)
    return Discord(DiscordAccess(place.token, "", place.endpoint, place.gateway), read)


if __name__ == "__main__":
    obey(live)
