"""Our own offer goes and comes back: one card for the team, whatever else changes with it."""

from __future__ import annotations

from bot.core.cards import Tone
from tests.unit.conftest import OWN, Team, offer

OURS = offer(OWN, "24.99")
AUTHORISED = "A2TRUSTEDSHOP1"
THEIRS = offer(AUTHORISED, "26.00")


async def test_a_product_that_nobody_sells_any_more_is_one_card(team: Team) -> None:
    await team.look(OURS)
    for _ in range(5):
        team.clock.advance(minutes=10)
        await team.look(holder="")
    assert team.chat.order == ["C-1"]
    card = team.chat.cards["C-1"]
    assert card.tone is Tone.WARNING
    assert card.title == "No offers, including yours: Pan 1"
    team.clock.advance(minutes=10)
    await team.look(OURS)
    assert team.chat.order == ["C-1", "C-1/2"]
    assert team.chat.cards["C-1/2"].title == "Your own offer on Pan 1 is back at USD 24.99"


async def test_what_came_before_it_is_over_when_it_is_found(team: Team) -> None:
    await team.authorise(AUTHORISED)
    for offers in [(OURS, THEIRS)] * 3 + [(THEIRS,)] * 3:
        team.clock.advance(minutes=10)
        await team.look(*offers, holder="")
    cases = [name for name in team.chat.order if name.startswith("C-")]
    assert sorted(cases) == ["C-1", "C-1/2", "C-2"]
    assert team.chat.cards["C-1"].title.startswith("Over for now")
    assert team.chat.cards["C-2"].title == "Your own offer is gone: Pan 1"
