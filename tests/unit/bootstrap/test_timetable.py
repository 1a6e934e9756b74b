"""The timetable: whatever runs by itself speaks the team's language, and for that run alone."""

from __future__ import annotations

import pytest

from bot.bootstrap.timetable import schedule
from bot.core.collections import TEAMS
from bot.core.disk_watch import DiskWatch
from bot.core.interface import InterfaceLanguage, speaking
from bot.core.scheduler import Work
from bot.core.team import Team as Settings
from checks.monitor import ListingMonitor
from tests.unit.bootstrap.timetable import Timetable
from tests.unit.conftest import Team


@pytest.mark.parametrize("language", InterfaceLanguage)
async def test_work_speaks_the_language_of_the_team(
    team: Team, monkeypatch: pytest.MonkeyPatch, language: InterfaceLanguage
) -> None:
    heard: list[InterfaceLanguage] = []

    async def listen(_: ListingMonitor, __: str = "") -> None:
        heard.append(speaking())

    monkeypatch.setattr(ListingMonitor, "tick", listen)
    timetable = Timetable()
    schedule(timetable, team.app, team.monitor, [team.dispatcher], DiskWatch(team.app, {}))
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, Settings(language=language))
    await timetable.works[Work.TICK]("")
    assert heard == [language]
    assert speaking() is InterfaceLanguage.ENGLISH
