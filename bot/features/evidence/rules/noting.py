"""A note on a case, as a person writes it."""

from __future__ import annotations

import msgspec

from bot.core.files import Upload
from bot.core.text import digits_of
from bot.errors import UserError

WORDS = 1000
CASE_DIGITS = 8


class NoteInput(msgspec.Struct, frozen=True, kw_only=True):
    """Words and files for a case."""

    case: str
    """The case's number or key."""
    words: str = ""
    files: tuple[Upload, ...] = ()
    keep_hidden: bool = False
    """What pictures tell besides what they show stays in the originals."""

    @property
    def case_name(self) -> str:
        """What names the case. Raises UserError: it names none."""
        if not 0 < len(digits_of(self.case, "C")) <= CASE_DIGITS:
            message = "Enter the case number, like 12."
            raise UserError(message)
        return self.case

    @property
    def text(self) -> str:
        """What the team should know; may be empty. Raises UserError: it is too long."""
        if len(self.words) > WORDS:
            message = f"The note has {len(self.words)} characters. Shorten it to {WORDS}."
            raise UserError(message)
        return self.words
