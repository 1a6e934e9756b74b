"""A token that was revoked while the program was down: the other chat goes on, and says so."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.discord.refusals import NO_LOGIN, RESET
from bot.cli.start import FAILED
from tests.journeys.both_chats import in_discord, in_slack, opened, seen_in_both
from tests.journeys.lives import HURRIED
from tests.journeys.office import ALERTS, SLACK_ALERTS, Office, discord_text, slack_text
from tests.patience import PATIENCE

SLACK_OUT = "Commands and buttons in Slack do not work"
DISCORD_OUT = "Commands and buttons in Discord do not work"
PAN = "B0ALDER001"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """Both chats have a channel for alerts, and the program was stopped."""
    async with opened(tmp_path) as office:
        await office.ana.invite_bot(SLACK_ALERTS)
        await office.answers_in_both("watch", PAN, {"product": PAN})
        await seen_in_both(office, "Alerts now appear in this channel")
        assert await office.end(signal.SIGTERM) == 0
        yield office


@pytest.mark.ci
async def test_a_slack_that_refuses_the_token_leaves_discord_at_work(office: Office) -> None:
    office.slack.refuses = office.slack.refuses_sockets = "token_revoked"
    await office.begin()
    await office.in_discord(lambda: office.discord.gateway.identified == 2)
    [told] = await office.in_discord(
        lambda: [m for m in in_discord(office) if SLACK_OUT in discord_text(m)]
    )
    assert "The token was revoked" in discord_text(told)
    assert "Reinstall the app" in discord_text(told)
    office.world.advance(14)
    await office.in_discord(office.discord_alerts)
    assert (await office.ben.command("health", None, ALERTS)).answered
    health = discord_text(office.ben.ephemerals[-1])
    assert SLACK_OUT in health
    assert "Reinstall the app" in health
    assert len([m for m in in_discord(office) if "Reinstall" in discord_text(m)]) == 1
    assert await office.end(signal.SIGTERM) == 0


@pytest.mark.ci
async def test_a_discord_that_refuses_the_token_leaves_slack_at_work(office: Office) -> None:
    office.discord.faults.refuse("GET /users/@me", 401, times=9)
    await office.begin()
    await office.in_slack(lambda: office.slack.connected)
    [told] = await office.in_slack(
        lambda: [m for m in in_slack(office) if DISCORD_OUT in slack_text(m)]
    )
    assert NO_LOGIN in slack_text(told)
    assert RESET in slack_text(told)
    office.world.advance(14)
    await office.in_slack(office.slack_alerts)
    assert await office.end(signal.SIGTERM) == 0


@pytest.mark.ci
async def test_where_both_refuse_the_program_ends_with_what_to_do_about_each(
    office: Office,
) -> None:
    office.slack.refuses = office.slack.refuses_sockets = "token_revoked"
    office.discord.faults.refuse("GET /users/@me", 401, times=9)
    await office.begin()
    assert office.process is not None
    assert await asyncio.wait_for(office.process.wait(), PATIENCE) == FAILED
    said = (office.folder / f"{HURRIED}.log").read_text("utf-8")
    assert "Slack rejected BRANDWARDEN_SLACK_BOT_TOKEN." in said
    assert f"{NO_LOGIN} {RESET}" in said
