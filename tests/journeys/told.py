"""Threads of messages that a test sends, and how they are found again in a chat.

Each message is known by its title, which is on no other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from bot.core.cards import Card, Tone
from bot.core.context import AppContext
from bot.core.files import Upload
from tests.platforms.discord.seen import seen as seen_in_discord
from tests.platforms.discord.server import FakeDiscord
from tests.platforms.discord.state import Channel
from tests.platforms.slack.seen import seen as seen_in_slack
from tests.platforms.slack.state import Channel as SlackChannel

REPLIES = 4
WITH_FILE = 3
"""The reply of each thread that carries a file."""

_TITLE = re.compile(r"Message (H-[0-9/]+)\.")


class Thread(NamedTuple):
    """A thread as people see it; ``id`` is the chat's own, of the message that heads it."""

    id: str
    head: str
    replies: list[str]
    files: list[str]


def head(thread: int) -> str:
    """Name the message that heads a thread."""
    return f"H-{thread}"


def replies(thread: int) -> list[str]:
    """Name the messages in the thread behind its head."""
    return [f"{head(thread)}/{place}" for place in range(1, REPLIES + 1)]


def file_of(thread: int) -> str:
    return f"proof-{thread}.txt"


async def write(app: AppContext, thread: int, only: str) -> None:
    """Write the messages of one thread into the outbox, for one chat."""
    content = f"What belongs to {thread}".encode()
    digest = await app.evidence.keep(content, {"kind": "test", "at": "now"})
    file = Upload(file_of(thread), "text/plain", len(content), digest)
    async with app.store.transaction() as tx:
        app.outbox.post(tx, head(thread), _card(head(thread)), only=[only])
        for place, name in enumerate(replies(thread), 1):
            files = (file,) if place == WITH_FILE else ()
            app.outbox.post(tx, name, _card(name), thread=head(thread), files=files, only=[only])


def _card(name: str) -> Card:
    return Card(title=f"Message {name}.", tone=Tone.CRITICAL)


def slack_names(channel: SlackChannel) -> list[str]:
    """Name all that was posted, in the channel and in its threads."""
    return [name for each in channel.history if (name := _name(seen_in_slack(each).title))]


def discord_names(fake: FakeDiscord) -> list[str]:
    """Name all that was posted, in every channel and thread."""
    said = [each for channel in fake.guild.channels.values() for each in channel.messages]
    return [name for each in said if (name := _name(seen_in_discord(each).title))]


def slack_threads(channel: SlackChannel) -> list[Thread]:
    found = []
    for first in channel.messages:
        if title := _name(seen_in_slack(first).title):
            shown = channel.thread(first.ts)
            # A file stands by itself, behind the message that it belongs to.
            names = [_name(seen_in_slack(each).title) for each in shown if each.metadata]
            files = [file.name for each in shown for file in each.files]
            found.append(Thread(first.ts, title, names, files))
    return found


def discord_threads(channel: Channel) -> list[Thread]:
    found = []
    for first in channel.messages:
        if title := _name(seen_in_discord(first).title):
            shown = first.thread.messages if first.thread else []
            names = [_name(seen_in_discord(each).title) for each in shown]
            files = [file.name for each in shown for file in each.attachments]
            found.append(Thread(str(first.id), title, names, files))
    return found


def check_all_there_once(threads: Sequence[Thread], said: Sequence[str], count: int) -> None:
    """Look whether so many threads are there once, whole and in order, and nothing besides."""
    numbers = range(1, count + 1)
    wanted = [name for number in numbers for name in (head(number), *replies(number))]
    counts = Counter(said)
    wrong = {name: counts[name] for name in {*wanted, *counts} if counts[name] != 1}
    assert not wrong, f"not there exactly once: {wrong}"
    shown = {thread.head: (thread.replies, thread.files) for thread in threads}
    assert shown == {head(number): (replies(number), [file_of(number)]) for number in numbers}


def _name(title: str) -> str:
    found = _TITLE.search(title)
    return found[1] if found else ""
