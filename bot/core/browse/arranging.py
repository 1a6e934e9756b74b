"""Finding, filtering and sorting rows. Pure: the same rows and question give the same answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any, cast

from bot.core.browse.models import (
    LONGEST_SEARCH,
    PAGE_ROWS,
    RowMark,
    pages_of,
)

_KEY = attrgetter("key")

Judge = Callable[[RowMark], bool]
"""Tells whether a row fits a filter that no tag answers, because the time decides."""


def fitting(
    marks: Iterable[RowMark],
    search: str,
    tags: Iterable[str] = (),
    judges: Iterable[Judge] = (),
) -> list[RowMark]:
    """Return the rows that fit the search, all tags and all judges, in the order given."""
    found = list(marks)
    for tag in tags:
        found = [mark for mark in found if tag in mark.tags]
    for word in search_words(search):
        found = [mark for mark in found if word in mark.words]
    for judge in judges:
        found = [mark for mark in found if judge(mark)]
    return found


def ordered(marks: Sequence[RowMark], place: int, *, descending: bool) -> list[RowMark]:
    """Sort rows by the column at that place; equal ones by key, unknown ones last either way."""
    by_key = sorted(marks, key=_KEY)
    known = [mark for mark in by_key if mark.sorts[place] is not None]
    unknown = [mark for mark in by_key if mark.sorts[place] is None]
    known.sort(key=lambda mark: cast("Any", mark.sorts[place]), reverse=descending)
    return known + unknown


def cut_page(marks: Sequence[RowMark], page: int) -> tuple[int, Sequence[RowMark]]:
    """Return the page that was asked for, or the nearest there is, and its number."""
    number = min(max(1, page), pages_of(len(marks)))
    return number, marks[PAGE_ROWS * (number - 1) : PAGE_ROWS * number]


def search_words(search: str) -> list[str]:
    """Return the words that a row must have, in small letters."""
    return search[:LONGEST_SEARCH].casefold().split()


def searchable(*texts: str) -> str:
    """Return what a search looks in; texts stand apart, so that no word reaches over two."""
    return "\n".join(filter(None, texts)).casefold()
