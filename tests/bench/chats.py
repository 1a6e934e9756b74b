"""From a command at Slack's or Discord's end of a socket to the bot's ack or first response.

Each bot has a process of its own; CPU is that process's, for a command. All say a line to whoever
typed, but for 'ack only'. 'At once' has no router and no store behind the adapter. A peer has one
command, which is as cheap as bolt can be, where no number is told; ours has 12 everywhere.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from unittest.mock import patch

from adapters.discord.connection import DiscordAccess
from adapters.slack.connection import SlackAccess
from tests.bench.bots import Bot, running
from tests.bench.discord_peer import BareDiscord, OurDiscord
from tests.bench.fronts import Behind, names
from tests.bench.measure import Peer, Row, Target, row
from tests.bench.slack_peer import BareSlack, OurSlack
from tests.bench.trials import Sizes, Trial, alternated
from tests.platforms.discord.server import FakeDiscord
from tests.platforms.slack.server import FakeSlack

GROUP = "Chat"
FASTER = Target(0.1, of_ratio=True)
NEAR = Target(1.25, of_ratio=True)
FLAT = Target(1.1, of_ratio=True)
CHANNEL = "C0TEAM"
FEW, MANY = 12, 50
PRODUCT = "cases"
"""A command of the product that reads the store and shows a card."""

DEFAULT, EARLY, TREE = "bolt, default", "bolt, early", "discord.py's tree"
"""The peers; early is ``process_before_response``."""

AT_ONCE, ROUTER, REAL = "at once", "router and store", f"/{PRODUCT}"
ACK, ACK_FEW, ACK_MANY = "ack only", f"ack only, {FEW} commands", f"ack only, {MANY} commands"


async def measure(sizes: Sizes) -> list[Row]:
    """Let commands be typed in Slack, and then in Discord."""
    # Discord's own specification checks slowly, and is there for the tests.
    with patch.dict(os.environ):
        os.environ.pop("SPECS_DIR", None)
        return [*await slack(sizes), *await discord(sizes)]


async def slack(sizes: Sizes) -> list[Row]:
    """Let commands be typed in Slack."""

    def ours(behind: Behind) -> Callable[[SlackAccess], Bot]:
        return lambda access: OurSlack(access, behind)

    few = Behind(FEW, tells=False, router=True)
    many = Behind(MANY, tells=False, router=True)
    early = partial(BareSlack, early=True)
    early_ack = partial(early, tells=False)
    took = await alternated(
        sizes,
        {
            AT_ONCE: _in_slack(ours(Behind(FEW)), FEW),
            ROUTER: _in_slack(ours(Behind(FEW, router=True)), FEW),
            REAL: _in_slack(ours(Behind(0, router=True)), 0),
            ACK: _in_slack(ours(Behind(FEW, tells=False)), FEW, tells=False),
            ACK_FEW: _in_slack(ours(few), FEW, tells=False),
            ACK_MANY: _in_slack(ours(many), MANY, tells=False),
            DEFAULT: _in_slack(partial(BareSlack, early=False), 1),
            EARLY: _in_slack(early, 1),
            f"{EARLY}, {ACK}": _in_slack(early_ack, 1, tells=False),
            f"{EARLY}, {ACK_FEW}": _in_slack(partial(early_ack, commands=FEW), FEW, tells=False),
            f"{EARLY}, {ACK_MANY}": _in_slack(partial(early_ack, commands=MANY), MANY, tells=False),
        },
    )
    line = partial(row, GROUP)
    rows: list[Row] = []
    for name in (AT_ONCE, ROUTER, REAL):
        ack, mine = f"Slack ack, {name}", took[name]
        rows += [
            line(f"{ack}: p50", "ms", mine.p50, Peer(DEFAULT, took[DEFAULT].p50), FASTER),
            line(f"{ack}: p50", "ms", mine.p50, Peer(EARLY, took[EARLY].p50)),
            line(f"{ack}: p99", "ms", mine.p99, Peer(DEFAULT, took[DEFAULT].p99)),
        ]
    alone, equal = f"{EARLY}, {ACK}", f"{EARLY}, {ACK_FEW}"
    pairs = ((AT_ONCE, EARLY), (ROUTER, EARLY), (ACK, alone), (ACK, equal), (ACK_FEW, equal))
    for name, peer in pairs:
        what = f"Slack CPU, {name}"
        rows.append(line(what, "us", took[name].cpu, Peer(peer, took[peer].cpu), NEAR))
    for who, target in (("", FLAT), (f"{EARLY}, ", None)):
        less, more = took[who + ACK_FEW].cpu, took[who + ACK_MANY].cpu
        what = f"{'peer' if who else 'Slack CPU'}: {who}{ACK_MANY}"
        rows.append(line(what, "us", more, Peer(f"{FEW} commands", less), target))
    for name in (DEFAULT, EARLY):
        rows += [
            line(f"peer: {name}: p50", "ms", took[name].p50),
            line(f"peer: {name}: p99", "ms", took[name].p99),
            line(f"peer: {name}: CPU", "us", took[name].cpu),
        ]
    return rows


async def discord(sizes: Sizes) -> list[Row]:
    """Let commands be typed in Discord."""

    def ours(behind: Behind) -> Callable[[DiscordAccess], Bot]:
        return lambda access: OurDiscord(access, behind)

    took = await alternated(
        sizes,
        {
            AT_ONCE: _in_discord(ours(Behind(FEW))),
            ROUTER: _in_discord(ours(Behind(FEW, router=True))),
            TREE: _in_discord(partial(BareDiscord, commands=FEW)),
        },
    )
    line, tree = partial(row, GROUP), took[TREE]
    rows: list[Row] = []
    for name in (AT_ONCE, ROUTER):
        what, mine = f"Discord callback, {name}", took[name]
        rows += [
            line(f"{what}: p50", "ms", mine.p50, Peer(TREE, tree.p50), NEAR),
            line(f"{what}: p99", "ms", mine.p99, Peer(TREE, tree.p99)),
            line(f"Discord CPU, {name}", "us", mine.cpu, Peer(TREE, tree.cpu)),
        ]
    return [*rows, line(f"peer: {TREE}: p50", "ms", tree.p50)]


@asynccontextmanager
async def _in_slack(
    make: Callable[[SlackAccess], Bot], commands: int, *, tells: bool = True
) -> AsyncIterator[Trial]:
    """Let a bot run in a Slack of its own, where the last of its commands is typed."""
    typed = f"/{names(commands)[-1] if commands else PRODUCT}"
    async with FakeSlack() as fake:
        ana = fake.person("UANA", "Ana", admin=True)
        fake.add_channel(CHANNEL, "team", [ana], private=True)
        access = SlackAccess(fake.bot_token, fake.app_token, endpoint=fake.base_url)

        async def act() -> float:
            told = len(ana.ephemerals)
            done = await ana.command(typed, "", CHANNEL)
            if tells:
                await fake.until(lambda: len(ana.ephemerals) > told)
            return done.latency

        async with running(make(access)) as process:
            await fake.until(lambda: fake.connected > 0)
            yield Trial(act, process)


@asynccontextmanager
async def _in_discord(make: Callable[[DiscordAccess], Bot]) -> AsyncIterator[Trial]:
    """Let a bot run in a Discord of its own, where the last of its commands is typed."""
    async with FakeDiscord() as fake:
        ana = fake.person("Ana", administrator=True)
        server = str(fake.guild.id)
        access = DiscordAccess(fake.token, server, f"{fake.url}/api/v10", fake.gateway_url)

        async def act() -> float:
            asked = await ana.command(names(FEW)[-1])
            if asked.latency is None:
                message = f"never answered: {asked.refusals}"
                raise RuntimeError(message)
            return asked.latency

        async with running(make(access)) as process:
            await fake.until(lambda: fake.connected and bool(fake.commands(fake.guild)))
            yield Trial(act, process)
