"""A sender, born again and again on one folder, to be killed while the chat answers.

``python -m tests.journeys.chat_victim FOLDER slack|discord URL [GATEWAY]`` imports everything once
and then obeys standard input: ``post KEY`` forks a process that writes a message and delivers what
waits, ``drain`` one that only delivers; ``bury`` waits for its end.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NoReturn

import discord
import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.discord.app import DiscordAccess, pointed
from adapters.discord.chat import DiscordChat
from adapters.slack.chat import SlackChat
from adapters.storage.tinydb import TinyStore
from bot.app.collections import COLLECTIONS, OUTBOX, ROOMS
from bot.app.outbox import Outbox
from bot.app.sender import Sender
from bot.cli.house import utc_now
from bot.domain.rooms import Room
from bot.ports import Chat
from bot.ui.cards import Card

log = structlog.get_logger(__name__)


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def main() -> None:
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    while order := sys.stdin.readline().split():
        child = os.fork()
        if child == 0:
            _live_and_exit(order[1:])
        say(f"born {child}")
        _, status = os.waitpid(child, 0)
        say(f"buried {os.waitstatus_to_exitcode(status)}")


def _live_and_exit(keys: list[str]) -> NoReturn:
    code = 1
    try:
        asyncio.run(_live(keys))
        code = 0
    except Exception:
        log.exception("the sender ended by itself")
    finally:
        os._exit(code)


async def _live(keys: list[str]) -> None:
    folder, name, token, channel, *where = sys.argv[1:]
    store = await TinyStore.open(Path(folder), COLLECTIONS)
    async with _chat(name, token, where) as chat:
        outbox = Outbox(utc_now, (name,), simulated=True)
        async with store.transaction() as tx:
            tx.put(ROOMS, Room(chat=name, channel=channel))
            for key in keys:
                outbox.post(tx, key, Card(title=f"Message {key}"))
        sender = Sender(name, store, chat, utc_now)
        while await store.count(OUTBOX):
            await sender.deliver()
    await store.close()


async def _nothing(_: str) -> bytes:
    return b""


@asynccontextmanager
async def _chat(name: str, token: str, where: list[str]) -> AsyncIterator[Chat]:
    if name == "slack":
        client = AsyncWebClient(token, base_url=where[0], retry_handlers=[])
        chat = SlackChat(client, _nothing)
        chat.own = str((await client.auth_test())["user_id"])
        yield chat
        return
    with pointed(DiscordAccess(token, "", *where)):
        listener = discord.Client(intents=discord.Intents.none())
        await listener.login(token)
        speaking = DiscordChat(_nothing)
        speaking.client = listener
        try:
            yield speaking
        finally:
            await listener.close()


if __name__ == "__main__":
    main()
