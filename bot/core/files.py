"""Files that people hand in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

import msgspec

from bot.core.interface import InterfaceLanguage, speak, tr, tr_noted
from bot.core.labeled import LabeledEnum

Hold = Callable[[bytes, Mapping[str, str]], Awaitable[str]]
"""Holds bytes, with what is to be entered of them if they are kept; returns their SHA-256."""


class TableRead(msgspec.Struct, frozen=True):
    """What was read of a table that was handed in."""

    lines: int
    """Lines with anything, but for the one that names the columns."""
    left_out: int
    """Lines that could not be used."""
    words: str = ""
    """Which ones, and why, for people; empty where nothing was left out."""


class Hidden(LabeledEnum):
    """What a picture tells besides what it shows."""

    PLACE = "place", "the place where it was taken"
    SERIAL = "serial", "a serial number"
    PERSON = "person", "a person's name"
    WORDS = "words", "a description or a comment"
    NOTES = "notes", "the camera maker's notes"
    FILM = "film", "a short video"
    DATA = "data", "data that is not part of the picture"


class Upload(msgspec.Struct, frozen=True):
    """A file that a person handed in; ``content`` names its bytes by their SHA-256."""

    name: str
    kind: str
    """The media type."""
    size: int
    """Bytes."""
    content: str
    copy: str = ""
    """SHA-256 of a copy for readers, where there is one: a picture without the place where it was
    taken."""
    alt: str = ""
    """What a picture shows, for those who do not see it."""
    table: TableRead | None = None
    """Of a table: what is kept of it, and what is not."""
    removed: tuple[Hidden, ...] = ()
    """What was taken out of the picture before it was kept."""
    holds: tuple[Hidden, ...] = ()
    """What the picture still tells, because the person who handed it in wanted that."""
    whole: str = ""
    """SHA-256 of the picture as it was handed in, until the person has said what is kept."""
    whole_size: int = 0
    remarks: tuple[str, ...] = ()
    """What readers of a paper should know before they open it, a sentence each."""

    @property
    def bare(self) -> Upload:
        """The file without what was taken out of it, for good."""
        return msgspec.structs.replace(self, whole="", whole_size=0)

    @property
    def as_handed_in(self) -> Upload:
        """The file with what was taken out of it; what is shown around is still without."""
        if not self.whole:
            return self
        return msgspec.structs.replace(
            self.bare,
            content=self.whole,
            size=self.whole_size,
            copy=self.copy or self.content,
            removed=(),
            holds=self.removed,
        )

    @property
    def told(self) -> tuple[str, ...]:
        """What to know of it besides what it shows, a sentence each, for logs and packets."""
        with speak(InterfaceLanguage.ENGLISH):
            return self.said

    @property
    def said(self) -> tuple[str, ...]:
        """The same for the team, in the language of the interface."""
        said = list(map(tr_noted, self.remarks))
        if self.holds:
            said.insert(0, tr("The original contains {hidden}.", hidden=listed(self.holds)))
        if self.removed:
            said.insert(0, tr("Removed: {hidden}.", hidden=listed(self.removed)))
        return tuple(said)

    @property
    def shown(self) -> str:
        """Name the bytes that may be shown around."""
        return self.copy or self.content

    @property
    def shown_name(self) -> str:
        """Name the file that is shown around: a copy is a PNG or a JPEG, whatever it is of."""
        converted = self.copy and self.kind == "image/webp"
        return f"{self.name.removesuffix('.webp')}.jpg" if converted else self.name


def listed(hidden: Sequence[Hidden]) -> str:
    """Return what a picture tells, in words: ``a short film and a serial number``."""
    *first, last = [each.said for each in hidden] or [""]
    return tr(" and ").join((tr(", ").join(first), last)) if first else last
