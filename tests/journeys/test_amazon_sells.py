"""Amazon itself on a listing, as the team sees it: named, and with other advice than a report."""

from __future__ import annotations

import pytest

from bot.core.cards import Tone
from bot.core.forms import Answers
from bot.features.cases.collections import CASES
from bot.features.reports.collections import REPORTS
from tests.unit.conftest import ANA, BEN, OWN, Team, asked, card_text, offer
from tests.unit.features.reports.reporting import CASE, answer

AMAZON_COM = "ATVPDKIKX0DER"
OURS = offer(OWN, "20.00")
CHEAPER = offer(AMAZON_COM, "17.50")


@pytest.fixture
async def sold(team: Team) -> Team:
    await team.look(OURS, CHEAPER, holder=AMAZON_COM)
    return team


async def test_the_card_names_amazon_and_offers_no_report(sold: Team) -> None:
    assert sold.chat.order == ["C-1"]
    card = sold.chat.cards["C-1"]
    assert card.tone is Tone.WARNING
    text = str(card)
    assert "Amazon itself (as far as we know)" in text
    assert "nknown seller" not in text
    assert "Find out who supplies Amazon" in text
    labels = [button.label for button in card.pressable]
    assert {"File a report", "Log as attack"}.isdisjoint(labels)
    assert "Authorize seller" in labels


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([{"matter": "doubt"}, {"seen": "unsure", "grounds": "suspicion"}], "leave them alone"),
        ([{"matter": "doubt"}, {"seen": "copy", "grounds": "test-buy"}], "Ask a lawyer"),
    ],
)
async def test_an_old_button_for_a_report_leads_to_advice(
    sold: Team, steps: list[Answers], says: str
) -> None:
    said = await answer(sold, asked(await sold.press("report", CASE, BEN)), *steps)
    assert says in said
    assert await sold.app.store.count(REPORTS) == 0
    [advice] = [card for name, card in sold.chat.cards.items() if name != "C-1"]
    assert "a report form will not help" in str(advice)


async def test_to_authorise_amazon_ends_it(sold: Team) -> None:
    [case] = await sold.app.store.page(CASES)
    await sold.authorise_on_case(case.key)
    [case] = await sold.app.store.page(CASES)
    assert not case.open or not case.going_on


async def test_a_trust_in_amazon_that_is_undone_lets_the_case_go_on(sold: Team) -> None:
    await sold.authorise_on_case(CASE)
    await sold.undo()
    [case] = await sold.app.store.page(CASES)
    assert (case.open, case.going_on) == (True, True)


async def test_the_case_of_amazon_is_opened_again(sold: Team) -> None:
    await sold.authorise_on_case(CASE)
    await sold.submit(asked(await sold.press("reopen", CASE, ANA)), {"trust": "stop"})
    [case] = await sold.app.store.page(CASES)
    assert (case.open, case.going_on) == (True, True)


async def test_amazon_that_left_while_trusted_is_not_raised_again(sold: Team) -> None:
    await sold.authorise_on_case(CASE)
    for _ in range(2):
        sold.clock.advance(minutes=2)
        await sold.look(OURS, holder=OWN)
    await sold.undo()
    [case] = await sold.app.store.page(CASES)
    assert not case.going_on


async def test_a_product_shows_amazon_by_its_name(sold: Team) -> None:
    said = card_text(await sold.type("/check B0ALDER001 US"))
    assert "Amazon itself (as far as we know)" in said
    assert "unknown seller" not in said
