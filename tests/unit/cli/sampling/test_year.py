from __future__ import annotations

from datetime import UTC, datetime, time

from adapters.scheduling.cadence import CronCadences
from bot.cli.sampling.year import calendar, year
from bot.core.team import Team
from checks.checklists import shipped

BERLIN = Team(zone="Europe/Berlin")
ASKED, CADENCES = shipped(), CronCadences()
SINCE = datetime(2026, 11, 26, 12, tzinfo=UTC)


def test_everything_comes_at_nine_on_the_teams_clock_the_year_round() -> None:
    runs = year(ASKED, CADENCES, BERLIN, SINCE)
    assert {run.at.time() for run in runs} == {time(9)}
    assert [run.at for run in runs] == sorted(run.at for run in runs)
    assert (runs[0].at.date().isoformat(), runs[-1].at.year) == ("2026-11-30", 2027)


def test_the_weekly_checklist_comes_every_monday() -> None:
    runs = year(ASKED, CADENCES, BERLIN, SINCE)
    weekly = [run for run in runs if run.title.startswith("Account security")]
    assert {run.at.weekday() for run in weekly} == {0}
    assert len(weekly) == 52


def test_what_counts_for_longer_is_not_asked_each_time() -> None:
    runs = year(ASKED, CADENCES, BERLIN, SINCE)
    drills = [item.id for run in runs for item in run.items if item.id == "drill"]
    assert drills == ["drill"]


def test_a_playbook_is_in_no_calendar() -> None:
    told = calendar(ASKED, CADENCES, BERLIN, SINCE)
    assert not [each.title for each in ASKED if each.attacks and each.title in told]


def test_each_line_says_day_checklist_items_and_minutes() -> None:
    lines = calendar(ASKED, CADENCES, BERLIN, SINCE).splitlines()
    assert lines[0] == "A year of checklists from 26 November 2026, in the time zone Europe/Berlin."
    [first] = [line.split() for line in lines if "week 49" in line and "Mon 30 Nov" in line]
    assert " ".join(first) == "Mon 30 Nov 09:00 Account security, week 49 6 items 12 minutes"


def test_the_columns_stand_below_one_another() -> None:
    lines = calendar(ASKED, CADENCES, BERLIN, SINCE).splitlines()
    rows = [line for line in lines if " 09:00 " in line]
    assert len({line.rindex(" item") for line in rows if "items" in line}) == 1
