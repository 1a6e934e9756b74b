"""Who files a report on an unknown seller has decided that they are no lawful one."""

from __future__ import annotations

import msgspec

from adapters.storage.codec import decode
from bot.features.attacks.service.incidents import incidents
from bot.features.cases.models.cases import Case
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.claims import Claim
from tests.fakes import START
from tests.unit.conftest import ANA, BEN, Team, asked, notice
from tests.unit.features.reports.reporting import (
    CASE,
    REPORT,
    answer,
    draft,
    everything,
    report,
    start,
)


async def test_an_unknown_seller_counts_as_an_attacker_once_a_report_is_filed(team: Team) -> None:
    await start(team)
    await everything(team)
    await draft(team)
    assert "Confirmed R-1" in notice(await team.press("confirm-report", REPORT, ANA))
    assert [each.decided for each in await incidents(team.app)] == [False]
    ask = asked(await team.press("report-filed", REPORT, BEN))
    await answer(team, ask, {"complaint": "13579-2468"})
    assert [each.decided for each in await incidents(team.app)] == [True]


async def filed(team: Team) -> None:
    await start(team)
    await everything(team)
    await draft(team)
    await team.press("confirm-report", REPORT, ANA)
    ask = asked(await team.press("report-filed", REPORT, BEN))
    await answer(team, ask, {"complaint": "13579-2468"})


async def test_a_report_that_was_retracted_decides_nothing(team: Team) -> None:
    await filed(team)
    await team.press("retract-report", REPORT, BEN)
    assert [each.decided for each in await incidents(team.app)] == [False]


async def test_a_report_that_names_no_seller_says_nothing_of_the_one_in_its_case(
    team: Team,
) -> None:
    await filed(team)
    named = await report(team)
    async with team.app.store.transaction() as tx:
        tx.put(REPORTS, msgspec.structs.replace(named, claim=Claim.TAKEOVER, seller=""))
    assert [each.decided for each in await incidents(team.app)] == [False]
    asking = asked(await team.press("authorise", CASE))
    assert "R-1" not in asking.form.intro


def test_a_case_of_an_older_version_opens_without_its_mark() -> None:
    at = START.isoformat()
    stored = {"number": 1, "fingerprint": "US/A1", "marketplace": "US", "opened_at": at}
    raw = msgspec.json.encode(stored | {"violation": True})
    case = decode(raw, Case, collection="cases", key="00000001")
    assert case == msgspec.convert(stored, Case)
