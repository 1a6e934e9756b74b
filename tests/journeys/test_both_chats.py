"""From an invitation to a closed case, in Slack and Discord at once, through two kills."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.capture.pictures import reader_copy
from adapters.slack.outbound import PACE
from tests.files import PICTURE
from tests.journeys.office import (
    ALERTS,
    SLACK_ALERTS,
    Office,
    discord_text,
    open_office,
    slack_text,
)
from tests.platforms.discord.seen import seen as seen_in_discord

PAN, BOWLS = "B0ALDER001", "B0ALDER003"
THIEF = "A1QX7ZP9KD4W2M"
ARRIVED, HELD = 14, 24
"""Seconds of the demo's story at which a stranger sells the pan, and holds its Buy Box."""
HOW_LONG, WHICH_DAY = "For how long?", "Which day?"
WHY, NOTE = "Why are you closing it?", "What should the next person know?"
TEAM, PICTURES = "What should the team know?", "Photos or documents"
MARK = " SIMULATED MARKETPLACE:"
"""What Discord writes before a title; in Slack it stands below."""


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as office:
        await office.start()
        yield office
        assert office.slack.violations == office.slack.mentions == []
        assert office.slack.crowded(PACE) == []
        assert office.discord.violations == office.discord.pings == []


@pytest.mark.ci
async def test_one_case_is_worked_on_from_both_chats_and_survives_kills(office: Office) -> None:
    await _is_let_in(office)
    await _alerts(office)
    await _is_acknowledged(office)
    await _is_snoozed(office)
    await _is_noted(office)
    await _is_closed(office)
    await _dies_and_goes_on(office)
    await _dies_with_a_form_open(office)
    await _is_told_once(office)
    assert await office.end(signal.SIGTERM) == 0
    print(
        f"\n{office.starts} starts; in Slack {len(office.slack_thread())} and in Discord "
        f"{len(office.discord_thread())} messages in the thread, each once"
    )


async def _is_let_in(office: Office) -> None:
    """An invitation in Slack and a first command in Discord let alerts come there."""
    await office.ana.invite_bot(SLACK_ALERTS)
    for answer in await office.answers_in_both("watch", BOWLS, {"product": PAN}):
        assert "Watching" in answer
    in_slack, in_discord = office.slack.channel(SLACK_ALERTS), office.discord.channel(ALERTS)
    await office.in_slack(lambda: in_slack.messages)
    await office.in_discord(lambda: in_discord.messages)
    for [hello] in (
        [slack_text(each) for each in in_slack.messages],
        [discord_text(each) for each in in_discord.messages],
    ):
        assert "Alerts now appear in this channel" in hello


async def _alerts(office: Office) -> None:
    """The same case is a card in each chat, and what follows is told in its thread."""
    office.world.advance(ARRIVED)
    [slack] = await office.in_slack(office.slack_alerts)
    [discord] = await office.in_discord(office.discord_alerts)
    for shown in (slack_text(slack), discord_text(discord)):
        assert THIEF in shown
        assert "SIMULATED" in shown
    office.world.advance(HELD - ARRIVED)
    await office.told_in_both("Buy Box lost")


async def _is_acknowledged(office: Office) -> None:
    """What is pressed in one chat is seen in the other."""
    await office.ana.press(office.slack_alerts()[0], "Acknowledge")
    await office.offered_in_both("Acknowledge", gone=True)
    await office.told_in_both("Ana acknowledged it.")


async def _is_snoozed(office: Office) -> None:
    """The second step complains of a day that has passed, and takes another one."""
    ben = office.ben
    await ben.press(office.discord_alerts()[0], "Snooze")
    await ben.fill_in({HOW_LONG: "Until a day I choose"})
    await ben.submit()
    assert "Step 2 of 2" in discord_text(ben.ephemerals[-1])
    await ben.press(ben.ephemerals[-1], "Continue")
    await ben.fill_in({WHICH_DAY: "2020-01-01"})
    await ben.submit()
    assert "Choose a day after" in discord_text(ben.ephemerals[-1])
    await ben.press(ben.ephemerals[-1], "Correct it")
    await ben.fill_in({WHICH_DAY: f"{datetime.now(UTC) + timedelta(days=7):%Y-%m-%d}"})
    await ben.submit()
    await office.told_in_both("Ben snoozed it")


async def _is_noted(office: Office) -> None:
    """The copy of a picture that is handed in in one chat is there in both."""
    copy = reader_copy(PICTURE[2])
    await office.opens("Add a note")
    await office.ana.fill_in({TEAM: "They sent us a copy.", PICTURES: [PICTURE]})
    await office.ana.submit()
    await office.told_in_both("They sent us a copy.")
    [shown] = await office.in_discord(
        lambda: [m for m in office.discord_thread() if seen_in_discord(m).files]
    )
    assert [(file.name, file.content) for file in shown.attachments] == [("C-1-E-1.png", copy)]
    [shared] = await office.in_slack(lambda: [m for m in office.slack_thread() if m.files])
    assert [(file.name, file.data) for file in shared.files] == [("C-1-E-1.png", copy)]


async def _is_closed(office: Office) -> None:
    """A form that is not complete complains, and then closes the case."""
    ben = office.ben
    await ben.press(office.discord_alerts()[0], "Close")
    await ben.fill_in({WHY: "Another reason"})
    await ben.submit()
    assert "Say in a few words" in discord_text(ben.ephemerals[-1])
    await ben.press(ben.ephemerals[-1], "Correct it")
    await ben.fill_in({NOTE: "We bought all of them."})
    await ben.submit()
    await office.offered_in_both("Reopen")
    for shown in await office.answers_in_both("cases", "all", {"which": "all"}):
        assert "C-1" in shown
    for shown in await office.answers_in_both("health"):
        assert "Checked 2 of 2 products" in shown


async def _dies_and_goes_on(office: Office) -> None:
    """Buttons that were there before the death work after it, in both chats."""
    await office.die()
    await office.start()
    await office.ana.press(office.slack_alerts()[0], "Reopen")
    await office.offered_in_both("Close")
    await office.offered_in_both("Reopen", gone=True)
    await office.told_in_both("Ana reopened it.")
    await office.ben.press(office.discord_alerts()[0], "Assign")
    # The form has him chosen already.
    assert (await office.ben.submit()).answered
    await office.told_in_both("Ben took it.")


async def _dies_with_a_form_open(office: Office) -> None:
    """A form that was open when the program died complains afterwards, and closes the case."""
    ana = office.ana
    await office.opens("Close")
    await office.die()
    await office.start()
    await ana.fill_in({WHY: "Another reason"})
    await ana.submit()
    form = ana.modal
    assert form is not None
    assert form.errors
    await ana.fill_in({NOTE: "Settled in court."})
    assert (await ana.submit()).acked
    assert ana.modal is None
    await office.offered_in_both("Reopen")
    await office.told_in_both("Settled in court.")


async def _is_told_once(office: Office) -> None:
    """Both threads come to say the same in the same order, and nothing twice."""

    def told() -> list[str]:
        return [slack_text(each) for each in office.slack_thread() if each.text]

    def lines() -> list[str]:
        discord = [discord_text(each).splitlines()[0] for each in office.discord_thread()]
        return [line.replace(MARK, "") for line in discord]

    await office.in_either(lambda: [text.splitlines()[0] for text in told()] == lines())
    assert len(office.slack_alerts()) == len(office.discord_alerts()) == 1
    assert max(Counter(told()).values()) == 1, told()
