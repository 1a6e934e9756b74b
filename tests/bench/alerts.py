"""Many alerts at once in Slack, at Slack's own pace: what the channel sees, and when.

The pace is scaled, so that it takes seconds. Order is checked, and that none is lost or doubled.
"""

from __future__ import annotations

import asyncio
import dataclasses
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from unittest.mock import patch

from adapters.slack.connection import Slack, SlackAccess
from bot.bootstrap.application import build_application, running
from bot.core.channel_bindings import open_room
from bot.core.links import Links
from bot.features.cases.models.alert_groups import ALONE
from tests.bench import burst
from tests.bench.burst import Scene
from tests.bench.market import stranger
from tests.bench.measure import Peer, Row, Series, Target, row
from tests.bench.slack_peer import no_file
from tests.bench.staff import scratch, settings_in
from tests.platforms.slack.seen import seen
from tests.platforms.slack.server import FakeSlack
from tests.platforms.slack.state import Channel

GROUP = "Alerts"
CHANNEL = "C0ALERTS"
STRANGER = stranger(0)[:-4]
"""What the names of all who come have in common."""

PATIENCE = 120.0
"""Seconds after which something is wrong."""


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    changes: int = 200
    pace: float = 0.02
    """Seconds between two posts; Slack's own rule is 1."""
    jitter: float = 0.005
    """Seconds by which a post may take longer to arrive than the next one."""


async def measure(sizes: Sizes) -> list[Row]:
    """Let as many strangers come, each to a product of its own."""
    calm = burst.calm(burst.Sizes(sizes.changes, rounds=0), by_one=False)
    with patch("adapters.slack.outbound.PACE", sizes.pace):
        async with FakeSlack() as fake, calm as view:
            channel = fake.add_channel(CHANNEL, "brand-alerts")
            async with _in_slack(view, fake) as at_work:
                took = await _told(at_work)
            _check(channel, view, fake.violations)
            return _rows(sizes, fake, channel, took)


@asynccontextmanager
async def _in_slack(view: Scene, fake: FakeSlack) -> AsyncIterator[Scene]:
    """Let the same team be told in Slack alone."""
    access = SlackAccess(fake.bot_token, fake.app_token, endpoint=fake.base_url)
    slack = Slack(access, no_file)
    store = view.application.app.store
    await open_room(store, slack.name, fake.team_id, CHANNEL)
    with scratch() as folder:
        chats = {slack.name: slack.chat}
        application = build_application(settings_in(folder), store, view.source, Links(), chats)
        async with running(application):
            yield dataclasses.replace(view, application=application)


async def _told(view: Scene) -> float:
    """Return the seconds until nothing waits in the outbox any more."""
    hit = await view.hit()
    started = time.perf_counter()
    async with asyncio.timeout(PATIENCE):
        await view.evaluate(hit)
        await burst.until(lambda: burst.all_sent(view.application.app.store))
    return time.perf_counter() - started


def _check(channel: Channel, view: Scene, violations: list[str]) -> None:
    """See to it that every case was told, once, in the order in which they came."""
    links = [" ".join(seen(message).links) for message in channel.history]
    told = [each for each in links if STRANGER in each]
    wanted = [stranger(place) for place in view.places()]
    wrong = [name for name, shown in zip(wanted, told, strict=False) if name not in shown]
    keys = Counter(str(message.metadata) for message in channel.history)
    if wrong or len(told) != len(wanted) or max(keys.values()) > 1 or violations:
        error = f"{len(told)} of {len(wanted)} told; out of order: {wrong[:3]}; {violations[:3]}"
        raise RuntimeError(error)


def _rows(sizes: Sizes, fake: FakeSlack, channel: Channel, took: float) -> list[Row]:
    posts, above = len(channel.history), len(channel.messages)
    gaps = tuple(1e3 * (later - earlier) for earlier, later in pairwise(fake.posts[CHANNEL]))
    hurried = len(fake.too_fast(sizes.pace - sizes.jitter))
    line = partial(row, GROUP)
    each = Peer("a post each", float(sizes.changes))
    return [
        line("posts in the channel itself", "posts", _one(above), each, Target(ALONE + 1)),
        line("posts in the wave's thread", "posts", _one(posts - above)),
        line("posts that came too soon", "posts", _one(hurried), target=Target(0)),
        line("between two posts", "ms", Series(gaps), Peer("the pace", 1e3 * sizes.pace)),
        line("edits of what was posted", "edits", _one(len(fake.calls("chat.update")))),
        line("until all is told", "s", _one(took), Peer("posts x pace", posts * sizes.pace)),
    ]


def _one(value: float) -> Series:
    return Series((float(value),))
