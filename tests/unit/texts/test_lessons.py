"""Lessons: the shipped ones are sound, and a file that is not is told of in a sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.bootstrap.features import COMMANDS
from bot.core.interface import InterfaceLanguage, speak
from bot.core.labeled import AttackKind
from bot.core.text import plain
from bot.errors import UserError
from bot.features.training.models import Lesson
from bot.features.training.texts.reading import LESSONS, SIZE, read_lessons
from tests.cases import for_each

SHIPPED = read_lessons()
SOUND = """+++
title = "Two doors"
question = "Which door?"
options = ["This", "That", "Both"]
right = 1
because = "It is that one."
+++
The first paragraph
goes on here.

- An entry
  goes on.
- Another.

The end.
"""
CHINESE = InterfaceLanguage.CHINESE
IN_CHINESE = [lesson.translations[CHINESE] for lesson in SHIPPED]
each_lesson = for_each("lesson", SHIPPED, ids=lambda lesson: lesson.id)


def read(folder: Path, content: str | bytes, name: str = "doors.md") -> Lesson:
    data = content if isinstance(content, bytes) else content.encode()
    (folder / name).write_bytes(data)
    [lesson] = read_lessons(folder)
    return lesson


def translate(folder: Path, content: str, name: str = "doors.md") -> Lesson:
    (folder / "zh").mkdir(exist_ok=True)
    (folder / "zh" / name).write_text(content, "utf-8")
    return read(folder, SOUND)


def test_a_lesson_is_said_in_the_language_of_the_interface(tmp_path: Path) -> None:
    lesson = translate(tmp_path, SOUND.replace("Two doors", "两扇门"))
    assert lesson.spoken.title == "Two doors"
    with speak(CHINESE):
        assert lesson.spoken.title == "两扇门"
        assert lesson.spoken.order == lesson.order


def test_a_lesson_without_a_translation_stays_english(tmp_path: Path) -> None:
    (tmp_path / "zh").mkdir()
    lesson = read(tmp_path, SOUND)
    with speak(CHINESE):
        assert lesson.spoken is lesson


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (SOUND, "gates.md", "There is no lesson in English for zh/gates.md. Add it first."),
        (SOUND.replace("right = 1", "right = 0"), "doors.md", "zh/doors.md: it must have as many"),
        (SOUND.replace(', "Both"', ', "Both", "None"'), "doors.md", "zh/doors.md: it must have as"),
        (SOUND.replace("right = 1", ""), "doors.md", "Could not read the lesson doors.md"),
    ],
)
def test_a_translation_that_does_not_fit_is_named(
    tmp_path: Path, content: str, name: str, why: str
) -> None:
    with pytest.raises(UserError, match=re.escape(why)):
        translate(tmp_path, content, name)


@for_each("lesson", IN_CHINESE, ids=lambda lesson: lesson.id)
def test_a_shipped_lesson_is_read_in_a_minute_in_chinese(lesson: Lesson) -> None:
    assert 100 <= len(lesson.text) <= 600
    assert lesson.question.endswith("？")
    assert lesson.because.endswith("。")
    words = "\n".join((lesson.title, lesson.text, lesson.question, *lesson.options))
    assert plain(words) == words
    assert not re.search(r"\*\*|^#|`|\]\(|  ", words, re.MULTILINE), "chats show it as it is"
    others = [len(option) for place, option in enumerate(lesson.options) if place != lesson.right]
    assert len(lesson.options[lesson.right]) <= 1.4 * max(others)


def test_there_are_enough_for_more_than_a_year() -> None:
    assert len(SHIPPED) >= 14
    assert len({lesson.id for lesson in SHIPPED}) == len(SHIPPED)
    assert len({lesson.title for lesson in SHIPPED}) == len(SHIPPED)
    assert not {lesson.id for lesson in SHIPPED} & {"ask", "lessons"}


@each_lesson
def test_a_shipped_lesson_is_read_in_a_minute(lesson: Lesson) -> None:
    assert 300 <= len(lesson.text) <= 900
    assert lesson.question.endswith("?")
    assert lesson.because.endswith(".")
    words = "\n".join((lesson.title, lesson.text, lesson.question, *lesson.options))
    assert plain(words) == words
    assert not re.search(r"\*\*|^#|`|\]\(|  ", words, re.MULTILINE), "chats show it as it is"


@each_lesson
def test_its_wrong_options_are_as_long_as_the_right_one(lesson: Lesson) -> None:
    """Else who reads nothing picks the longest and is right."""
    others = [len(option) for place, option in enumerate(lesson.options) if place != lesson.right]
    assert len(lesson.options[lesson.right]) <= 1.4 * max(others)
    assert lesson.because not in lesson.options


def test_the_right_option_is_not_the_longest_of_most() -> None:
    longest = [max(lesson.options, key=len) == lesson.options[lesson.right] for lesson in SHIPPED]
    assert sum(longest) <= len(SHIPPED) / 2


def test_the_right_option_is_shown_in_each_place_about_as_often() -> None:
    places = [lesson.order.index(lesson.right) for lesson in SHIPPED]
    assert all(places.count(place) >= 2 for place in range(4))


@each_lesson
def test_what_it_names_can_be_typed(lesson: Lesson) -> None:
    known = {spec.name for spec in COMMANDS}
    named = re.findall(r"(?<!\S)/([a-z]+)(?: ([a-z-]+))?", f"{lesson.text} {lesson.because}")
    for name, word in named:
        assert name in known
        if name == "attack":
            assert AttackKind(word)


def test_a_paragraph_and_an_entry_become_one_line(tmp_path: Path) -> None:
    lesson = read(tmp_path, SOUND)
    assert lesson.text == (
        "The first paragraph goes on here.\n\n• An entry goes on.\n• Another.\n\nThe end."
    )
    assert (lesson.id, lesson.title, lesson.right) == ("doors", "Two doors", 1)
    assert lesson.options == ("This", "That", "Both")


def test_line_ends_of_another_system_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, SOUND.replace("\n", "\r\n")) == read(tmp_path, SOUND)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("+++\n", "", "must start with a line"),
        ("+++\nThe", "The", "must start with a line"),
        ('title = "Two doors"\n', "", "title"),
        ('"Two doors"', '""', "title has 0 characters"),
        ('"Two doors"', f'"{"T" * 41}"', "title has 41 characters"),
        ("The end.", "End. " * 190, "text has"),
        ('"Which door?"', f'"{"Q" * 151}"', "question has 151 characters"),
        ('"This"', f'"{"O" * 76}"', "option has 76 characters"),
        ('"This", "That", "Both"', '"This", "That"', "2 options. Use 3 or 4"),
        ('"This", "That"', '"1", "2", "3", "4"', "5 options. Use 3 or 4"),
        ('"This", "That"', '"This", "This"', "two of its options are the same"),
        ('"Both"', '""', "option has 0 characters"),
        (
            '"This", "That", "Both"',
            f'"{"a" * 75}", "{"b" * 75}", "{"c" * 75}", "{"d" * 75}"',
            "list of options has 300 characters",
        ),
        ("right = 1", "right = 3", "3 doesn't match any option"),
        ("right = 1", "right = -1", "-1 doesn't match any option"),
        ("right = 1", 'right = "1"', "right"),
        ("right = 1", "wrong = 1", "wrong"),
        ("right = 1", "right = ", "Could not read"),
        ('"It is that one."', '" "', "because has 0 characters"),
        ('"It is that one."', f'"{"B" * 301}"', "because has 301 characters"),
    ],
)
def test_a_lesson_that_is_not_sound_is_told_of(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    with pytest.raises(UserError, match=r"doors\.md") as raised:
        read(tmp_path, SOUND.replace(old, new, 1))
    assert says in str(raised.value)


def test_a_name_that_no_button_can_carry_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="lowercase letters"):
        read(tmp_path, SOUND, "Two doors.md")


def test_what_is_no_text_or_too_long_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Could not read"):
        read(tmp_path, b"+++\n\xff\xfe\n+++\n")
    with pytest.raises(UserError, match="10,000 bytes"):
        read(tmp_path, SOUND + " " * SIZE)


def test_no_folder_is_read_without_an_end(tmp_path: Path) -> None:
    for number in range(LESSONS + 1):
        (tmp_path / f"lesson-{number}.md").write_text(SOUND, "utf-8")
    with pytest.raises(UserError, match="101 lessons"):
        read_lessons(tmp_path)
