"""/health says in a line whether sellers can be looked up, and what may still be asked."""

from __future__ import annotations

import pytest

from bot.core.seller_facts import FactsBudget
from bot.features.overview.views.team import facts_words
from tests.unit.conftest import Team, card_text
from tests.unit.features.cases.facts import FakeFacts, equip


@pytest.mark.parametrize(
    ("budget", "says"),
    [
        (FactsBudget(), "Keepa was not asked since the start."),
        (FactsBudget(287, 5), "Keepa: 287 tokens left, 5 more a minute."),
        (FactsBudget(-12, 5), "Keepa: -12 tokens left, 5 more a minute."),
        (FactsBudget(7), "Keepa: 7 tokens left."),
        (FactsBudget(trouble="It did not answer."), "Could not ask Keepa: It did not answer."),
        (
            FactsBudget(9, 5, "Its tokens are used up."),
            "Could not ask Keepa: Its tokens are used up. Keepa: 9 tokens left, 5 more a minute.",
        ),
    ],
)
def test_what_may_be_asked_is_said(budget: FactsBudget, says: str) -> None:
    assert facts_words("Keepa", budget) == says


async def test_without_a_key_there_is_nothing_to_tell(team: Team) -> None:
    assert "Seller details" not in card_text(await team.type("/health"))


async def test_with_a_key_health_tells_the_budget(team: Team) -> None:
    await equip(team, FakeFacts(budget=FactsBudget(290, 5)))
    assert "Keepa: 290 tokens left" in card_text(await team.type("/health"))
