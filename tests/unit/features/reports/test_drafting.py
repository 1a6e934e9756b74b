"""A draft rests on the right that was chosen, and is written in the language that was chosen."""

from __future__ import annotations

import pytest

from bot.core.forms import Answers, Choice
from bot.core.store import run_in_transaction
from bot.errors import UserError
from bot.features.reports.service.handling import edit_report
from tests.unit.conftest import ANA, BEN, SECOND, THIEF, Team, asked
from tests.unit.features.reports.reporting import (
    CASE,
    COPY,
    REPORT,
    RIGHT,
    answer,
    draft,
    report,
    start,
)


@pytest.fixture
async def hit(team: Team) -> Team:
    """A team with a case and a trademark."""
    await start(team)
    return team


@pytest.mark.parametrize("chosen", ["000001", "000002"])
async def test_of_two_rights_that_count_the_chosen_one_is_what_it_rests_on(
    hit: Team, chosen: str
) -> None:
    other: list[Answers] = [
        {**RIGHT[0], "name": "FINCH"},
        {**RIGHT[1], "registration": "7999999"},
        RIGHT[2],
    ]
    await answer(hit, asked(await hit.type("/rights add")), *other, who=ANA)
    ask = asked(await hit.press("report", CASE, BEN))
    for answers in COPY[:-1]:
        ask = asked(await hit.submit(ask, answers, BEN))
    [which] = ask.form.inputs
    assert isinstance(which, Choice)
    assert [option.value for option in which.options] == ["000001", "000002"]
    await answer(hit, ask, {"right": chosen}, COPY[-1])
    assert (await report(hit)).right == chosen


async def test_a_right_that_was_taken_out_meanwhile_is_not_what_it_rests_on(hit: Team) -> None:
    ask = asked(await hit.press("report", CASE, BEN))
    for answers in COPY[:-1]:
        ask = asked(await hit.submit(ask, answers, BEN))
    await hit.type("/rights remove 1")
    assert "Collect evidence" in await answer(hit, ask, COPY[-1])


@pytest.mark.parametrize(
    ("party", "products", "allowed"),
    [(THIEF, "", True), (THIEF, SECOND, False), ("A2OTHERSELLER", "", False)],
)
async def test_a_letter_of_authorization_makes_its_seller_no_copyist(
    hit: Team, party: str, products: str, allowed: bool
) -> None:
    paper: list[Answers] = [
        {"kind": "authorisation", "name": "Letter", "party": party, "products": products},
        {"since": "", "until": ""},
    ]
    await answer(hit, asked(await hit.type("/papers add")), *paper, who=ANA)
    steps = COPY[:-1] if allowed else COPY
    told = await answer(hit, asked(await hit.press("report", CASE, BEN)), *steps)
    assert ("Ask a lawyer" in told) is allowed


async def test_another_language_writes_the_text_anew(hit: Team) -> None:
    await draft(hit)
    before = await report(hit)
    edited = await run_in_transaction(
        hit.app.store,
        lambda tx: edit_report(hit.app, tx, BEN[0], REPORT, before.text, "de"),
    )
    assert (edited.language, len(edited.versions)) == ("de", 2)
    assert edited.text != before.text
    assert await report(hit) == edited


async def test_the_same_text_is_no_change(hit: Team) -> None:
    await draft(hit)
    text = (await report(hit)).text
    with pytest.raises(UserError, match="has not changed"):
        await run_in_transaction(
            hit.app.store, lambda tx: edit_report(hit.app, tx, BEN[0], REPORT, text)
        )
