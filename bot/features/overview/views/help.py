"""Help: by what people need, and by what can be typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.core.cards import FIELD_VALUE, Button, Card, Field, Style
from bot.core.offered_commands import BRAND
from bot.core.request import CommandSpec, HelpGroup
from bot.core.spelling import AS_WRITTEN, CommandSpelling
from bot.core.views.context import field
from bot.features.overview.rules.needs import HelpTopic
from bot.features.overview.views.more_needs import MORE
from bot.features.overview.views.needs import COMMON

COMMANDS = "commands"
"""The word behind /help that lists what can be typed."""
_ALL = Button(label="All commands", action="run", ref=f"help {COMMANDS}")


def needs_card(missed: str = "") -> Card:
    """Ask what somebody needs; ``missed`` are words in which no need was found."""
    sorry = f"Nothing found for {missed!r}. " if missed else ""
    also = " · ".join(need.says for need in MORE)
    return Card(
        title="What do you need?",
        body=f"{sorry}Choose a topic, or type a few words after /help, such as /help hijacker.\n"
        f"Also: {also}",
        fields=tuple(field(need.says, need.gist, wide=True) for need in COMMON),
        buttons=(*(_step(*need.steps[0]) for need in COMMON), _ALL),
        footer="Brandwarden never sends anything to Amazon or to buyers on its own.",
    )


def found_card(needs: Sequence[HelpTopic]) -> Card:
    """Show what to do about one need, or about the two that may be meant, the likelier first."""
    steps = {command: label for need in needs for label, command in need.steps}
    (first, label), *others = steps.items()
    one = needs[0] if len(needs) == 1 else None
    return Card(
        title=one.says if one else "Two topics may help",
        body=one.advice if one else "",
        fields=() if one else tuple(field(need.says, need.advice, wide=True) for need in needs),
        buttons=(
            _step(label, first, style=Style.PRIMARY),
            *(_step(label, command) for command, label in others),
            Button(label="Something else", action="run", ref="help"),
        ),
    )


def grouped(
    commands: Sequence[CommandSpec], spelling: CommandSpelling = AS_WRITTEN
) -> Iterator[Field]:
    """Show names and summaries, a short line each, in groups; an empty group is left out.

    What is typed behind the one command stands there without it, and without a slash.
    """
    for group in HelpGroup:
        held = [spec for spec in commands if spec.group is group]
        names = [spelling.text(_name(spec.usage)).removeprefix(f"/{BRAND} ") for spec in held]
        lines = [f"{name} · {_gist(spec.summary)}" for name, spec in zip(names, held, strict=True)]
        for part in _parts(lines):
            yield field(group.value, part, wide=True)


def _parts(lines: Sequence[str]) -> list[str]:
    """Put the lines together, as many as a field has room for."""
    parts: list[str] = []
    for line in lines:
        if parts and len(parts[-1]) + len(line) < FIELD_VALUE:
            parts[-1] = f"{parts[-1]}\n{line}"
        else:
            parts.append(line)
    return parts


def _step(label: str, command: str, *, style: Style = Style.PLAIN) -> Button:
    return Button(label=label, action="run", ref=command, style=style)


def _name(usage: str) -> str:
    return usage.split(maxsplit=1)[0]


def _gist(summary: str) -> str:
    """Return a summary's first part; the rest of it helps only while one types."""
    return re.split(r"[:;.]|(?<=\?)", summary, maxsplit=1)[0]
