"""A weak report where the acceptance rate cannot bear a rejection: who confirms it, and how."""

from __future__ import annotations

import msgspec
import pytest

from bot.core.interactions import Ask
from bot.core.permissions import Role
from bot.features.cases.collections import ENTRIES
from bot.features.evidence.models.items import EvidenceKind
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import ReportState
from bot.features.reports.rules import steps
from tests.unit.conftest import ANA, BEN, Team, asked, notice
from tests.unit.features.reports.dockets import REPORT as OTHER
from tests.unit.features.reports.reporting import (
    CASE,
    REPORT,
    TEST_BUY,
    capture,
    collect,
    draft,
    report,
    shown,
    start,
)

MEMBER = (ANA[0], Role.MEMBER)
"""A second person who is no admin."""


@pytest.fixture
async def weak(team: Team) -> Team:
    """A team whose report has a test buy and no photos."""
    await start(team)
    await capture(team)
    await collect(team, EvidenceKind.TEST_BUY, TEST_BUY)
    return team


async def answered(team: Team, accepted: int, of: int) -> None:
    """Let Amazon have answered so many reports about somebody else."""
    async with team.app.store.transaction() as tx:
        for place in range(of):
            state = ReportState.ACCEPTED if place < accepted else ReportState.REFUSED
            filed = msgspec.structs.replace(
                OTHER, number=100 + place, seller="A2OTHERSELLER", state=ReportState.FILED
            )
            tx.put(REPORTS, steps.close(steps.answer(filed, team.clock.now, state)))


@pytest.mark.parametrize(("accepted", "of"), [(0, 0), (1, 1), (5, 9)])
async def test_before_ten_answers_a_second_person_confirms_a_weak_report(
    weak: Team, accepted: int, of: int
) -> None:
    await answered(weak, accepted, of)
    await draft(weak)
    assert "They are more convincing" in shown(weak.chat.cards["R-1"])
    assert "fewer than 10 answers" in shown(weak.chat.cards["R-1"])
    assert "Confirmed R-1" in notice(await weak.press("confirm-report", REPORT, MEMBER))


async def asks_why(weak: Team) -> Ask:
    await answered(weak, 9, 10)
    await draft(weak)
    return asked(await weak.press("confirm-report", REPORT, MEMBER))


async def test_from_ten_answers_on_they_say_why_and_the_case_keeps_it(weak: Team) -> None:
    ask = await asks_why(weak)
    for words in ("R-1 is weak", "90% (9 of 10)", "ask an admin"):
        assert words in ask.form.intro
    ask = asked(await weak.submit(ask, {"reason": "Go"}, MEMBER))
    assert "in a few words" in ask.errors["reason"]
    reason = "The order ID is enough, and they sell out."
    assert "Confirmed R-1" in notice(await weak.submit(ask, {"reason": reason}, MEMBER))
    entries = await weak.app.store.find(ENTRIES, "case", CASE)
    assert [fact.value for entry in entries for fact in entry.facts if fact.label == "Reason"] == [
        reason
    ]
    assert (await report(weak)).state is ReportState.CONFIRMED


async def test_an_admin_confirms_it_without_a_reason(weak: Team) -> None:
    await asks_why(weak)
    ask = asked(await weak.press("confirm-report", REPORT, ANA))
    assert "Confirmed R-1" in notice(await weak.submit(ask, {"reason": ""}, ANA))


async def test_a_member_leaves_no_reason_out_of_an_admins_form(weak: Team) -> None:
    await asks_why(weak)
    ask = asked(await weak.press("confirm-report", REPORT, ANA))
    assert "R-1 is weak" in notice(await weak.submit(ask, {"reason": ""}, MEMBER))
    assert (await report(weak)).state is ReportState.DRAFT


async def test_its_author_cannot_confirm_it_with_a_reason_either(weak: Team) -> None:
    await asks_why(weak)
    assert "You wrote R-1" in notice(await weak.press("confirm-report", REPORT, BEN))


async def test_one_person_alone_confirms_it_with_a_reason(weak: Team) -> None:
    await weak.type("/settings confirm one")
    await answered(weak, 9, 10)
    await draft(weak)
    ask = asked(await weak.press("confirm-report", REPORT, BEN))
    told = notice(await weak.submit(ask, {"reason": "The order ID is enough."}, BEN))
    assert "Confirmed R-1" in told


async def test_the_rate_on_a_draft_counts_all_claims(weak: Team) -> None:
    await answered(weak, 10, 10)
    await draft(weak)
    assert "Acceptance rate: 100% (10 of 10), all claims" in shown(weak.chat.cards["R-1"])


async def test_a_counterfeit_report_on_a_genuine_test_buy_alone_is_stopped(team: Team) -> None:
    await start(team)
    await capture(team)
    ask = asked(await team.press("collect", CASE, BEN))
    ask = asked(await team.submit(ask, {"what": "test-buy"}, BEN))
    genuine = {**TEST_BUY, "result": "genuine"}
    ask = asked(await team.submit(ask, genuine, BEN))
    assert "Added to C-1" in notice((await team.submit(ask, genuine, BEN))[:1])
    await draft(team)
    card = team.chat.cards["R-1"]
    assert "showed that the product is genuine" in shown(card)
    await team.press("confirm-report", REPORT, ANA)
    assert (await report(team)).state is ReportState.DRAFT
