"""Pieces of evidence in a text for people outside the team, by what their language calls them."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from bot.core.languages import spoken
from bot.core.written import written_moment
from bot.features.evidence.models.items import (
    MACHINE_MADE,
    MACHINE_WORDED,
    EvidenceItem,
    EvidenceKind,
)

NAMES = Path(__file__).with_name("items.toml")


def enclosed(items: Iterable[EvidenceItem], language: str, colon: str = ": ") -> tuple[str, ...]:
    """Return a line for each piece: ``E-3: Photo of the product received (logo on the base)``.

    What Brandwarden made by itself is told by its time, a test buy by its order.
    """
    return tuple(_line(item, language, colon) for item in items)


def kind_name(kind: EvidenceKind, language: str) -> str:
    """Return what a kind of evidence is called in the language; else its label."""
    names = {**_names().get(spoken(language), {}), **_names().get(language, {})}
    return names.get(kind, kind.label)


def _line(item: EvidenceItem, language: str, colon: str) -> str:
    if item.kind in MACHINE_MADE:
        more = written_moment(item.at, language)
    elif item.kind in MACHINE_WORDED:
        more = item.purchase.order if item.purchase else ""
    else:
        more = item.caption
    return f"{item.label}{colon}{kind_name(item.kind, language)}" + (f" ({more})" if more else "")


@functools.cache
def _names() -> Mapping[str, Mapping[EvidenceKind, str]]:
    return msgspec.toml.decode(NAMES.read_bytes(), type=dict[str, dict[EvidenceKind, str]])
