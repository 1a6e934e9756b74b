"""Pairs of product pages, each with whether the team must hear of the difference.

They were written by somebody who does not see the rules that judge them: the read and the unread
half before there were rules, the second, third and fourth one after. All but the first were counted
before anybody read them, to know what is missed; of these, only what the rules got wrong has been
read.
``*_pages.jsonl`` has the pages of one half, and a sample has what differs from its page.

Each page and two in three of the changes are worded for it alone. Of what is no change a quarter
is; the rest are ways in which Amazon writes the same, tried on one page after another.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

Half = Literal["read", "unread", "second", "third", "fourth"]
FOLDER = Path(__file__).parent


class Picture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A picture: ``hash`` is perceptual, 64 bits in hex digits; ``digest`` is of its bytes.

    The same picture, compressed again, is at most 6 bits away; another one more than 16.
    """

    variant: str
    link: str
    hash: str
    digest: str


class Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A product page. None is a field that could not be read; what is empty was read as empty."""

    title: str | None
    bullets: tuple[str, ...] | None
    description: str | None
    images: tuple[Picture, ...] | None
    brand: str | None
    product_type: str | None
    parent: str | None
    """The ASIN of the variation family; empty if there is none."""


class Sample(msgspec.Struct, frozen=True):
    """The same page at two times; ``alarm`` if the team must hear of it, ``kind`` says why."""

    page: str
    lang: str
    kind: str
    alarm: bool
    before: Page
    after: Page


class _Row(msgspec.Struct, forbid_unknown_fields=True):
    """A line of a set: the fields that differ from the page named, before and after."""

    page: str
    kind: str
    alarm: bool
    after: dict[str, object]
    before: dict[str, object] = {}


def pages(half: Half) -> dict[str, dict[str, object]]:
    """Return the fields of the pages of a half, their language among them, by the pages' names."""
    lines = (FOLDER / f"{half}_pages.jsonl").read_bytes().splitlines()
    return {str(page.pop("name")): page for page in map(msgspec.json.decode, lines)}


def samples(half: Half) -> tuple[Sample, ...]:
    """Return the samples of a half in the order of the file, changes and others mixed."""
    known = pages(half)
    lines = (FOLDER / f"{half}.jsonl").read_bytes().splitlines()
    return tuple(_sample(msgspec.json.decode(line, type=_Row), known) for line in lines)


def _sample(row: _Row, known: Mapping[str, dict[str, object]]) -> Sample:
    fields = dict(known[row.page])
    lang = str(fields.pop("lang"))
    before = msgspec.convert({**fields, **row.before}, Page)
    after = msgspec.convert({**fields, **row.after}, Page)
    return Sample(row.page, lang, row.kind, row.alarm, before, after)
