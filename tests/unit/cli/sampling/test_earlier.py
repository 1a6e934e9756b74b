"""The sample's case begins before anything that was done about it."""

from __future__ import annotations

from datetime import timedelta

from bot.cli.sampling.earlier import begin_earlier
from bot.features.cases.collections import AFFECTED, CASES, ENTRIES
from bot.features.evidence.collections import CUSTODY
from bot.features.reports.models.dossier import MomentKind
from bot.features.watchlist.collections import HISTORIES
from tests.unit.conftest import ANA, ASIN, OWN, THIEF, Team
from tests.unit.features.reports.reporting import CASE, REPORT, draft, everything, start

AGO = timedelta(days=9)


async def test_all_that_the_watch_recorded_moves_together(team: Team) -> None:
    await start(team)
    case = await team.app.store.get(CASES, CASE)
    before = await team.app.store.get(HISTORIES, f"US-{ASIN}")
    assert case is not None
    assert before is not None
    moved = await begin_earlier(team.app, case, AGO)
    assert moved.opened_at == case.opened_at - AGO
    for entry in await team.app.store.find(ENTRIES, "case", CASE):
        assert entry.at <= case.opened_at - AGO
        assert entry.day == f"{entry.at:%Y-%m-%d}"
    [affected] = await team.app.store.find(AFFECTED, "case", CASE)
    assert {signal.since for signal in affected.signals} == {case.opened_at - AGO}
    after = await team.app.store.get(HISTORIES, f"US-{ASIN}")
    assert after is not None
    stays = [history.presence(THIEF) for history in (before, after)]
    assert all(stays)
    assert [stay.since for stay in stays if stay] == [case.opened_at, case.opened_at - AGO]
    assert before.presence(OWN) == after.presence(OWN)


async def test_what_is_done_about_it_comes_after(team: Team) -> None:
    await start(team)
    case = await team.app.store.get(CASES, CASE)
    assert case is not None
    moved = await begin_earlier(team.app, case, AGO)
    await everything(team)
    await draft(team)
    await team.press("confirm-report", REPORT, ANA)
    await team.work()
    told = team.packer.dossiers[-1]
    assert told.moments[0].kind is MomentKind.SEEN
    assert told.moments[0].at == moved.opened_at == told.offer.first_seen
    assert all(moment.at > moved.opened_at for moment in told.moments[1:])
    for entry in await team.app.store.find(CUSTODY, "case", CASE):
        assert entry.at > moved.opened_at.isoformat()
