"""What is read in both chats, and when it is about noon of a work day somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.core.team import Team, at_work
from tests.journeys.office import (
    ALERTS,
    HURRY,
    SLACK_ALERTS,
    Office,
    discord_text,
    open_office,
    slack_text,
)
from tests.platforms.discord.state import Message as DiscordMessage
from tests.platforms.slack.state import Message as SlackMessage
from tests.zones import zones_of_this_week

MARGIN = timedelta(minutes=10)
"""Longer than a journey lasts: what is so at its begin is so to its end."""
NOON = 12.5
MARK = " SIMULATED MARKETPLACE:"
"""What Discord writes before a title; in Slack it stands below."""


@asynccontextmanager
async def opened(folder: Path, *, keepa: bool = False) -> AsyncIterator[Office]:
    """Start the program between both chats; in the end it has kept all their rules."""
    async with open_office(folder, HURRY) as office:
        office.keepa = keepa
        await office.start()
        yield office
        assert office.slack.violations == office.slack.mentions == []
        assert office.discord.violations == office.discord.pings == []
        assert office.discord.refusals == []


def a_zone() -> tuple[str, bool]:
    """Return a time zone in which it is about noon of a work day, and whether there is one.

    At weekends there may be none: then it is one in which nobody works during the journey.
    """
    now = datetime.now(UTC)
    later = now + MARGIN
    zones = set(zones_of_this_week(now)) & set(zones_of_this_week(later))
    teams = [Team(zone=zone) for zone in sorted(zones)]
    busy = [team for team in teams if at_work(team, now) and at_work(team, later)]
    if not busy:
        assert not at_work(Team(), now)
        return "UTC", False
    return min(busy, key=lambda team: abs(team.local(now).hour - NOON)).zone, True


async def seen_in_both(office: Office, *words: str, under: str = "") -> None:
    """Wait until a message has all these words: in the channel, or in a thread under others."""
    await office.in_slack(lambda: any(_has(slack_text(m), words) for m in in_slack(office, under)))
    await office.in_discord(
        lambda: any(_has(discord_text(m), words) for m in in_discord(office, under))
    )


def in_slack(office: Office, under: str = "") -> list[SlackMessage]:
    """Return what stands in the channel, or in the threads whose head has the words."""
    channel = office.slack.channel(SLACK_ALERTS)
    heads = [each for each in channel.messages if not each.is_reply and under in slack_text(each)]
    return [told for head in heads for told in channel.thread(head.ts)] if under else heads


def in_discord(office: Office, under: str = "") -> list[DiscordMessage]:
    """Return what stands in the channel, or in the threads whose head has the words."""
    heads = [m for m in office.discord.channel(ALERTS).messages if under in discord_text(m)]
    if not under:
        return heads
    return [told for head in heads if head.thread for told in head.thread.messages]


async def is_told_once(office: Office) -> None:
    """Wait until both chats say the same in the same order, and see that nothing is said twice.

    Each chat gets its messages at its own pace.
    """
    await office.in_either(lambda: _slack_titles(office) == _discord_titles(office))
    heads = [each for each in in_slack(office) if each.metadata]
    threads = [_slack_replies(office, head) for head in heads]
    told = [slack_text(each) for each in (*heads, *(m for thread in threads for m in thread))]
    assert max(Counter(told).values()) == 1, told


def _slack_titles(office: Office) -> list[list[str]]:
    """Return the titles of the channel, then those of each thread."""
    heads = [each for each in in_slack(office) if each.metadata]
    threads = [map(slack_text, _slack_replies(office, head)) for head in heads]
    return [_titles(map(slack_text, heads)), *map(_titles, threads)]


def _discord_titles(office: Office) -> list[list[str]]:
    heads = in_discord(office)
    threads = [head.thread.messages if head.thread else [] for head in heads]
    return [_titles(map(discord_text, each)) for each in (heads, *threads)]


def _slack_replies(office: Office, head: SlackMessage) -> list[SlackMessage]:
    thread = office.slack.channel(SLACK_ALERTS).thread(head.ts)
    return [message for message in thread if message.metadata]


def _titles(texts: Iterable[str]) -> list[str]:
    return [text.splitlines()[0].replace(MARK, "") for text in texts]


def _has(text: str, words: Sequence[str]) -> bool:
    return all(each in text for each in words)
