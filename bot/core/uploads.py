"""Files that people hand in: which were taken, and why the others were not."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from bot.core import forms
from bot.core.files import Upload
from bot.core.text import clip, one_line
from bot.errors import UserError

NAME = 60
"""Characters of a file's name, where it is said what is wrong with it."""
WHOLE = "Nothing was added. Change your files, then send them again."


class IngestedFiles(msgspec.Struct, frozen=True):
    """What became of files that were handed in together."""

    files: tuple[Upload, ...] = ()
    refused: tuple[str, ...] = ()
    """Why the others were not taken in: a sentence with the name for each."""

    def require_all(self) -> tuple[Upload, ...]:
        """Return the files. Raises UserError with every refusal if there is any."""
        if self.refused:
            raise UserError(clip("\n".join((*self.refused, WHOLE)), forms.INTRO))
        return self.files


def sort_out(found: Iterable[Upload | UserError]) -> IngestedFiles:
    """Part the files that were taken in from the refusals."""
    files: list[Upload] = []
    refused: list[str] = []
    for each in found:
        if isinstance(each, UserError):
            refused.append(str(each))
        else:
            files.append(each)
    return IngestedFiles(tuple(files), tuple(refused))


def refusal(name: str, why: str) -> UserError:
    """Return the error that says of a file, by the name its owner gave it, why it is not taken."""
    last = re.split(r"[/\\]", name)[-1]
    return UserError(f"{one_line(last, NAME) or 'file'}: {why}")
