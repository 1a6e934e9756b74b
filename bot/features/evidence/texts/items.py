"""Pieces of evidence in a text for people outside the team, by what their language calls them."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from bot.features.evidence.models.items import EvidenceKind

NAMES = Path(__file__).with_name("items.toml")


def in_language(items: Iterable[str], language: str) -> tuple[str, ...]:
    """Return the lines of pieces, such as ``E-3: Document (invoice)``, with their kinds translated.

    A kind that the language does not name keeps its label.
    """
    names = _names().get(language, {})
    return tuple(_named(item, names) for item in items)


def _named(line: str, names: Mapping[EvidenceKind, str]) -> str:
    label, parted, rest = line.partition(": ")
    for kind in EvidenceKind:
        if rest.startswith(kind.label):
            name = names.get(kind, kind.label)
            return f"{label}{parted}{name}{rest.removeprefix(kind.label)}"
    return line


@functools.cache
def _names() -> Mapping[str, Mapping[EvidenceKind, str]]:
    return msgspec.toml.decode(NAMES.read_bytes(), type=dict[str, dict[EvidenceKind, str]])
