"""The calendar file: lines that every calendar reads, and what is due under names that stay."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.calendar_file import MOST, TEXT, Due, escaped, folded_line, soonest, write_calendar

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAY = Due(id="right-1", says="Trademark expires", when=date(2026, 12, 31), command="rights")
TEXTS = st.text(st.characters(codec="utf-8"), max_size=TEXT)


def unfolded(content: str) -> list[str]:
    assert content.endswith("\r\n")
    return content.replace("\r\n ", "").split("\r\n")[:-1]


def meant(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), value)


def value(content: str, name: str) -> str:
    return next(line for line in unfolded(content) if line.startswith(name))[len(name) :]


@settings(max_examples=60)
@given(TEXTS)
def test_any_text_is_read_back_and_no_line_is_too_long(text: str) -> None:
    due = Due(id="case-1", says=text, when=NOW, command="case 1")
    content = write_calendar("Due", [due], NOW)
    assert all(len(line.encode()) <= 75 for line in content.split("\r\n"))
    assert len(unfolded(content)) == 14  # no text begins a line of its own
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    said = re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", " ", plain)
    assert meant(value(content, "SUMMARY:")) == said


@settings(max_examples=60)
@given(TEXTS)
def test_folding_loses_no_character(text: str) -> None:
    first, *others = folded_line(text)
    assert all(each.startswith(" ") for each in others)
    assert first + "".join(each[1:] for each in others) == text


def test_a_day_is_all_day_and_a_moment_is_in_utc() -> None:
    tokyo = datetime(2026, 3, 3, 8, 0, tzinfo=timezone(timedelta(hours=9)))
    moment = Due(id="case-1-snooze", says="Snooze ends", when=tokyo, command="case 1")
    lines = unfolded(write_calendar("Due", [DAY, moment], NOW))
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "DTSTART:20260302T230000Z" in lines
    assert lines.count("DTSTAMP:20260302T093000Z") == 2


def test_an_entry_keeps_its_name_when_its_day_moves() -> None:
    later = Due(id=DAY.id, says=DAY.says, when=date(2027, 1, 31), command=DAY.command)
    named = [value(write_calendar("Due", [due], NOW), "UID:") for due in (DAY, later)]
    assert named == ["right-1@brandwarden"] * 2


def test_the_last_day_of_all_is_written() -> None:
    last = Due(id="right-2", says="Expires", when=date.max, command="rights")
    assert "DTSTART;VALUE=DATE:99991231" in unfolded(write_calendar("Due", [last], NOW))


def test_of_too_many_the_nearest_are_kept_in_order() -> None:
    known = [
        Due(id=f"case-{hour}", says="Due", when=NOW + timedelta(hours=hour), command="todo")
        for hour in range(MOST + 20, 0, -1)
    ]
    kept = soonest(known, NOW)
    assert [due.id for due in kept] == [f"case-{hour}" for hour in range(1, MOST + 1)]


def test_an_empty_calendar_is_whole() -> None:
    lines = unfolded(write_calendar("Due", [], NOW))
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")


def test_escaped_text_is_bounded() -> None:
    assert len(escaped("a" * 10_000)) == TEXT
