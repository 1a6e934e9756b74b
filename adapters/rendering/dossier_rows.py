"""What the dossier's template reads, row by row: bounded, printable texts. Pure."""

from __future__ import annotations

import msgspec

from adapters.rendering.figures import TimeLine
from adapters.rendering.sanitize import plain

LONGEST_NAME = 160
"""Characters of what stands in a head."""


def name(text: str) -> str:
    """Return a text that stands in a head or a narrow cell."""
    return plain(text, LONGEST_NAME)


class Line(msgspec.Struct, frozen=True):
    """A line of a cell; with a link where it leads somewhere."""

    text: str
    link: str = ""


class Cell(msgspec.Struct, frozen=True):
    """A fact of the first page: what it is, what it says, and what belongs to it."""

    label: str
    value: Line
    notes: tuple[Line, ...] = ()


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that lies beside the template, or why there is none."""

    path: str = ""
    width: int = 0
    """Pixels; 0: it is a PDF that is turned into a picture first."""
    height: int = 0
    why: str = ""


class Mark(msgspec.Struct, frozen=True):
    """A numbered place on a photo, in shares of its width and height."""

    number: int
    x: float
    y: float


class Photographed(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of the first page, with its marks."""

    title: str
    caption: str
    picture: str
    marks: tuple[Mark, ...]


class LabeledText(msgspec.Struct, frozen=True):
    """What the report's text says under a label."""

    label: str
    text: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """An offer."""

    cells: tuple[str, ...]
    mark: str
    accused: bool


class Happened(msgspec.Struct, frozen=True):
    """A moment in words."""

    at: str
    text: str


class Pictured(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of evidence that is shown as a picture."""

    head: str
    caption: str
    notes: tuple[str, ...]
    picture: str


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of evidence in the annex: where it comes from, and what it says."""

    label: str
    name: str
    caption: str
    recorded: str
    notes: tuple[str, ...]
    sha256: str
    lines: tuple[str, ...]
    offers: tuple[Row, ...]


class Kept(msgspec.Struct, frozen=True):
    """A line of the custody log."""

    number: str
    at: str
    who: str
    what: str
    sha256: str


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the template prints."""

    language: str
    text: dict[str, str]
    """Headings and labels."""
    brand: str
    case: str
    report: str
    title: str
    made: str
    made_on: tuple[int, int, int]
    """Year, month, day."""
    simulated: bool
    says: str
    cells: tuple[Cell, ...]
    photos: tuple[Photographed, ...]
    differences: tuple[str, ...]
    points: tuple[LabeledText, ...]
    front: bool
    """The page's picture stands on the first page."""
    observed: str
    verified: str
    asks: str
    asked_of: str
    """The IDs that it is about."""
    page: Pictured | None
    confirmations: tuple[Pictured, ...]
    offers: tuple[Row, ...]
    offers_note: str
    moments: tuple[Happened, ...]
    line: TimeLine | None
    statement: tuple[tuple[str, ...], ...]
    """Paragraphs of lines."""
    sources: tuple[Source, ...]
    gallery: tuple[Pictured, ...]
    custody: tuple[Kept, ...]
    limits: tuple[str, ...]
    seal: str
    sealed: str
    stamped: str
    pictures: dict[str, Shown]
    """By SHA-256."""
