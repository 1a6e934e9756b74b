"""One rule says which earlier report a new one repeats: the form and the check name the same."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from bot.core.store import run_in_transaction
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import Report, ReportState
from bot.features.reports.rules.repeats import earlier
from bot.features.reports.service.gathering import lint_input_of
from tests.fakes import START
from tests.unit.conftest import BEN, Team, asked
from tests.unit.features.reports.dockets import REPORT as DRAFTED
from tests.unit.features.reports.reporting import CASE, COPY, draft, report, start

CLOSED = {"state": ReportState.CLOSED, "open": False}
ACCEPTED = {"verdict": ReportState.ACCEPTED, "answered_at": START}


def changed(**fields: object) -> Report:
    return msgspec.structs.replace(DRAFTED, **fields)


@pytest.mark.parametrize(
    ("before", "says"),
    [
        (changed(), "already reports this (draft)"),
        (changed(state=ReportState.REFUSED), "Amazon rejected"),
        (changed(**CLOSED, **ACCEPTED), "already reports this (accepted)"),
        (changed(state=ReportState.FILED, returned_at=START), "left and came back"),
    ],
)
def test_what_is_open_or_was_accepted_is_known_to_a_new_report(before: Report, says: str) -> None:
    known = earlier(before)
    assert known is not None
    assert says in known.says


@pytest.mark.parametrize(
    "before",
    [
        changed(**CLOSED),
        changed(**CLOSED, verdict=ReportState.REFUSED),
        changed(state=ReportState.DISCARDED, open=False),
        changed(state=ReportState.RETRACTED, open=False, filed_at=START, **ACCEPTED),
        changed(**CLOSED, **ACCEPTED, seller=""),
    ],
)
def test_what_is_over_without_success_stands_in_no_way(before: Report) -> None:
    assert earlier(before) is None


def test_an_accepted_one_is_followed_by_a_stay_that_began_after_it() -> None:
    before = changed(**CLOSED, **ACCEPTED)
    after = earlier(before, START + timedelta(days=1))
    assert after is not None
    assert after.came_back


async def test_the_form_and_the_check_name_the_same_report(team: Team) -> None:
    await start(team)
    await draft(team)
    first = await report(team)
    accepted = msgspec.structs.replace(first, filed_at=START, **CLOSED, **ACCEPTED)
    second = msgspec.structs.replace(first, number=2)
    elsewhere = msgspec.structs.replace(first, number=3, marketplace="DE")
    async with team.app.store.transaction() as tx:
        for each in (accepted, second, elsewhere):
            tx.put(REPORTS, each)
    told = await run_in_transaction(team.app.store, lambda tx: lint_input_of(team.app, tx, second))
    assert [each.label for each in told.others] == ["R-1"]
    refused = str(await team.press("confirm-report", second.key, BEN))
    assert "R-1 already reports this (accepted)" in refused
    await team.press("retract-report", second.key, BEN)
    ask = asked(await team.press("report", CASE, BEN))
    for answers in COPY[:-1]:
        ask = asked(await team.submit(ask, answers, BEN))
    assert "R-1 already reports this (accepted)" in ask.form.intro
