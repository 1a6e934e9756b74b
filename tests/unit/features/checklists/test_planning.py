"""Which items a run asks, of whom, and in which order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from bot.core.labeled import Duty
from bot.core.team import Team
from bot.features.checklists.models.decisions import Decision
from bot.features.checklists.models.runs import Answer, ItemStatus
from bot.features.checklists.rules.planning import decision_due, plan, plan_decisions
from tests.unit.features.checklists.samples import (
    ANA,
    BEN,
    BERLIN,
    EVE,
    MONDAY,
    checklist,
    item,
    standing,
)

WEEK = timedelta(days=7)


def asked(*standings: ItemStatus, expires: int = 0, weeks: int = 1) -> list[str]:
    """Return what the run of so many weeks later asks, of three items."""
    items = (item("a", expires=expires), item("b"), item("c"))
    known = {each.item: each for each in standings}
    now = MONDAY + weeks * WEEK
    return [task.item.id for task in plan(checklist(*items), known, BERLIN, now, now + WEEK)]


def test_a_problem_comes_first_until_it_is_done() -> None:
    assert asked(standing("c", Answer.PROBLEM, case=14)) == ["c", "a", "b"]
    assert asked(standing("c", Answer.OPEN, case=14)) == ["a", "b", "c"]


def test_what_is_not_for_us_is_asked_again_after_a_year() -> None:
    foreign = standing("b", Answer.NOT_OURS, expires_at=MONDAY + timedelta(days=365))
    assert asked(foreign, weeks=52) == ["a", "c"]
    assert asked(foreign, weeks=53) == ["a", "b", "c"]


def test_what_counts_until_the_next_time_is_not_asked() -> None:
    done = standing("a", expires_at=MONDAY + timedelta(days=30))
    assert asked(done, expires=30, weeks=2) == ["b", "c"]
    # It would expire two days after this run, and five before the next one.
    assert asked(done, expires=30, weeks=4) == ["a", "b", "c"]


def test_what_counts_until_the_checklist_comes_again_is_always_asked() -> None:
    late = standing("b", expires_at=MONDAY + timedelta(days=30))
    assert asked(late) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("duties", "owners"),
    [
        ({}, [None, None]),
        ({"lead": EVE}, [EVE, EVE]),
        ({"account": ANA, "lead": EVE}, [ANA, EVE]),
        ({"account": ANA, "rights": BEN}, [ANA, BEN]),
    ],
)
def test_an_item_is_asked_of_who_has_its_duty(
    duties: dict[str, object], owners: list[object]
) -> None:
    team = msgspec.convert({"duties": {}}, Team)
    team = msgspec.structs.replace(team, duties=duties)
    items = checklist(item("a"), item("b", owner=Duty.RIGHTS))
    tasks = plan(items, {}, team, MONDAY, MONDAY + WEEK)
    assert [task.owner for task in tasks] == owners


def test_who_took_an_item_is_asked_before_the_holder_of_the_duty() -> None:
    team = Team(duties={"account": ANA})
    known = {"a": standing("a", owner=BEN)}
    [task] = plan(checklist(item("a")), known, team, MONDAY, MONDAY + WEEK)
    assert task.owner == BEN


TODAY = date(2028, 1, 10)


@pytest.mark.parametrize(
    ("due", "asked_on", "wanted"),
    [
        (TODAY, None, True),
        (TODAY + timedelta(days=1), None, False),
        (TODAY - timedelta(days=3), TODAY - timedelta(days=3), False),
        (TODAY - timedelta(days=7), TODAY - timedelta(days=7), True),
        # It was put off since it was asked last.
        (TODAY, TODAY - timedelta(days=3), True),
    ],
)
def test_a_decision_comes_on_its_day_and_a_week_later(
    due: date, asked_on: date | None, wanted: bool
) -> None:
    assert decision_due(decision(due), asked_on, TODAY) is wanted
    assert not decision_due(decision(due, done=True), asked_on, TODAY)


def test_a_decision_is_asked_of_who_took_it() -> None:
    [task] = plan_decisions([decision(TODAY)], {})
    assert (task.item.id, task.item.title, task.owner) == ("D-3", "Two-step login for all", BEN)
    assert task.item.why == "Ana decided this on 4 Dec 2027. It is due 10 Jan 2028."


def decision(due: date, *, done: bool = False) -> Decision:
    return Decision(
        number=3,
        review="000001",
        text="Two-step login for all",
        owner=BEN,
        due=due,
        decided_by=ANA,
        decided_at=datetime(2027, 12, 4, 10, tzinfo=UTC),
        open=not done,
    )


def test_what_did_not_concern_the_last_attack_is_asked_in_the_next() -> None:
    foreign = standing("b", Answer.NOT_OURS, expires_at=MONDAY + timedelta(days=365))
    playbook = checklist(item("a"), item("b"))
    tasks = plan(playbook, {"b": foreign}, BERLIN, MONDAY, None)
    assert [task.item.id for task in tasks] == ["a", "b"]
