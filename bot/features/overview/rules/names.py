"""Which name a new account may have: one that nobody takes for another's."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from bot.errors import UserError

LONGEST = 40
MARKS = frozenset(" '\N{RIGHT SINGLE QUOTATION MARK}.-\N{MIDDLE DOT}")
"""What stands in names beside letters and digits."""
RESERVED = ("You", "Brandwarden", "command line")
"""Who else acts under a name here."""


def account_name(typed: str, taken: Iterable[str], as_seen: Callable[[str], str]) -> str:
    """Return the name as it is kept; ``as_seen`` gives what a name looks like.

    Raises:
        UserError: it is no name, or somebody has one that looks the same.
    """
    name = " ".join(unicodedata.normalize("NFKC", typed).split())
    if not 1 <= len(name) <= LONGEST:
        message = f"The name needs 1 to {LONGEST} characters."
        raise UserError(message)
    if not all(char in MARKS or unicodedata.category(char)[0] in "LMN" for char in name):
        message = "Write the name with letters, digits and spaces."
        raise UserError(message)
    if not any(map(str.isalpha, name)):
        message = "The name needs at least one letter."
        raise UserError(message)
    looks = _looks(as_seen(name))
    for other in (*RESERVED, *taken):
        if _looks(as_seen(other)) == looks:
            message = f"{other} looks the same. Choose a name that cannot be confused with it."
            raise UserError(message)
    return name


def _looks(seen: str) -> str:
    return "".join(filter(str.isalnum, seen))
