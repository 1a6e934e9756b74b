"""What the card of a case says of its report, and which step it offers."""

from __future__ import annotations

from bot.core.cards import Card
from tests.unit.conftest import ANA, BEN, Team, asked
from tests.unit.features.reports.reporting import (
    CASE,
    OURS,
    REPORT,
    THEIRS,
    answer,
    draft,
    everything,
    start,
)


def told(card: Card) -> str:
    """Return what the card says of the report."""
    return next((field.value for field in card.fields if field.label == "Report"), "")


def first(card: Card) -> str:
    return card.buttons[0].label


async def test_the_cases_card_follows_its_report_from_draft_to_removal_and_return(
    team: Team,
) -> None:
    await start(team)
    assert told(team.chat.cards["C-1"]) == ""
    await team.press("acknowledge", CASE, BEN)
    await everything(team)
    await draft(team)
    assert told(team.chat.cards["C-1"]).startswith("R-1: Draft.")
    await team.press("confirm-report", REPORT, ANA)
    await team.work()
    card = team.chat.cards["C-1"]
    assert (told(card)[:27], first(card)) == ("R-1: Confirmed, not filed y", "I filed it")
    await answer(team, asked(await team.press("report-filed", REPORT, BEN)), {"complaint": "77-1"})
    card = team.chat.cards["C-1"]
    assert (told(card)[:11], first(card)) == ("R-1: Filed.", "Amazon answered")
    ask = asked(await team.press("report-answer", REPORT, BEN))
    await answer(team, ask, {"outcome": "accepted", "words": ""})
    assert told(team.chat.cards["C-1"]).startswith("R-1: Accepted.")
    for _ in range(2):
        team.clock.advance(minutes=10)
        await team.look(OURS)
    card = team.chat.cards["C-1"]
    assert told(card).startswith("R-1: Accepted, removed after ")
    assert first(card) == "Close"
    team.clock.advance(days=3)
    await team.look(OURS, THEIRS)
    card = team.chat.cards["C-1"]
    assert told(card).startswith("R-1: Accepted, the seller is back.")
    assert first(card) == "File a new report"
