"""The first run in both chats: the steps, and a test alert that calls nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.both_chats import in_discord, in_slack, opened, seen_in_both
from tests.journeys.office import ALERTS, SLACK_ALERTS, Office, discord_text, slack_text
from tests.platforms.discord.state import Message as DiscordMessage
from tests.platforms.slack.state import Message as SlackMessage

pytestmark = pytest.mark.ci


def slack_card(office: Office, words: str) -> SlackMessage:
    return next(each for each in in_slack(office) if words in slack_text(each))


def discord_card(office: Office, words: str) -> DiscordMessage:
    return next(each for each in in_discord(office) if words in discord_text(each))


async def test_a_team_is_led_to_a_test_alert_that_one_acknowledges_and_another_deletes(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path) as office:
        await office.ana.invite_bot(SLACK_ALERTS)
        assert (await office.ben.command("health", None, ALERTS)).answered
        assert (await office.ana.command("/brand", "start", SLACK_ALERTS)).acked
        await seen_in_both(office, "Set up Brandwarden", "not Amazon")
        await office.ana.command("/watch", "B0ALDER001", SLACK_ALERTS)
        await seen_in_both(office, "Set up Brandwarden", "3 of 4 steps done")
        await office.ana.press(slack_card(office, "Set up Brandwarden"), "Send a test alert")
        await seen_in_both(office, "Test alert: nothing has happened")
        await seen_in_both(office, "This test mentions no one.", under="Test alert")
        await seen_in_both(office, "Brandwarden is set up")
        await office.ben.press(discord_card(office, "Test alert"), "Acknowledge")
        await seen_in_both(office, "Acknowledged by", "Ben")
        await office.ana.press(slack_card(office, "Test alert"), "Delete test")
        await seen_in_both(office, "Test alert deleted")
