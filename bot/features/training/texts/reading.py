"""Reading the lessons: a Markdown file each in ``lessons/``, headed by TOML between ``+++`` lines.

The head has title, question, options, the place of the right one from 0, and because. The rest is
what is read, within a minute on a phone. A translation has the same name in a folder that has the
code of its language, such as ``zh``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from bot.core.interface import InterfaceLanguage
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.training.models import Lesson

FOLDER = Path(__file__).parent / "lessons"
LESSONS = 100
SIZE = 10_000
"""Bytes of a file."""
TITLE = 40
"""It is a label and a button in the list of lessons."""
TEXT = 900
QUESTION = 150
OPTION = 75
OPTIONS = 280
"""Characters of all options: they are shown together, in one field of a card."""
FEWEST, MOST = 3, 4
BECAUSE = 300

_ID = re.compile(r"[a-z][a-z0-9-]{1,39}", re.ASCII)
_FILE = re.compile(r"\+\+\+\n(.*?)^\+\+\+\n(.*)", re.ASCII | re.DOTALL | re.MULTILINE)
_WRAPPED = re.compile(r"(?<!\n)\n(?![\n-]) *")
"""The end of a line inside a paragraph or an entry of a list: a chat breaks lines by itself."""


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    question: str
    options: tuple[str, ...]
    right: int
    because: str


def read_lessons(folder: Path = FOLDER) -> tuple[Lesson, ...]:
    """Return the lessons of a folder, by their names.

    Raises:
        UserError: a file is no sound lesson; it says which one, and what is wrong.
        OSError: a file cannot be read.
    """
    paths = sorted(folder.glob("*.md"))
    if len(paths) > LESSONS:
        message = f"There are {len(paths)} lessons in {folder}. Keep at most {LESSONS}."
        raise UserError(message)
    lessons = [_read(path) for path in paths]
    others = [each for each in InterfaceLanguage if each is not InterfaceLanguage.ENGLISH]
    translated: Mapping[InterfaceLanguage, Mapping[str, Lesson]] = {
        each: _translations(folder / each.value, lessons) for each in others
    }
    return tuple(_with_translations(lesson, translated) for lesson in lessons)


def _translations(folder: Path, lessons: Sequence[Lesson]) -> Mapping[str, Lesson]:
    """Return the lessons of another language by their names. Raises UserError."""
    english = {lesson.id: lesson for lesson in lessons}
    found: dict[str, Lesson] = {}
    for path in sorted(folder.glob("*.md")):
        lesson, original = _read(path), english.get(path.stem)
        if original is None:
            message = f"There is no lesson in English for {folder.name}/{path.name}. Add it first."
            raise UserError(message)
        if (lesson.right, len(lesson.options)) != (original.right, len(original.options)):
            message = (
                f"There is a mistake in the lesson {folder.name}/{path.name}: it must have as many "
                "options as in English, and the right one in the same place."
            )
            raise UserError(message)
        found[lesson.id] = lesson
    return found


def _with_translations(
    lesson: Lesson, translated: Mapping[InterfaceLanguage, Mapping[str, Lesson]]
) -> Lesson:
    known = {
        language: lessons[lesson.id]
        for language, lessons in translated.items()
        if lesson.id in lessons
    }
    return msgspec.structs.replace(lesson, translations=known)


def _read(path: Path) -> Lesson:
    with path.open("rb") as file:
        content = file.read(SIZE + 1)
    try:
        lesson = _parse(path.stem, content)
    except (ValueError, msgspec.MsgspecError) as error:
        message = f"Could not read the lesson {path.name}: {one_line(str(error), 200)}"
        raise UserError(message) from error
    wrong = _wrong(lesson)
    if wrong:
        message = f"There is a mistake in the lesson {path.name}: {wrong}"
        raise UserError(message)
    return lesson


def _parse(id: str, content: bytes) -> Lesson:
    if len(content) > SIZE:
        message = f"it has more than {SIZE:,} bytes."
        raise ValueError(message)
    parts = _FILE.fullmatch(content.decode("utf-8").replace("\r\n", "\n"))
    if parts is None:
        message = "it must start with a line '+++', and its header must end with another."
        raise ValueError(message)
    head = msgspec.toml.decode(parts[1], type=_Head)
    return Lesson(
        id=id,
        title=head.title.strip(),
        text=_flow(parts[2]),
        question=head.question.strip(),
        options=tuple(option.strip() for option in head.options),
        right=head.right,
        because=head.because.strip(),
    )


def _flow(markdown: str) -> str:
    """Return text with one line for a paragraph, as chats show it."""
    joined = _WRAPPED.sub(" ", markdown.strip())
    return re.sub(r"\n{2,}", "\n\n", re.sub(r"^- +", "• ", joined, flags=re.MULTILINE))


def _wrong(lesson: Lesson) -> str:
    """Say what is wrong with a lesson first of all; nothing if it is sound."""
    lengths = (
        ("title", lesson.title, TITLE),
        ("text", lesson.text, TEXT),
        ("question", lesson.question, QUESTION),
        ("because", lesson.because, BECAUSE),
        *(("option", option, OPTION) for option in lesson.options),
        ("list of options", "".join(lesson.options), OPTIONS),
    )
    told = [
        f"its {name} has {len(text)} characters. Use 1 to {most}."
        for name, text, most in lengths
        if not 1 <= len(text) <= most
    ]
    if not _ID.fullmatch(lesson.id):
        told.append("its name must have 2 to 40 lowercase letters, digits or hyphens.")
    if not FEWEST <= len(lesson.options) <= MOST:
        told.append(f"it has {len(lesson.options)} options. Use {FEWEST} or {MOST}.")
    if len(set(lesson.options)) < len(lesson.options):
        told.append("two of its options are the same.")
    if not 0 <= lesson.right < len(lesson.options):
        told.append(f"{lesson.right} doesn't match any option. Options start at 0.")
    return told[0] if told else ""
