"""What /health says of work that the program does by itself."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import cards
from bot.core.cards import Field
from bot.core.scheduler import WorkHealth
from bot.core.text import one_line
from bot.core.views.context import field
from bot.core.when import span

SHOWN = 2
"""So many kinds of work are named; the rest is counted."""
WHAT_TO_DO = "Restart Brandwarden. If it fails again, look for 'work failed' in the log."


def work_headline(work: Sequence[WorkHealth]) -> str:
    """Say in a few words that something failed; empty where all is well."""
    return "Background work failed" if _failing(work) else ""


def work_remedy(work: Sequence[WorkHealth]) -> str:
    """Say what to do about work that failed; empty where all is well."""
    return WHAT_TO_DO if _failing(work) else ""


def work_fields(work: Sequence[WorkHealth]) -> list[Field]:
    """Say what failed, how often and why, the longest first; nothing where all is well."""
    failing = sorted(_failing(work), key=lambda each: each.failing_for, reverse=True)
    fields = [
        field(each.label, one_line(_failed(each), cards.FIELD_VALUE), wide=True)
        for each in failing[:SHOWN]
    ]
    if more := len(failing[SHOWN:]):
        fields.append(field("Other failed work", f"{more} more"))
    return fields


def _failing(work: Sequence[WorkHealth]) -> list[WorkHealth]:
    return [each for each in work if each.failing]


def _failed(work: WorkHealth) -> str:
    length = span(work.failing_for)
    # Work that is done only when it is asked for may have failed once, and not been due since.
    often = f"{work.failures:,} times in {length}" if work.failures > 1 else f"once, {length} ago"
    return f"Failed {often}: {work.why}"
