"""The score: never a number without its parts."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.checklists.models.definitions import Area, Checklist, ProofKind
from bot.features.checklists.models.runs import Answer, ItemStatus, Task, item_status_key
from bot.features.checklists.models.score_points import of_hundred
from bot.features.checklists.rules.answering import AnswerGiven, give
from bot.features.checklists.rules.calendar import expiry
from bot.features.checklists.rules.score import expiring, not_ours, score
from tests.cases import for_each
from tests.unit.features.checklists.samples import (
    ANA,
    BERLIN,
    MONDAY,
    checklist,
    item,
    run,
    standing,
)

IDS = "abcd"
LIST = checklist(*(item(id, weight=place) for place, id in enumerate(IDS, 1)))
DAY = timedelta(days=1)


def known(*standings: ItemStatus) -> dict[str, ItemStatus]:
    return {each.key: each for each in standings}


def why(stands: ItemStatus | None, now: datetime = MONDAY + 3 * DAY) -> tuple[float, str]:
    [part] = score(
        [checklist(item("a", weight=4))], known(stands) if stands else {}, BERLIN, now
    ).parts
    return part.got, part.why


@for_each(
    ("stands", "days", "got", "says"),
    [
        (None, 3, 0, "never answered"),
        (standing("a", expires_at=MONDAY + 7 * DAY), 0, 4, "done today"),
        (standing("a", expires_at=MONDAY + 7 * DAY), 1, 4, "done yesterday"),
        (standing("a", expires_at=MONDAY + 7 * DAY), 3, 4, "done 3 days ago"),
        (
            standing("a", expires_at=MONDAY + 7 * DAY),
            8,
            2,
            "done 8 days ago, overdue since 29 Nov",
        ),
        (
            standing("a", expires_at=MONDAY + 7 * DAY),
            14,
            0,
            "done 14 days ago, overdue since 29 Nov",
        ),
        (standing("a", Answer.PROBLEM, case=14), 3, 0, "problem since 22 Nov, C-14"),
        (standing("a", Answer.OPEN, case=14), 3, 0, "C-14 is closed but not confirmed"),
        (standing("a", Answer.OPEN), 3, 0, "never answered"),
        (
            standing("a", Answer.NOT_OURS, expires_at=MONDAY + 365 * DAY),
            365,
            0,
            "marked 'Not for us' 365 days ago",
        ),
    ],
)
def test_every_part_says_why(stands: ItemStatus | None, days: int, got: float, says: str) -> None:
    assert why(stands, MONDAY + days * DAY) == (got, says)


def test_what_is_not_for_us_is_left_out() -> None:
    foreign = standing("d", Answer.NOT_OURS, expires_at=MONDAY + 365 * DAY)
    assert score([LIST], known(foreign), BERLIN, MONDAY).of == 1 + 2 + 3
    assert [stands.item for _, stands in not_ours([LIST], known(foreign), MONDAY)] == ["d"]
    assert not_ours([LIST], known(foreign), MONDAY + 365 * DAY) == []


def test_a_playbook_is_no_part_of_it() -> None:
    playbook = msgspec.structs.replace(LIST, cadence="", attacks=("other",))
    assert score([playbook], {}, BERLIN, MONDAY).of == 0


def test_the_areas_add_up_and_the_dearest_comes_first() -> None:
    rights = msgspec.structs.replace(LIST, id="rights", area=Area.RIGHTS)
    present = score([rights, LIST], known(standing("d"), standing("b")), BERLIN, MONDAY)
    assert present.areas == {Area.SECURITY: (6, 10), Area.RIGHTS: (0, 10)}
    assert [part.lost for part in present.costly] == [4, 3, 3, 2, 1, 1]
    assert (present.got, present.of, present.percent) == (6, 20, 30)


def test_an_open_alarm_caps_the_score() -> None:
    done = [standing(each) for each in IDS]
    assert score([LIST], known(*done), BERLIN, MONDAY).percent == 100
    for stands in (standing("a", Answer.UNEXPLAINED), standing("d", Answer.PROBLEM, case=1)):
        present = score([LIST], known(*done, stands), BERLIN, MONDAY)
        assert (present.percent, len(present.alarms)) == (60, 1)
    light = score([LIST], known(*done, standing("a", Answer.PROBLEM, case=1)), BERLIN, MONDAY)
    assert (light.percent, light.alarms) == (90, ())


def test_unknown_apps_cap_the_score_however_little_their_item_weighs() -> None:
    apps = msgspec.structs.replace(item("a", weight=1), proof=ProofKind.APPS)
    listed = checklist(apps, item("b", weight=5))
    stands = known(standing("a", Answer.PROBLEM, case=1), standing("b"))
    assert score([listed], stands, BERLIN, MONDAY).percent == 60


def test_what_expires_within_30_days_is_known_before() -> None:
    yearly = checklist(item("a", expires=365), item("b", expires=90), item("c"))
    stands = known(
        standing("a", expires_at=MONDAY + 29 * DAY),
        standing("b", expires_at=MONDAY + 9 * DAY),
        standing("c", expires_at=MONDAY + 7 * DAY),
    )
    found = expiring([yearly], stands, MONDAY, 30 * DAY)
    assert [each.id for _, each in found] == ["b", "a"]
    assert expiring([yearly], stands, MONDAY + 29 * DAY, 30 * DAY) == []


@pytest.mark.parametrize(
    ("got", "of", "hundred"),
    [
        (0, 0, 0),
        (0, 3, 0),
        (1, 3, 33),
        (180.5, 181, 99),
        (181, 181, 100),
        (44, 48, 92),
        (8, 13, 62),
    ],
)
def test_a_hundred_is_all_of_it(got: float, of: float, hundred: int) -> None:
    assert of_hundred(got, of) == hundred


STANDINGS = st.builds(
    standing,
    st.sampled_from(IDS),
    st.sampled_from(Answer),
    at=st.datetimes(
        min_value=MONDAY.replace(tzinfo=None) - 400 * DAY, max_value=MONDAY.replace(tzinfo=None)
    ).map(lambda at: at.replace(tzinfo=MONDAY.tzinfo)),
    case=st.none() | st.integers(1, 99),
).map(lambda each: msgspec.structs.replace(each, expires_at=each.at + 40 * DAY))


@given(stands=st.lists(STANDINGS, max_size=4), place=st.integers(0, 3))
def test_points_add_up_and_an_answer_done_never_lowers_them(
    stands: list[ItemStatus], place: int
) -> None:
    before = score([LIST], known(*stands), BERLIN, MONDAY)
    assert 0 <= before.got <= before.of <= 10
    assert before.got == sum(part.got for part in before.parts)
    assert before.got == sum(got for got, _ in before.areas.values())
    assert before.of - before.got == sum(part.lost for part in before.costly)
    done = answered(LIST, place, known(*stands))
    after = score([LIST], known(*stands, done), BERLIN, MONDAY)
    assert after.got >= before.got
    assert after.percent >= before.percent or before.of < after.of


def answered(asked: Checklist, place: int, stands: dict[str, ItemStatus]) -> ItemStatus:
    task = Task(item=asked.items[place])
    ends = expiry(task.item, MONDAY, MONDAY + 7 * DAY, BERLIN)
    said = AnswerGiven(answer=Answer.DONE, who=ANA, at=MONDAY, expires_at=ends)
    before = stands.get(item_status_key(asked.id, task.item.id))
    return give(run(task), task, before, said).status
