"""Finding, filtering and sorting rows of a table."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.browse.arranging import cut_page, fitting, ordered, searchable
from bot.core.browse.models import (
    LONGEST_SEARCH,
    PAGE_ROWS,
    RowMark,
    SortValue,
    pages_of,
)


def mark(key: str, value: SortValue = None, words: str = "", *tags: str) -> RowMark:
    return RowMark(key=key, sorts=(value,), words=searchable(words), tags=tags)


def keys(marks: list[RowMark]) -> list[str]:
    return [each.key for each in marks]


WALNUT = mark("1", 12.0, "Walnut Salad Bowl B0WALNUT", "market=US", "case=open")
OAK = mark("2", None, "Oak Board B0OAK", "market=DE", "case=open")
PAN = mark("3", 9.5, "Pan B0PAN", "market=US", "case=none")
ALL = (WALNUT, OAK, PAN)


def test_each_word_of_a_search_is_found_anywhere_and_in_any_order() -> None:
    assert keys(fitting(ALL, "BOWL wal")) == ["1"]
    assert keys(fitting(ALL, "b0")) == ["1", "2", "3"]
    assert fitting(ALL, "bowl oak") == []


def test_no_word_reaches_over_two_texts() -> None:
    assert fitting([mark("1", None, searchable("Oak", "Board"))], "kB") == []


def test_filters_narrow_together() -> None:
    assert keys(fitting(ALL, "", ["market=US", "case=open"])) == ["1"]


def test_a_judge_decides_what_no_tag_tells() -> None:
    assert keys(fitting(ALL, "", (), [lambda each: each.key > "1"])) == ["2", "3"]


def test_unknown_values_are_last_in_both_directions() -> None:
    assert keys(ordered(ALL, 0, descending=False)) == ["3", "1", "2"]
    assert keys(ordered(ALL, 0, descending=True)) == ["1", "3", "2"]


def test_only_so_much_of_a_search_is_read() -> None:
    assert keys(fitting(ALL, f"pan{' ' * LONGEST_SEARCH}bowl")) == ["3"]


VALUES = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))
MARKS = st.lists(st.tuples(st.text(max_size=4), VALUES), unique_by=lambda each: each[0])


@given(rows=MARKS, descending=st.booleans())
def test_sorting_loses_and_doubles_nothing_and_is_the_same_for_any_order(
    *, rows: list[tuple[str, float | None]], descending: bool
) -> None:
    marks = [mark(key, value) for key, value in rows]
    found = ordered(marks, 0, descending=descending)
    assert sorted(keys(found)) == sorted(keys(marks))
    assert found == ordered(marks[::-1], 0, descending=descending)
    known = [each.sorts[0] for each in found if isinstance(each.sorts[0], float)]
    assert known == sorted(known, reverse=descending)


@given(st.integers(0, 350), st.integers(-5, 10))
def test_a_page_is_the_nearest_that_there_is(rows: int, page: int) -> None:
    marks = [mark(f"{number:04d}") for number in range(rows)]
    number, shown = cut_page(marks, page)
    assert 1 <= number <= pages_of(rows)
    assert list(shown) == marks[PAGE_ROWS * (number - 1) : PAGE_ROWS * number]
    assert bool(shown) is bool(rows)
