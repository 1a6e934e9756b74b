"""Everything goes wrong while alerts go out and people act: nothing is lost, nothing doubled."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest

from bot.features.cases.collections import CASES
from tests.journeys.storm import Blow, Note, Storm
from tests.journeys.told import (
    check_all_there_once,
    discord_names,
    discord_threads,
    slack_names,
    slack_threads,
)
from tests.patience import PATIENCE
from tests.platforms.discord.server import FakeDiscord
from tests.platforms.discord.state import Message as DiscordMessage
from tests.platforms.slack.seen import seen as seen_in_slack
from tests.platforms.slack.server import FakeSlack
from tests.platforms.slack.state import Message as SlackMessage
from tests.unit.adapters.discord import team as discord_team
from tests.unit.adapters.discord.team import DiscordTeam
from tests.unit.adapters.slack import team as slack_team
from tests.unit.adapters.slack.team import ALERTS, SlackTeam
from tests.unit.conftest import Team

POST, HISTORY, REPLIES = "chat.postMessage", "conversations.history", "conversations.replies"
RESERVE, UPLOAD, SHARE = "files.getUploadURLExternal", "upload", "files.completeUploadExternal"
MESSAGES, ANSWERS = "POST /channels/*/messages", "POST /interactions/*"
OPEN_THREAD, READ = f"{MESSAGES}/*/threads", "GET /channels/*/messages*"

IN_SLACK = Counter(
    {
        "disconnect refresh_requested": 2,
        "disconnect warning": 1,
        "socket abort": 1,
        f"{POST} abort before": 2,
        f"{POST} abort after": 4,
        f"{POST} HTTP 429": 2,
        f"{POST} HTTP 500": 2,
        f"{POST} HTTP 503": 1,
        f"{HISTORY} abort before": 1,
        f"{REPLIES} HTTP 502": 1,
        f"{RESERVE} abort after": 1,
        f"{UPLOAD} HTTP 500": 1,
        f"{SHARE} abort after": 1,
        "response_url HTTP 500": 1,
    }
)
IN_DISCORD = Counter(
    {
        "op 7": 2,
        "op 9": 2,
        "gateway cut": 1,
        "malformed interaction": 1,
        "replay": 2,
        "502": 1,
        "500": 1,
        "429": 2,
        "lost request": 2,
        "lost answer": 7,
        "dead token": 1,
    }
)
"""All that goes wrong, each of it for certain."""


@pytest.fixture(autouse=True)
def _nothing_is_folded() -> Iterator[None]:
    """Let each message arrive by itself, however much of the team's time a busy machine lets pass.

    After a long outage what has ended meanwhile is folded into one; test_chat_outage shows that.
    """
    with patch("bot.core.dispatch.dispatcher.LONG", timedelta.max):
        yield


@pytest.fixture
async def in_slack(team: Team) -> AsyncIterator[SlackTeam]:
    with patch("adapters.slack.connection.PING", 0.5):
        async with FakeSlack() as fake, slack_team.working(team, fake) as at_work:
            yield at_work
            assert fake.violations == fake.mentions == []


@pytest.fixture
async def in_discord(team: Team) -> AsyncIterator[DiscordTeam]:
    async with FakeDiscord() as fake, discord_team.working(team, fake) as at_work:
        yield at_work
        assert fake.violations == fake.pings == []


@pytest.mark.ci
async def test_a_storm_over_slack_loses_and_doubles_nothing(in_slack: SlackTeam) -> None:
    alert = await in_slack.alert()
    fake, told = in_slack.fake, Counter[str]()
    fake.faults.status("response_url", 500)
    blows = _blows_of_slack(fake)
    storm = Storm(in_slack.team, in_slack.dispatcher, blows, fake.until, fake.injected)
    await storm.rage(_slack_note(in_slack, told))
    await _too_late(in_slack, alert, told)
    names, threads = slack_names(in_slack.channel), slack_threads(in_slack.channel)
    print(f"\nSlack: injected {dict(fake.injected)}; people: {dict(told)}")
    print(f"{storm.count} threads, {len(names)} messages, {len(fake.calls(POST))} posts asked for")
    check_all_there_once(threads, names, storm.count)
    await storm.check_notes()
    shown = [seen_in_slack(each).text for each in in_slack.channel.thread(alert.ts)]
    assert "\n".join(shown).count("Ana: Number") == storm.count
    assert fake.faults.waiting == []
    repeated = told["repeated, acked before"] + told["repeated, never acked"]
    assert fake.injected == IN_SLACK + Counter({"redelivery": repeated})
    assert told["repeated, acked before"] == storm.count


def _slack_note(at_work: SlackTeam, told: Counter[str]) -> Note:
    fake, ana = at_work.fake, at_work.ana

    async def note(words: str) -> None:
        act = await ana.command("/note", f"C-1 {words}", ALERTS)
        while not act.acked:
            # Slack tells again what it believes to be lost.
            await fake.until(lambda: fake.connected, PATIENCE)
            act = await fake.redeliver(act)
            told["repeated, never acked"] += 1
        await fake.until(lambda: fake.connected, PATIENCE)
        told["repeated, acked before"] += (await fake.redeliver(act)).acked

    return note


async def _too_late(at_work: SlackTeam, alert: SlackMessage, told: Counter[str]) -> None:
    """Press a button whose trigger has expired: the form opens behind another one."""
    fake, ana = at_work.fake, at_work.ana
    before, fake.trigger_seconds = len(ana.ephemerals), -1
    await ana.press(alert, "Close")
    await fake.until(lambda: len(ana.ephemerals) > before, PATIENCE)
    told["trigger expired"] += 1
    fake.trigger_seconds = 3
    await ana.press(ana.ephemerals[-1], "Continue")
    await fake.until(lambda: ana.modal, PATIENCE)


def _blows_of_slack(fake: FakeSlack) -> list[Blow]:
    faults = fake.faults

    def lost_and_unreadable() -> None:
        faults.abort_after(POST)
        faults.abort_before(HISTORY)
        faults.status(REPLIES, 502)

    return [
        lost_and_unreadable,
        fake.disconnect,
        lambda: faults.rate_limit(POST, 2),
        lambda: faults.abort_before(POST),
        lambda: faults.status(POST, 500),
        lambda: faults.abort_after(SHARE),
        lambda: faults.status(POST, 503, acts=True),
        lambda: fake.disconnect("warning"),
        lambda: faults.abort_after(POST),
        lambda: faults.abort_after(RESERVE),
        lambda: faults.rate_limit(POST, 600),
        lambda: faults.status(UPLOAD, 500),
        fake.abort_sockets,
        lambda: faults.abort_after(POST, 2),
        lambda: faults.abort_before(POST),
        fake.disconnect,
        lambda: faults.status(POST, 500, acts=True),
    ]


@pytest.mark.ci
async def test_a_storm_over_discord_loses_and_doubles_nothing(in_discord: DiscordTeam) -> None:
    alert = await in_discord.alert()
    fake, told = in_discord.fake, Counter[str]()
    blows = _blows_of_discord(fake)
    storm = Storm(in_discord.team, in_discord.dispatcher, blows, fake.until, fake.injected)
    await storm.rage(_discord_note(in_discord, told))
    await _unknown(in_discord, alert, told)
    names, threads = discord_names(fake), discord_threads(in_discord.channel)
    posts = [each for each in fake.requests if each.method == "POST"]
    asked = sum(each.path.endswith("/messages") for each in posts)
    print(f"\nDiscord: injected {dict(fake.injected)}; people: {dict(told)}")
    print(f"{storm.count} threads, {len(names)} messages, {asked} posts asked for")
    print(f"{fake.gateway.identified} sessions, {fake.gateway.resumed} resumed")
    check_all_there_once(threads, names, storm.count)
    await storm.check_notes()
    assert fake.injected == IN_DISCORD
    assert told == {"answered": storm.count, "unknown interaction": 1}
    assert (await in_discord.person().command("help", channel=in_discord.channel)).answered


def _discord_note(at_work: DiscordTeam, told: Counter[str]) -> Note:
    async def note(words: str) -> None:
        typed = {"case": "C-1", "words": words}
        act = await at_work.person().command("note", typed, at_work.channel)
        told["answered" if act.answered else "not answered"] += 1

    return note


async def _unknown(at_work: DiscordTeam, alert: DiscordMessage, told: Counter[str]) -> None:
    """Press a button that Discord has forgotten when it is answered: it is done all the same."""
    fake = at_work.fake
    await fake.until(lambda: fake.connected, PATIENCE)
    fake.faults.dead_tokens()
    pressing = asyncio.create_task(at_work.person().press(alert, "Acknowledge"))
    await fake.until(lambda: any("10062" in each for each in fake.refusals), PATIENCE)
    pressing.cancel()
    told["unknown interaction"] += 1
    [case] = await at_work.team.app.store.page(CASES)
    assert case.acknowledged_by is not None


def _blows_of_discord(fake: FakeDiscord) -> list[Blow]:
    faults = fake.faults

    async def replayed() -> None:
        faults.replay_on_resume(2)
        await faults.reconnect()

    def lost_and_unreadable() -> None:
        faults.lose_answer(MESSAGES, 2)
        faults.lose_request(READ)

    async def forgotten() -> None:
        before = fake.gateway.identified
        await faults.invalidate(resumable=False)
        # What people do before it listens again is lost with the last session.
        await fake.until(lambda: fake.gateway.identified > before, PATIENCE)

    return [
        lambda: faults.lose_answer(MESSAGES),
        replayed,
        lambda: faults.lose_answer(OPEN_THREAD),
        lambda: faults.rate_limit(MESSAGES, 0.05),
        lambda: faults.lose_request(MESSAGES),
        forgotten,
        lambda: faults.fail(MESSAGES, 502),
        lost_and_unreadable,
        lambda: faults.lose_answer(ANSWERS),
        faults.cut_gateway,
        lambda: faults.rate_limit(MESSAGES, 600),
        faults.malformed_interaction,
        lambda: faults.fail(MESSAGES, 500),
        lambda: faults.invalidate(resumable=True),
        lambda: faults.lose_answer(MESSAGES),
        faults.reconnect,
        lambda: faults.lose_answer(MESSAGES),
    ]
