"""/help asks what is needed, finds it by words, and lists what can be typed."""

from __future__ import annotations

import pytest

from bot.core.entrances import SHOW
from bot.core.interactions import Post
from tests.unit.conftest import VIK, Team, card_text


async def test_help_asks_what_is_needed(team: Team) -> None:
    assert card_text(await team.type("/help", VIK)).startswith("What do you need?\nChoose a topic")


@pytest.mark.parametrize("typed", ["/help hijacker", "/help  there is a HIJACKER again "])
async def test_help_finds_a_need_by_words(team: Team, typed: str) -> None:
    [reply] = await team.type(typed, VIK)
    assert isinstance(reply, Post)
    assert reply.card.title == "Someone sells on my listing"
    assert [button.ref for button in reply.card.buttons] == [
        "cases open",
        "training counterfeit-or-resale",
        "help",
    ]


async def test_help_offers_two_when_both_happened(team: Team) -> None:
    shown = card_text(await team.type("/help listing hijacked, title changed", VIK))
    assert shown.startswith("Two topics may help")
    assert "Someone sells on my listing: Each seller" in shown
    assert "My page's text or images changed: When a watched page" in shown


async def test_words_that_mean_no_need_are_named_and_all_needs_shown(team: Team) -> None:
    shown = card_text(await team.type(f"/help zebra {'z' * 900}\u202e", VIK))
    assert shown.startswith("What do you need?\nNothing found for 'zebra zzz")
    assert "\u202e" not in shown
    assert "Keep the account safe: " in shown
    assert "Stop alerts at night" in shown


@pytest.mark.parametrize("words", ["help commands", "help COMMANDS"])
async def test_all_commands_are_one_press_away(team: Team, words: str) -> None:
    assert card_text(await team.press(SHOW, words, VIK)).startswith("Commands")
