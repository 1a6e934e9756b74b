"""What can be typed, grouped by what one does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.ui.cards import Field
from bot.ui.views.scene import field

_GROUPS = {
    "Watch products": ("watch", "unwatch", "watches", "check", "health"),
    "Work on cases": ("todo", "cases", "case", "note", "digest"),
    "Decide whom you trust": ("authorise", "withdraw", "sellers"),
    "Set it up": ("settings", "help"),
}
OTHERS = "More"
"""The group of a command that stands in no other."""


def grouped(commands: Sequence[tuple[str, str]]) -> Iterator[Field]:
    """Show usages and summaries, a short line each, in groups; an empty group is left out."""
    lines = {_name(usage): f"{_name(usage)} · {_gist(summary)}" for usage, summary in commands}
    for group, names in _GROUPS.items():
        held = [lines.pop(f"/{name}") for name in names if f"/{name}" in lines]
        if held:
            yield field(group, "\n".join(held), wide=True)
    if lines:
        yield field(OTHERS, "\n".join(lines.values()), wide=True)


def _name(usage: str) -> str:
    return usage.split(maxsplit=1)[0]


def _gist(summary: str) -> str:
    """Return a summary's first part; the rest of it helps only while one types."""
    return re.split(r"[:;.]|(?<=\?)", summary, maxsplit=1)[0]
