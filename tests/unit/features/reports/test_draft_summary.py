"""Nothing is drafted unseen: what would be drafted is shown, and what was reported is not again."""

from __future__ import annotations

import pytest

from bot.core.forms import Answers, Choice
from bot.core.interactions import Ask
from bot.core.store import run_in_transaction
from bot.errors import UserError
from bot.features.cases.collections import ENTRIES
from bot.features.cases.models.cases import case_key
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.observations import Grounds, Observation
from bot.features.reports.rules.inputs import ReportInput
from bot.features.reports.service.drafting import draft_report
from bot.features.watchlist.collections import SELLERS
from bot.features.watchlist.models.sellers import Seller
from tests.unit.conftest import ANA, ASIN, BEN, THIEF, Team, asked, notice, offer
from tests.unit.features.reports.reporting import (
    CASE,
    COPY,
    DRAFT,
    OURS,
    REPORT,
    THEIRS,
    answer,
    draft,
    everything,
    report,
    start,
)

REVIEWS: Answers = {"matter": "reviews"}
PAGE: list[Answers] = [{"matter": "page"}, {"seen": "takeover"}, {"tried": "yes"}]


@pytest.fixture
async def hit(team: Team) -> Team:
    await start(team)
    return team


async def asked_after(team: Team, *steps: Answers, case: str = CASE) -> Ask:
    """Answer the flow as far as that, and return what is asked then."""
    ask = asked(await team.press("report", case, BEN))
    for answers in steps:
        ask = asked(await team.submit(ask, answers, BEN))
    return ask


def offered(ask: Ask) -> list[str]:
    [asked_for] = ask.form.inputs
    assert isinstance(asked_for, Choice)
    return [option.value for option in asked_for.options]


async def test_a_draft_is_shown_before_it_is_made(hit: Team) -> None:
    ask = await asked_after(hit, *COPY[:-1])
    assert ask.form.title == "Draft this report?"
    for words in (
        "Form: Report a Violation (Brand Registry)",
        "Claim: Counterfeit",
        f"Seller: {THIEF}",
        f"Products: {ASIN}",
        "Based on: Trademark ALDER & FINCH (US 7123456). We bought one and inspected it",
    ):
        assert words in ask.form.intro
    assert await hit.app.store.count(REPORTS) == 0
    assert "Drafted R-1" in await answer(hit, ask, DRAFT)


async def test_whoever_does_not_want_the_draft_gets_none_and_nothing_is_written(hit: Team) -> None:
    before = await hit.app.store.count(ENTRIES)
    said = await answer(hit, await asked_after(hit, *COPY[:-1]), {"draft": "no"})
    assert said == "No report was drafted. To start over, press 'File a report'."
    assert await hit.app.store.count(REPORTS) == 0
    assert await hit.app.store.count(ENTRIES) == before


@pytest.mark.parametrize("steps", [[REVIEWS], PAGE], ids=["reviews", "takeover"])
async def test_where_anybody_may_have_done_it_the_seller_is_named_only_if_known(
    hit: Team, steps: list[Answers]
) -> None:
    who = await asked_after(hit, *steps)
    assert offered(who) == ["no", "yes"]
    shown = asked(await hit.submit(who, {"knows": "no"}, BEN))
    assert "Seller: not named" in shown.form.intro
    await answer(hit, shown, DRAFT)
    drafted = await report(hit)
    assert drafted.seller == ""
    assert THIEF not in drafted.text


async def test_a_seller_who_is_known_to_have_done_it_is_named(hit: Team) -> None:
    await answer(hit, await asked_after(hit, REVIEWS), {"knows": "yes"}, DRAFT)
    assert (await report(hit)).seller == THIEF


async def test_a_seller_whom_the_team_left_alone_is_no_copyist(hit: Team) -> None:
    async with hit.app.store.transaction() as tx:
        tx.put(SELLERS, Seller(id=THIEF, left_alone=(ASIN,)))
    assert "Not sure: ask first" in await draft(hit, *COPY[:-1])
    assert await hit.app.store.count(REPORTS) == 0


async def test_a_second_report_of_the_same_is_stopped_with_the_number_of_the_first(
    hit: Team,
) -> None:
    await draft(hit)
    ask = await asked_after(hit, *COPY[:-1])
    assert "R-1 already reports this (draft)." in ask.form.intro
    assert offered(ask) == ["no"]
    assert "No report was drafted" in await answer(hit, ask, {"draft": "no"})
    assert await hit.app.store.count(REPORTS) == 1


async def test_what_nobody_known_did_is_not_reported_again_from_another_case(hit: Team) -> None:
    await answer(hit, await asked_after(hit, REVIEWS), {"knows": "no"}, DRAFT)
    await hit.look(OURS, THEIRS, offer("A2OTHERSELLER", "19.00"))
    ask = await asked_after(hit, REVIEWS, {"knows": "no"}, case=case_key(2))
    assert "R-1 already reports this (draft)." in ask.form.intro
    assert offered(ask) == ["no"]


async def test_two_who_draft_the_same_at_once_make_one_report(hit: Team) -> None:
    mine, yours = [await asked_after(hit, *COPY[:-1]) for _ in range(2)]
    await answer(hit, mine, DRAFT)
    said = str(await hit.submit(yours, DRAFT, ANA))
    assert "R-1 already reports this (draft)." in said
    assert await hit.app.store.count(REPORTS) == 1


async def test_another_claim_about_the_same_seller_is_another_report(hit: Team) -> None:
    await draft(hit)
    used: list[Answers] = [{"matter": "wrong"}, {"seen": "used", "grounds": "test-buy"}, DRAFT]
    assert "Drafted R-2" in await draft(hit, *used)


async def test_a_report_that_was_dropped_stands_in_no_way(hit: Team) -> None:
    await draft(hit)
    await hit.press("retract-report", REPORT, BEN)
    assert "Drafted R-2" in await draft(hit)


async def answered(hit: Team, *answers: Answers) -> None:
    """File the report, and note what Amazon said."""
    await everything(hit)
    await draft(hit)
    await hit.press("confirm-report", REPORT, ANA)
    await hit.work()
    await answer(hit, asked(await hit.press("report-filed", REPORT, BEN)), {"complaint": "1"})
    hit.clock.advance(days=1)
    await answer(hit, asked(await hit.press("report-answer", REPORT, BEN)), *answers)


ACCEPTED: Answers = {"outcome": "accepted", "words": ""}


async def test_an_accepted_report_is_not_repeated_while_the_seller_is_still_there(
    hit: Team,
) -> None:
    await answered(hit, ACCEPTED)
    await hit.press("close-report", REPORT, BEN)
    ask = await asked_after(hit, *COPY[:-1])
    assert offered(ask) == ["no"]


async def test_a_rejected_report_is_filed_again_and_not_beside_itself(hit: Team) -> None:
    await answered(hit, {"outcome": "not-accepted", "words": "No"}, {"refusal": "vague"})
    ask = await asked_after(hit, *COPY[:-1])
    assert "Amazon rejected R-1" in ask.form.intro
    assert offered(ask) == ["no"]


async def test_a_seller_who_comes_back_after_an_accepted_report_may_be_reported_anew(
    hit: Team,
) -> None:
    await answered(hit, ACCEPTED)
    for _ in range(2):
        hit.clock.advance(minutes=10)
        await hit.look(OURS)
    hit.clock.advance(days=3)
    await hit.look(OURS, THEIRS)
    open_cases = [key for key in (CASE, case_key(2)) if await is_open(hit, key)]
    ask = await asked_after(hit, *COPY[:-1], case=open_cases[-1])
    assert "The seller of R-1 left and came back." in ask.form.intro
    assert "Drafted R-2" in await answer(hit, ask, DRAFT)


async def is_open(hit: Team, key: str) -> bool:
    replies = await hit.press("report", key, BEN)
    return isinstance(replies[0], Ask)


async def test_a_service_drafts_no_second_report_whatever_the_form_said(hit: Team) -> None:
    await draft(hit)
    again = ReportInput(case=CASE, seen=Observation.COPY, grounds=Grounds.TEST_BUY)
    with pytest.raises(UserError, match="R-1 already reports this"):
        await run_in_transaction(hit.app.store, lambda tx: draft_report(hit.app, tx, BEN[0], again))


async def test_a_copy_without_a_mark_may_be_reported_as_another_version(hit: Team) -> None:
    await hit.type("/rights remove 1")
    ask = await asked_after(hit, *COPY[:-1])
    assert offered(ask) == ["version", "content", "no"]
    shown = asked(await hit.submit(ask, {"instead": "version"}, BEN))
    assert "Claim: Different version than the page shows" in shown.form.intro
    assert "Drafted R-1" in await answer(hit, shown, DRAFT)


async def test_whoever_wants_none_of_these_gets_the_advice(hit: Team) -> None:
    await hit.type("/rights remove 1")
    ask = await asked_after(hit, *COPY[:-1])
    assert "Collect evidence first." in await answer(hit, ask, {"instead": "no"})


async def test_advice_tells_its_source_and_disclaims_legal_advice_once(hit: Team) -> None:
    steps: list[Answers] = [{"matter": "wrong"}, {"seen": "material", "grounds": "test-buy"}]
    await draft(hit, *steps)
    [*_, entry] = await hit.app.store.find(ENTRIES, "case", CASE)
    said = " ".join(f"{fact.label}: {fact.value}" for fact in entry.facts)
    assert "Source: The law of first sale." in said
    assert said.count("This is not legal advice.") == 1


async def test_a_plain_report_disclaims_nothing(hit: Team) -> None:
    assert "Drafted R-1" in notice(await hit.submit(await asked_after(hit, *COPY[:-1]), DRAFT, BEN))
    entries = await hit.app.store.find(ENTRIES, "case", CASE)
    said = " ".join(fact.value for entry in entries for fact in entry.facts)
    assert "help page 201361070, read 2026-11." in said
    assert "legal advice" not in said
