"""What a chat offers for typing: one command with everything below it, and a few beside it."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.core.request import CommandSpec, HelpGroup

BRAND = "brand"
"""The one command below which all others stand."""
HELP = "help"
"""What is meant where nothing follows it."""


class CommandSet(enum.StrEnum):
    """Which commands stand beside the one, under their own names."""

    FEW = "few"
    """What is typed most, as each command says of itself."""
    ALL = "all"


def offered(specs: Iterable[CommandSpec], which: CommandSet) -> tuple[CommandSpec, ...]:
    """Return the commands as that set has them: with ALL, each stands alone too."""
    if which is CommandSet.FEW:
        return tuple(specs)
    return tuple(replace(spec, alone=True) for spec in specs)


def heads(specs: Iterable[CommandSpec]) -> dict[str, str]:
    """Return the word that stands before each command below the one, by name; none: empty."""
    return {spec.name: spec.group.head for spec in specs}


def meant(name: str, text: str, before: Mapping[str, str]) -> tuple[str, str]:
    """Return the name and the text of the command that is typed below the one, or by itself.

    ``before`` are the words of ``heads``: they may be typed, and may be left out. A command that is
    not known is returned as it was typed.
    """
    if name == BRAND:
        name, text = _first(text)
        name = name.removeprefix("/").lower() or HELP
    inner, rest = _first(text)
    if name in _HEADS and before.get(inner.lower()) == name:
        return inner.lower(), rest
    return name, text


def _first(text: str) -> tuple[str, str]:
    first = next(iter(text.split(maxsplit=1)), "")
    return first, text.strip()[len(first) :].strip()


_HEADS = frozenset(group.head for group in HelpGroup if group.head)
