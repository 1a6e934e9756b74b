"""What stops a letter, as it is said beside its text."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.lint.remarks import Remark

SHOWN = 3
"""Remarks that are said at once; the others follow when these are mended."""


def stops(remarks: Iterable[Remark]) -> str:
    """Say what stops the letter, each with the rule that it breaks; empty: nothing does."""
    said = [f"{remark.rule}: {remark.says}" for remark in remarks if remark.stops]
    more = f" And {len(said) - SHOWN} more." if len(said) > SHOWN else ""
    return " ".join(said[:SHOWN]) + more
