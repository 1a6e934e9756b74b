"""Who files a report on an unknown seller has decided that they are no lawful one."""

from __future__ import annotations

from bot.features.attacks.service.incidents import incidents
from tests.unit.conftest import ANA, BEN, Team, asked, notice
from tests.unit.features.reports.reporting import REPORT, answer, draft, everything, start


async def test_an_unknown_seller_counts_as_an_attacker_once_a_report_is_filed(team: Team) -> None:
    await start(team)
    await everything(team)
    await draft(team)
    assert "Confirmed R-1" in notice(await team.press("confirm-report", REPORT, ANA))
    assert [each.decided for each in await incidents(team.app)] == [False]
    ask = asked(await team.press("report-filed", REPORT, BEN))
    await answer(team, ask, {"complaint": "13579-2468"})
    assert [each.decided for each in await incidents(team.app)] == [True]
