"""One of a fixed set of words, as people type it: its beginning, its title, or misspelled."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping

from bot.core.interface import together, tr
from bot.core.text import folded, one_line
from bot.errors import UserError

SHOWN = 30
"""Characters of what was typed that an error repeats."""
_ALIKE = 0.7
"""How alike a misspelled word must be to what it may mean, from 0 to 1."""
_WIDEST = 6
"""Words that a title may have where more may follow it."""
_LONGEST = 60
"""Characters that are compared with what they may mean."""


def choose(typed: str, choices: Mapping[str, str], kind: str, remedy: str = "") -> str:
    """Return the value that is typed; ``choices`` are values with their titles.

    A value counts before a title, both before how one begins, and that before how a later word of
    one begins. Case, spaces and hyphens do not count.

    Raises:
        UserError: several fit, or none; it says which, and what there is, or the ``remedy``.
    """
    found, said = _found(typed, choices), one_line(typed, SHOWN)
    if len(found) == 1:
        return found[0]
    if found:
        names = tr(" and ").join(found)
        message = tr("'{said}' matches {names}. Type more letters.", said=said, names=names)
        raise UserError(message)
    near = nearest(typed, choices)
    message = together(
        tr("Unknown {kind} '{said}'.", kind=kind, said=said),
        tr("Did you mean '{near}'?", near=near) if near else "",
        remedy or tr("Choose one of: {choices}.", choices=", ".join(choices)),
    )
    raise UserError(message)


def choose_first(words: list[str], choices: Mapping[str, str], kind: str) -> tuple[str, list[str]]:
    """Return the value that the first words say, as many as fit, and the words that follow.

    Raises:
        UserError: see ``choose``.
    """
    for width in range(min(len(words), _WIDEST), 1, -1):
        found = _found(" ".join(words[:width]), choices)
        if len(found) == 1:
            return found[0], words[width:]
    return choose(words[0], choices, kind), words[1:]


def nearest(typed: str, names: Collection[str]) -> str:
    """Return the name that what is typed may mean; empty if it is like none of them."""
    word = typed[:_LONGEST].lower()
    return next(iter(difflib.get_close_matches(word, names, n=1, cutoff=_ALIKE)), "")


def _found(typed: str, choices: Mapping[str, str]) -> list[str]:
    """Return the values that fit best."""
    wanted = folded(typed)
    fits = {value: _fit(wanted, value, title) for value, title in choices.items()}
    best = max(fits.values())
    return [value for value, fit in fits.items() if best and fit == best]


def _fit(wanted: str, value: str, title: str) -> int:
    """Say how well it fits; 0 is not at all."""
    whole = (folded(value), folded(title))
    words = [re.split(r"[\s-]+", text) for text in (value, title)]
    later = (folded("".join(each[start:])) for each in words for start in range(1, len(each)))
    checks = (
        any(text.startswith(wanted) for text in later),
        any(text.startswith(wanted) for text in whole),
        wanted == whole[1],
        wanted == whole[0],
    )
    return max((rank for rank, fits in enumerate(checks, 1) if fits and wanted), default=0)
