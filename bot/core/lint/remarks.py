"""What speaks against a text, and whether that stops it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import msgspec

from bot.core.interface import together, tr, tr_data

SHOWN = 3
"""Remarks that are said at once; the others follow when these are mended."""


class LetterDraft(Protocol):
    """A draft of any letter."""

    @property
    def text(self) -> str:
        """What would be sent."""
        ...


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


def stops(remarks: Iterable[Remark]) -> str:
    """Say what stops the letter, each with the rule that it breaks; empty: nothing does."""
    said = [
        tr("{rule}: {remark}", rule=tr_data(each.rule), remark=each.says)
        for each in remarks
        if each.stops
    ]
    more = tr("And {count} more.", count=len(said) - SHOWN) if len(said) > SHOWN else ""
    return together(*said[:SHOWN], more)
