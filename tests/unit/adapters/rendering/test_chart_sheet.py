from __future__ import annotations

import math
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.rendering.charts import (
    MOST_BARS,
    MOST_CELLS,
    SAYS,
    BarsSheet,
    CourseSheet,
    CurvesSheet,
    HeatSheet,
    Sheet,
    sheet,
)
from bot.core.charts import Bar, Bars, Course, Heat, spoken
from tests.unit.adapters.rendering.drawing import BARS, COURSE, CURVES, DAYS, HEAT, HOURS

several = st.lists(
    st.builds(Bar, st.text(max_size=200), st.floats(), st.text(max_size=200), st.booleans()),
    max_size=60,
).map(tuple)
texts = st.text(max_size=400)


def bars(chart: Bars) -> BarsSheet:
    made = sheet(chart)
    assert isinstance(made, BarsSheet)
    return made


def course(chart: Course) -> CourseSheet:
    made = sheet(chart)
    assert isinstance(made, CourseSheet)
    return made


def heat(chart: Heat) -> HeatSheet:
    made = sheet(chart)
    assert isinstance(made, HeatSheet)
    return made


def shares(made: Sheet) -> list[float]:
    match made:
        case BarsSheet():
            return [bar.share for bar in made.bars]
        case CourseSheet():
            return [place for spot in made.spots for place in (spot.x, spot.y)]
        case HeatSheet():
            return [cell.shade for _, cells in made.rows for cell in cells]
        case CurvesSheet():
            return [height for height, _ in made.scale]


def test_the_longest_bar_takes_all_the_room() -> None:
    made = bars(BARS)
    assert [round(bar.share, 3) for bar in made.bars] == [1, 0.214, 0.036]
    assert [bar.strong for bar in made.bars] == [True, False, False]


def test_the_picture_and_the_words_have_the_same_numbers() -> None:
    told = spoken(BARS).lower()
    for bar in bars(BARS).bars:
        assert f"{bar.label}: {bar.amount}".lower() in told
    told = spoken(COURSE).lower()
    for spot, point in zip(course(COURSE).spots, COURSE.points, strict=True):
        assert not spot.amount or f"{point.label}: {spot.amount}" in told
    hottest = [
        f"{name} {hour}: {cell.amount}"
        for name, cells in heat(HEAT).rows
        for hour, cell in zip(HOURS, cells, strict=True)
        if cell.strong
    ]
    assert hottest == ["Fri 19: 12"]
    assert hottest[0] in spoken(HEAT)


def test_a_short_unit_stands_at_every_number_and_a_long_one_is_said_once() -> None:
    short = bars(Bars(title="t", says="s", bars=(Bar("a", 12),), unit="%"))
    long = bars(Bars(title="t", says="s", bars=(Bar("a", 12),), unit="cases"))
    assert (short.bars[0].amount, short.unit) == ("12%", "")
    assert (long.bars[0].amount, long.unit) == ("12", "cases")


def test_what_is_left_out_is_said() -> None:
    many = bars(Bars(title="t", says="s", bars=(Bar("a", 1),) * (MOST_BARS + 3)))
    assert (len(many.bars), many.more) == (MOST_BARS, "and 3 more")
    wide = Heat(title="t", says="s", rows=("r",), columns=("c",) * 70, counts=((1,) * 70,))
    assert heat(wide).more == f"and {70 - MOST_CELLS} more"


def test_a_course_tells_its_last_its_strong_and_its_extreme_points() -> None:
    told = {spot.amount for spot in course(COURSE).spots if spot.amount}
    values = [point.value for point in COURSE.points]
    expected = {values[-1], values[6], max(values), min(values)}
    assert {f"{value:g}%" for value in expected} <= told | {f"{values[0]:g}%"}


def test_numbers_and_labels_of_a_long_course_do_not_touch() -> None:
    year = tuple(Bar(f"wk {week}", week * 37 % 90) for week in range(53))
    spots = course(Course(title="t", says="s", points=year, most=100)).spots
    numbered = [(spot.x, spot.y) for spot in spots if spot.amount]
    labelled = [spot.x for spot in spots if spot.label]
    assert len(numbered) >= 2
    assert len(labelled) == 5
    assert all(b - a >= 0.24 for a, b in pairwise(labelled))
    for (a, low), (b, high) in combinations(numbered, 2):
        assert b - a >= 0.13 or abs(high - low) >= 0.18


def test_labels_of_a_course_stand_evenly() -> None:
    quarter = tuple(Bar(f"wk {week}", 1) for week in range(12))
    spots = course(Course(title="t", says="s", points=quarter, most=1)).spots
    assert [number for number, spot in enumerate(spots) if spot.label] == [0, 4, 7, 11]


def test_a_peak_beside_the_last_point_still_has_its_number() -> None:
    values = (3, 5, 2, 2, 5, 2, 5, 3, 4, 3, 7, 0)
    points = tuple(Bar(f"wk {place}", value) for place, value in enumerate(values))
    spots = course(Course(title="t", says="s", points=points, most=7)).spots
    assert [spot.amount for spot in spots if spot.amount] == ["3", "7", "0"]


def test_one_point_stands_in_the_middle() -> None:
    [spot] = course(Course(title="t", says="s", points=(Bar("now", 3),), most=10)).spots
    assert (spot.x, spot.y, spot.amount, spot.label) == (0.5, 0.3, "3", "now")


def test_a_course_above_its_scale_raises_the_scale() -> None:
    made = course(Course(title="t", says="s", points=(Bar("", 3), Bar("", 30)), most=10))
    assert [spot.y for spot in made.spots] == [0.1, 1]
    assert made.top == "30"


def test_a_heat_map_without_any_count_has_nothing_to_show() -> None:
    empty = Heat(title="t", says="s", rows=DAYS, columns=HOURS, counts=((0,) * 24,) * 7)
    assert heat(empty).rows == ()
    assert "nothing yet" in spoken(empty).lower()


def test_nothing_stands_out_where_everything_is_alike() -> None:
    alike = Heat(title="t", says="s", rows=DAYS, columns=HOURS, counts=((1,) * 24,) * 7)
    assert not any(cell.strong for _, cells in heat(alike).rows for cell in cells)


def test_a_count_that_does_not_fit_its_cell_is_not_written() -> None:
    row = (5, 55, 555) + (0,) * 21
    made = heat(Heat(title="t", says="s", rows=("Mon",), columns=HOURS, counts=(row,)))
    assert [cell.amount for cell in made.rows[0][1][:3]] == ["5", "55", ""]


@settings(max_examples=60, deadline=None)
@given(several, texts, st.text(max_size=60), st.floats())
def test_whatever_comes_fits_the_picture(
    some: tuple[Bar, ...], text: str, unit: str, most: float
) -> None:
    drawn = (
        bars(Bars(title=text, says=text, bars=some, unit=unit)),
        course(Course(title=text, says=text, points=some, most=most, unit=unit)),
    )
    for made in drawn:
        assert all(0 <= share <= 1 and math.isfinite(share) for share in shares(made))
        assert max(len(made.title), len(made.says), len(made.unit)) <= SAYS


@pytest.mark.ci
@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 80).flatmap(
        lambda width: st.lists(st.tuples(*[st.integers(-5, 10**9)] * width), max_size=8)
    )
)
def test_whatever_is_counted_fits_the_map(counts: list[tuple[int, ...]]) -> None:
    columns = tuple(map(str, range(len(counts[0]) if counts else 0)))
    rows = tuple(map(str, range(len(counts))))
    made = heat(Heat(title="t", says="s", rows=rows, columns=columns, counts=tuple(counts)))
    assert all(0 <= share <= 1 for share in shares(made))
    assert {len(cells) for _, cells in made.rows} <= {len(made.columns)}


def test_curves_fill_their_scale_and_nothing_leaves_it() -> None:
    made = sheet(CURVES)
    assert isinstance(made, CurvesSheet)
    places = [place for each in made.curves for way in each.ways for x in way for place in x]
    assert all(0 <= place <= 1 for place in places)
    assert [said for _, said in made.scale] == ["39.10", "44.90", "50.70"]
