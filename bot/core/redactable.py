"""What of a feature has words of people that an admin can have removed, by what people call it.

A feature lists such things in its ``FEATURE``, each with how its words are found and how they are
taken out; `bot.core.redacting` does what is the same for all.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from bot.core.removed_words import Removal
from bot.core.store import Place, Transaction
from bot.errors import UserError

if TYPE_CHECKING:
    from bot.core.context import AppContext

DIGITS = 6
"""Of a number in a label."""


class FoundWords(msgspec.Struct, frozen=True, kw_only=True):
    """Words of people that can be removed."""

    name: str
    """By which they are found again, such as ``L-4``."""
    called: str
    """What has them, inside of a sentence."""
    texts: tuple[str, ...]
    """Each text by itself, the one that people know it by first."""
    quoted: tuple[str, ...] = ()
    """Those of them that other features may quote."""
    also: str = ""
    """What goes with them, and what stays, in sentences."""


class TextsRemoved(msgspec.Struct, frozen=True):
    """Texts were taken out of the documents at these places: who quotes them takes them out."""

    texts: tuple[str, ...]
    places: tuple[Place, ...]
    removal: Removal
    label: str
    """What had them, such as ``A-2``: who quotes it by that label has shorter texts of it too."""


Find = Callable[["AppContext", Transaction, str], Awaitable[FoundWords]]
"""Returns the words of what is named. Raises UserError: there is none such, or it has none."""

Remove = Callable[["AppContext", Transaction, FoundWords, Removal], Awaitable[Sequence[Place]]]
"""Takes them out of documents and messages, says who did that and why; returns their places."""


@dataclass(frozen=True, kw_only=True)
class Redactable:
    """Something whose words an admin can have removed for good, by what people call it."""

    example: str
    """What is typed, such as ``L-4``."""
    pattern: re.Pattern[str]
    """What of that kind looks like at the beginning of what is typed."""
    find: Find
    remove: Remove


def labeled(letter: str) -> re.Pattern[str]:
    """Return what labels of that letter look like, with any kind of dash: ``L-4``."""
    return re.compile(rf"{letter}[-\u2010-\u2015\u2212][0-9]{{1,{DIGITS}}}(?!\S)", re.IGNORECASE)


def require_texts(called: str, texts: Sequence[str], removal: str = "") -> tuple[str, ...]:
    """Return the texts that are there of what is ``called`` so inside of a sentence.

    Raises:
        UserError: there are none; ``removal`` says who removed them, if that is known.
    """
    there = tuple(dict.fromkeys(filter(None, texts)))
    if not there:
        message = f"{called[:1].upper()}{called[1:]} has no text to remove."
        if removal:
            end = "" if removal.endswith((".", "!", "?")) else "."
            message = f"The text of {called} was removed by {removal}{end}"
        raise UserError(message)
    return there
