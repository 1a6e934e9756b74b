"""Forms: what a person is asked. Small enough for a dialog on a phone, in every chat."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from bot.core.files import Upload
from bot.core.interface import tr
from bot.core.labeled import LabeledEnum
from bot.core.spots import WRITTEN
from bot.core.text import count, within
from bot.errors import BudgetError

TITLE = 24
INTRO = 1000
INPUTS = 5
LABEL = 45
HINT = 100
NAME = 40
OPTIONS = 25
OPTION = 75
PEOPLE = 100
"""People whom a form offers."""
TEXT = 1000
PARAGRAPH = 3000
FILES = 10
MARKS = 9
PICTURE = 100
FILE_BYTES = 10_000_000
"""The largest file that every chat takes."""


class Option(msgspec.Struct, frozen=True):
    """One thing to choose: its value in the code, its label for people."""

    value: str
    label: str


def options_of(members: Iterable[LabeledEnum]) -> tuple[Option, ...]:
    """Offer members of an enum, by their labels."""
    return tuple(Option(each.value, each.said) for each in members)


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """What all inputs share."""

    name: str
    label: str
    hint: str = ""
    required: bool = True


class Text(Input, frozen=True, kw_only=True, tag="text"):
    """One line of text."""

    initial: str = ""
    most: int = 300
    personal: bool = False
    """It asks for what tells of a person, such as an attacker's address: that needs no question."""


class Paragraph(Input, frozen=True, kw_only=True, tag="paragraph"):
    """Several lines of text."""

    initial: str = ""
    most: int = PARAGRAPH


class Choice(Input, frozen=True, kw_only=True, tag="choice"):
    """Exactly one of a few."""

    options: tuple[Option, ...]
    initial: str = ""


class Choices(Input, frozen=True, kw_only=True, tag="choices"):
    """Any number of a few."""

    options: tuple[Option, ...]
    initial: tuple[str, ...] = ()


class PersonChoice(Input, frozen=True, kw_only=True, tag="person"):
    """One person of the team, by their id.

    A chat that can, lets people choose among everybody there; all others offer the ``options``.
    """

    options: tuple[Option, ...]
    """Whom the team knows, by their ids."""
    initial: str = ""


class Date(Input, frozen=True, kw_only=True, tag="date"):
    """A day, written as in ISO 8601: ``2026-11-23``."""

    initial: str = ""


class File(Input, frozen=True, kw_only=True, tag="file"):
    """Files to hand in. ``kinds`` are media types such as ``image/png``; empty allows all."""

    kinds: tuple[str, ...] = ()
    most: int = 1
    asks: bool = False
    """A step that follows asks whether what pictures tell besides what they show is kept; without
    one it is taken out."""


class PictureSpot(Input, frozen=True, kw_only=True, tag="spot"):
    """A place on a picture: ``x,y`` in thousandths, or a cell of the grid (`bot.core.spots`).

    A chat that shows pictures in forms lets people point at it, all others ask for the cell.
    """

    picture: str
    """The picture's name, as `PictureWanted` asks for it."""
    alt: str
    """What it shows, for those who do not see it."""
    marks: tuple[str, ...] = ()
    """Spots that have numbers already, from 1; empty: that number is not on this picture."""
    initial: str = ""


AnyInput = Text | Paragraph | Choice | Choices | PersonChoice | Date | File | PictureSpot


Answer = str | tuple[str | Upload, ...]
"""What an input gives back: a text, the chosen values, or the files."""

Answers = dict[str, Answer]


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """A dialog with a few inputs."""

    id: str
    title: str
    intro: str = ""
    inputs: tuple[AnyInput, ...] = ()
    submit: str = msgspec.field(default_factory=lambda: tr("Continue"))

    def __post_init__(self) -> None:
        """Check the budget.

        Raises:
            BudgetError: some part is larger than every chat can show.
        """
        within("form id", self.id, NAME, least=1)
        within("form title", self.title, TITLE, least=1)
        within("form intro", self.intro, INTRO)
        within("submit label", self.submit, TITLE, least=1)
        count("inputs", len(self.inputs), INPUTS)
        for asked in self.inputs:
            _check_input(asked)
        if len({asked.name for asked in self.inputs}) < len(self.inputs):
            message = f"The form {self.id!r} has two inputs with the same name."
            raise BudgetError(message)


def _check_input(asked: AnyInput) -> None:
    within("input name", asked.name, NAME, least=1)
    within("input label", asked.label, LABEL, least=1)
    within("input hint", asked.hint, HINT)
    match asked:
        case Text(initial=initial, most=most):
            count("characters of text", most, TEXT)
            within("initial text", initial, most)
        case Paragraph(initial=initial, most=most):
            count("characters of text", most, PARAGRAPH)
            within("initial text", initial, most)
        case Choice(options=options) | Choices(options=options):
            _check_options(asked.name, options)
        case PersonChoice(options=options):
            count("people", len(options), PEOPLE)
            _check_each(asked.name, options)
        case File(most=most):
            count("files", most, FILES)
        case PictureSpot():
            _check_spot(asked)
        case Date():
            pass


def _check_spot(asked: PictureSpot) -> None:
    within("picture name", asked.picture, PICTURE, least=1)
    within("what a picture shows", asked.alt, HINT, least=1)
    count("marks", len(asked.marks), MARKS)
    for mark in (*asked.marks, asked.initial):
        within("mark", mark, WRITTEN)


def _check_options(name: str, options: tuple[Option, ...]) -> None:
    count("options", len(options), OPTIONS)
    if not options:
        message = f"The input {name!r} has no options."
        raise BudgetError(message)
    _check_each(name, options)


def _check_each(name: str, options: tuple[Option, ...]) -> None:
    for option in options:
        within("option value", option.value, OPTION, least=1)
        within("option label", option.label, OPTION, least=1)
    if len({option.value for option in options}) < len(options):
        message = f"The input {name!r} has two options with the same value."
        raise BudgetError(message)
