"""What speaks against a text, and whether that stops it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """What speaks against a letter: the rule by its name, what is wrong, and what to do."""

    rule: str
    """The rule that it breaks, in the words of who made it."""
    says: str
    stops: bool = True
    """It may not be sent like this; else it is advice."""


def stops_first(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Return the remarks with those that stop the letter before mere advice."""
    return tuple(sorted(remarks, key=lambda remark: not remark.stops))
