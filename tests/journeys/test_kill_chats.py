"""Killed after a chat took a message and before that was written down: it is there exactly once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from adapters.storage.tinydb import TinyStore
from bot.bootstrap.features import COLLECTIONS
from bot.core.collections import OUTBOX, POSTED, PostedMessage
from tests.journeys.lives import Parent, kills, parent, time_for
from tests.journeys.told import (
    REPLIES,
    Thread,
    check_all_there_once,
    discord_names,
    discord_threads,
    slack_names,
    slack_threads,
)
from tests.patience import PATIENCE
from tests.platforms.discord.server import FakeDiscord
from tests.platforms.discord.state import Message
from tests.platforms.slack.server import FakeSlack
from tests.platforms.slack.state import Message as SlackMessage

KILLS = kills()
HELD = 600.0
"""Seconds for which an answer is held back: nobody lives to hear it."""
ODD = 5
"""One life in so many ends after something else than a message."""
ALERTS = "C0ALERTS"
POST, SHARE = "chat.postMessage", "files.completeUploadExternal"
MESSAGES = "POST /channels/*/messages"
OPEN_THREAD = f"{MESSAGES}/*/threads"
VICTIM = "tests.journeys.chat_victim"

pytestmark = [pytest.mark.kill, pytest.mark.timeout(time_for(KILLS))]


@pytest.mark.ci
async def test_slack_gets_no_second_message_because_its_history_is_asked(tmp_path: Path) -> None:
    counts, chance = Counter[str](), Random(7)
    async with FakeSlack() as fake:
        channel = fake.add_channel(ALERTS, "brand-alerts")
        place = (fake.bot_token, fake.base_url, fake.app_token, fake.team_id, ALERTS)
        async with parent(tmp_path, VICTIM, str(tmp_path), "slack", *place) as dying:
            for life in range(1, KILLS + 1):
                counts[await _die_in_slack(fake, dying, life, chance)] += 1
            await dying.drain()
        names, threads = slack_names(channel), slack_threads(channel)
        counts["messages"] = len(names)
        counts["posts"] = len(fake.calls(POST))
        counts["looks into the channel"] = len(fake.calls("conversations.history"))
        counts["looks into a thread"] = len(fake.calls("conversations.replies"))
        print(f"\nSlack: {KILLS} kills: {_told(counts)}")
        check_all_there_once(threads, names, KILLS)
        await _check_references(tmp_path, "slack", threads)
        assert counts["posts"] == counts["messages"]
        assert counts["looks into the channel"] + counts["looks into a thread"] >= KILLS
        assert fake.violations == fake.mentions == []


async def _die_in_slack(fake: FakeSlack, dying: Parent, life: int, chance: Random) -> str:
    """Return after what it was killed."""
    history = fake.channel(ALERTS).history

    def posted() -> list[SlackMessage]:
        return [message for message in history if message.metadata]

    def shared() -> int:
        return sum(len(message.files) for message in history)

    said, files = len(posted()), shared()
    if life % ODD == 0:
        fake.faults.slow(SHARE, HELD)
        pid = await dying.born()
        await fake.until(lambda: shared() > files, PATIENCE)
        await dying.die(pid)
        return "after a file"
    place = chance.randrange(life * (REPLIES + 1) - said)
    fake.faults.slow(POST, 0, times=place)
    fake.faults.slow(POST, HELD)
    pid = await dying.born()
    await fake.until(lambda: len(posted()) > said + place, PATIENCE)
    await dying.die(pid)
    return "after a reply" if posted()[-1].is_reply else "after an alert"


@pytest.mark.ci
async def test_discord_gets_no_second_message_because_of_nonce_or_history(tmp_path: Path) -> None:
    counts, chance = Counter[str](), Random(7)
    async with FakeDiscord() as fake:
        channel = fake.channel("brand-alerts")
        place = (fake.token, f"{fake.url}/api/v10", fake.gateway_url, str(fake.guild.id))
        async with parent(
            tmp_path, VICTIM, str(tmp_path), "discord", *place, str(channel.id)
        ) as dying:
            for life in range(1, KILLS + 1):
                # What only its nonce makes known is posted once more, in vain.
                vain = counts["known by its nonce alone"] - _in_vain(fake)
                after, by = await _die_in_discord(fake, dying, life, chance, vain)
                counts[f"after {after}"] += 1
                counts[f"known by its {by} alone"] += bool(by)
            await dying.drain()
        names, threads = discord_names(fake), discord_threads(channel)
        asked = [(each.method, each.path.endswith("/messages")) for each in fake.requests]
        counts["messages"] = len(names)
        counts["posts"] = asked.count(("POST", True))
        counts["looks"] = asked.count(("GET", True))
        print(f"\nDiscord: {KILLS} kills: {_told(counts)}")
        check_all_there_once(threads, names, KILLS)
        await _check_references(tmp_path, "discord", threads)
        assert counts["posts"] - counts["messages"] == counts["known by its nonce alone"]
        assert fake.violations == fake.pings == []


async def _die_in_discord(
    fake: FakeDiscord, dying: Parent, life: int, chance: Random, vain: int
) -> tuple[str, str]:
    """Return after what it was killed, and what alone makes that known."""
    channels = fake.guild.channels

    def posted() -> list[Message]:
        return [message for channel in channels.values() for message in channel.messages]

    said, threads = len(posted()), len(channels)
    if life % ODD == 0:
        fake.faults.slow(OPEN_THREAD, HELD)
        pid = await dying.born()
        await fake.until(lambda: len(channels) > threads, PATIENCE)
        await dying.die(pid)
        return "a thread was opened", ""
    place = chance.randrange(life * (REPLIES + 1) - said)
    fake.faults.slow(MESSAGES, 0, times=place + vain)
    fake.faults.slow(MESSAGES, HELD)
    pid = await dying.born()
    await fake.until(lambda: len(posted()) > said + place, PATIENCE)
    await dying.die(pid)
    last = max(posted(), key=lambda message: message.id)
    after = "a reply" if last.channel.parent else "an alert"
    if fake.faults.waiting:
        # It came before what is posted in vain, so it was answered, and may be written down.
        fake.faults.clear()
        return after, ""
    if life % 2:
        for embed in last.embeds:
            embed.pop("footer", None)
        return after, "nonce"
    # Minutes have passed.
    last.channel.nonces.clear()
    return after, "history"


def _in_vain(fake: FakeDiscord) -> int:
    """Count the posts that Discord knew by their nonces."""
    asked = [each.method == "POST" and each.path.endswith("/messages") for each in fake.requests]
    return sum(asked) - len(discord_names(fake))


async def _check_references(folder: Path, chat: str, threads: Sequence[Thread]) -> None:
    """Look whether the store knows where each alert stands, and nothing is left to be sent."""
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    assert await store.count(OUTBOX) == 0
    found = [await store.get(POSTED, PostedMessage.key_of(chat, thread.head)) for thread in threads]
    await store.close()
    assert [each and each.ref.id for each in found] == [thread.id for thread in threads]


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)
