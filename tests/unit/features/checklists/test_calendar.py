"""When checklists are due, and what people call that time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from adapters.scheduling.cadence import CronCadences
from bot.core.recurrence import ChecklistSchedule, latest
from bot.features.checklists.rules.calendar import counts, expiry, period
from tests.cases import for_each
from tests.unit.features.checklists.samples import BERLIN, MONDAY, checklist, item


@for_each(
    ("cadence", "name"),
    [
        ("0 9 * * mon", "week 47"),
        ("0 9 * * mon,thu", "22 Nov"),
        ("0 9 * * mon-fri", "22 Nov"),
        ("30 2 * * *", "22 Nov"),
        ("0 9 1-7 * mon", "November"),
        ("0 9 1-7 */2 mon", "November 2027"),
        ("0 9 1-7 2,5,8,11 mon", "Q4 2027"),
        ("0 9 1 */3 *", "Q4 2027"),
        ("0 9 29 2 *", "2027"),
        ("0 9 1 jan,jul *", "November 2027"),
    ],
)
def test_a_run_is_called_by_its_time(cadence: str, name: str) -> None:
    assert period(cadence, BERLIN.local(MONDAY)) == name


def test_what_was_missed_comes_once_with_its_last_moment() -> None:
    def following(at: datetime) -> datetime:
        return CronCadences().following("0 9 * * mon", "Europe/Berlin", at)

    planned, coming = latest(MONDAY, MONDAY + timedelta(days=16), following)
    assert (planned, coming) == (MONDAY + timedelta(days=14), MONDAY + timedelta(days=21))
    assert latest(MONDAY, MONDAY, following) == (MONDAY, MONDAY + timedelta(days=7))


def test_done_counts_for_its_days_or_to_the_end_of_the_next_day_of_the_checklist() -> None:
    following = MONDAY + timedelta(days=7)
    assert expiry(item("a", expires=90), MONDAY, following, BERLIN) == MONDAY + timedelta(days=90)
    # Midnight in Berlin between Monday and Tuesday.
    ends = datetime(2027, 11, 29, 23, tzinfo=UTC)
    assert expiry(item("a"), MONDAY, following, BERLIN) == ends
    assert expiry(item("a"), MONDAY, None, BERLIN) is None


def test_another_cadence_or_zone_is_counted_anew() -> None:
    weekly = checklist(item("a"))
    agenda = ChecklistSchedule(
        checklist="list", cadence="0 9 * * mon", zone="Europe/Berlin", next_at=MONDAY
    )
    assert counts(agenda, weekly, "Europe/Berlin")
    assert not counts(agenda, weekly, "UTC")
    assert not counts(agenda, checklist(item("a"), cadence="0 9 * * tue"), "Europe/Berlin")
