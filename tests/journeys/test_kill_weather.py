"""Killed while it posts to both chats, holds, joins and folds: nothing is lost or doubled."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import msgspec
import pytest

from tests.journeys import discord_side, slack_side
from tests.journeys.lives import Parent, kills, parent, time_for
from tests.journeys.weather_inquest import NOTE, amounts, is_stale, notes_in, remains_of, wrongs
from tests.journeys.weather_victim import ChatAddress
from tests.platforms.discord.server import FakeDiscord
from tests.platforms.slack.server import FakeSlack

KILLS = kills()
MANY = 100
"""Lives in which everything that may come about surely does."""
VICTIM = "tests.journeys.weather_victim"
ALERTS = "C0ALERTS"
LONGEST_LIFE = 1.2
"""Seconds, of a life that ends at any moment."""
LATEST = 3.0
"""Seconds after which a life ends, if what it is to end in does not come about."""
HELD = 600.0
EVER = 9999
NIGHT = (2, 3)
"""Of every five lives these are in the quiet hours."""
OUT = {"slack": (2, 3, 4, 5), "discord": (5, 6, 7, 8)}
"""Of every ten lives in these the chat takes nothing."""
SLACK = {
    "posting": "chat.postMessage",
    "editing": "chat.update",
    "reading": "conversations.history",
}
DISCORD = {
    "posting": "POST /channels/*/messages",
    "editing or archiving": "PATCH /channels/*",
    "threading": "POST /channels/*/messages/*/threads",
    "reading": "GET /channels/*/messages",
}
MOMENTS = (
    *(("", "anywhen"),) * 6,
    *(("slack", moment) for moment in ("posting", "posting", "editing")),
    *(("discord", moment) for moment in ("posting", "threading")),
    *((("discord", "editing or archiving"),) * 2),
)
AFTER = ("reading", "posting")
"""What kills come in the middle of when a chat is back, and what is over is folded."""


@dataclass
class Trial:
    """Two chats, and a product between them that is killed again and again."""

    slack: FakeSlack
    discord: FakeDiscord
    dying: Parent
    chance: Random
    said: list[list[str]]
    counts: Counter[str] = field(default_factory=Counter)

    async def live_and_die(self, life: int) -> None:
        out = self._weather(life)
        back = [chat for chat, lives in OUT.items() if life % 10 == (lives[-1] + 1) % 10]
        moments = [each for each in MOMENTS if each[0] not in out]
        moments = [(chat, moment) for chat in back for moment in AFTER] or moments
        chat, moment = self.chance.choice(moments)
        struck = self._strike(chat, moment)
        night = life % 5 in NIGHT
        pid = await self.dying.born("live quiet" if night else "live")
        if chat:
            reached = await _soon(struck)
            word = f"{moment}, back in" if back else f"{moment} in"
            self.counts[f"{word} {chat.capitalize()}" if reached else "waiting"] += 1
        else:
            await asyncio.sleep(self.chance.uniform(0.1, LONGEST_LIFE))
            self.counts["anywhen"] += 1
        await self.dying.die(pid)
        self.counts["at night"] += night

    async def drain(self) -> None:
        self.slack.faults.clear()
        self.discord.faults.clear()
        await self.dying.drain()

    def _weather(self, life: int) -> list[str]:
        """Let the chats take everything, or nothing; return those that take nothing."""
        self.slack.faults.clear()
        self.discord.faults.clear()
        out = [chat for chat, lives in OUT.items() if life % 10 in lives]
        if "slack" in out:
            for method in ("chat.postMessage", "chat.update", "conversations.history"):
                self.slack.faults.status(method, 503, EVER)
            self.slack.faults.status("conversations.replies", 503, EVER)
        if "discord" in out:
            self.discord.faults.fail("* /channels/*", 503, EVER)
        for chat in out:
            self.counts[f"without {chat.capitalize()}"] += 1
        return out

    def _strike(self, chat: str, moment: str) -> Callable[[], bool]:
        """Let an answer be held back: what was asked is done. Tells whether that has come about."""
        nth = self.chance.randrange(3) if moment == "posting" else 0
        if chat == "slack":
            method = SLACK[moment]
            before = self.slack.injected[f"{method} slow"]
            self.slack.faults.slow(method, 0, nth)
            self.slack.faults.slow(method, HELD)
            return lambda: self.slack.injected[f"{method} slow"] > before + nth
        if chat == "discord":
            before = self.discord.injected["slow"]
            self.discord.faults.slow(DISCORD[moment], 0, nth)
            self.discord.faults.slow(DISCORD[moment], HELD)
            return lambda: self.discord.injected["slow"] > before + nth
        return lambda: False


async def _soon(struck: Callable[[], bool]) -> bool:
    loop = asyncio.get_running_loop()
    latest = loop.time() + LATEST
    while not struck() and loop.time() < latest:  # noqa: ASYNC110 (two chats and a clock end it)
        await asyncio.sleep(0.002)
    return struck()


@asynccontextmanager
async def trial(folder: Path) -> AsyncIterator[Trial]:
    said: list[list[str]] = []
    async with FakeSlack() as slack, FakeDiscord() as discord:
        slack.add_channel(ALERTS, "brand-alerts")
        place = str(discord.channel("brand-alerts").id)
        door = (discord.token, discord.gateway_url, f"{discord.url}/api/v10")
        addresses = (
            ChatAddress(slack.bot_token, slack.app_token, slack.base_url, slack.team_id, ALERTS),
            ChatAddress(*door, str(discord.guild.id), place),
        )
        words = [msgspec.json.encode(each).decode() for each in addresses]
        async with parent(folder, VICTIM, str(folder), *words, note=said.append) as dying:
            yield Trial(slack, discord, dying, Random(11), said)
        assert slack.violations == slack.mentions == []
        assert discord.violations == discord.pings == []


@pytest.mark.ci
@pytest.mark.kill
@pytest.mark.timeout(time_for(KILLS))
async def test_no_kill_in_any_weather_loses_or_doubles_anything(tmp_path: Path) -> None:
    async with trial(tmp_path) as victim:
        for life in range(1, KILLS + 1):
            await victim.live_and_die(life)
        await victim.drain()
        cases, entries, products = await remains_of(tmp_path)
        sides = {
            "slack": slack_side.read_channel(victim.slack.channel(ALERTS)),
            "discord": discord_side.read_channel(victim.discord.channel("brand-alerts")),
        }
    noted = [NOTE.search(" ".join(words)) for words in victim.said if words[0] == "noted"]
    written = {found[0] for found in noted if found}
    wrong = {"notes lost": sorted(written - notes_in(entries).keys())}
    for chat, shown in sides.items():
        for what, names in wrongs(cases, entries, shown).items():
            wrong[f"{what} in {chat}"] = names
        stale = [case.label for case in cases if is_stale(case, products, shown)]
        wrong[f"cards out of date in {chat}"] = stale
    counts = victim.counts + amounts(cases, entries, sides)
    print(f"\n{KILLS} kills: " + ", ".join(f"{count} {what}" for what, count in counts.items()))
    print(", ".join(f"{len(names)} {what}" for what, names in wrong.items()))
    assert wrong == {what: [] for what in wrong}
    # What comes of it is chance: in few lives it may be that nothing is over when a chat is back.
    certain = ("at night", "anywhen")
    for what in (*certain, "folds", "joined messages") if KILLS >= MANY else certain:
        assert counts[what] > 0, f"no {what}"
    assert counts["cases"] > KILLS / 4
