"""What the typesetter's template reads: the dossier with bounded, printable texts. Pure.

Everything here is data to the template, never markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import msgspec

from adapters.rendering.figures import Bars, TimeLine, sales_bars, time_line
from adapters.rendering.sanitize import lines, plain
from bot.core.findings import Fact
from bot.features.evidence.models.items import EvidenceKind
from bot.features.reports.models.dossier import CustodyLine, Dossier, Exhibit, Moment

LONGEST_NAME = 160
"""Characters of what stands in a head."""
LONGEST_LIST = 500
"""Rows of one table."""
WHOLE = 700
"""Characters of an exhibit that is kept on one page; a longer one may go on over the next."""
MANY_FACTS = 12
"""An exhibit with more is not kept on one page either."""

T = TypeVar("T")


class Pair(msgspec.Struct, frozen=True):
    """A line of a table with two columns."""

    label: str
    value: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """An offer."""

    asin: str
    seller: str
    price: str
    shipping: str
    fulfilment: str
    ours: bool
    accused: bool


class Happened(msgspec.Struct, frozen=True):
    """A moment in words."""

    at: str
    text: str
    who: str
    severity: int


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that lies beside the template, or why there is none."""

    path: str = ""
    width: int = 0
    """Pixels."""
    height: int = 0
    why: str = ""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An exhibit."""

    label: str
    kind: str
    caption: str
    facts: tuple[Pair, ...]
    picture: Shown | None
    page: bool
    """It is a page's picture, which needs the whole width to be read."""
    whole: bool
    """It is short enough to be kept on one page."""


class Kept(msgspec.Struct, frozen=True):
    """A line of the custody log."""

    number: int
    at: str
    who: str
    deed: str
    detail: str
    sha256: str


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the template prints."""

    brand: str
    case: str
    report: str
    title: str
    recommendation: str
    made_at: str
    made_on: tuple[int, int, int]
    """Year, month, day."""
    simulated: bool
    summary: tuple[Pair, ...]
    statement: tuple[tuple[str, ...], ...]
    """Paragraphs of lines."""
    offers: tuple[Row, ...]
    moments: tuple[Happened, ...]
    line: TimeLine
    exhibits: tuple[Item, ...]
    bars: Bars | None
    sentence: str
    custody: tuple[Kept, ...]
    unseen: tuple[str, ...]
    seal: str
    stamped: str
    cut: tuple[str, ...]
    """What was too much to print, a sentence each."""


def sheet(dossier: Dossier, pictures: Mapping[str, Shown]) -> Sheet:
    """Return the dossier as the template reads it; ``pictures`` by SHA-256."""
    cut: list[str] = []
    moments = _some(sorted(dossier.moments, key=lambda moment: moment.at), "moments", cut)
    exhibits = _some(dossier.exhibits, "exhibits", cut)
    sales = dossier.sales
    made = dossier.made_at
    return Sheet(
        brand=plain(dossier.brand, LONGEST_NAME),
        case=plain(dossier.case, LONGEST_NAME),
        report=plain(dossier.report, LONGEST_NAME),
        title=plain(dossier.title, LONGEST_NAME),
        recommendation=plain(dossier.recommendation, LONGEST_NAME),
        made_at=_moment(made),
        made_on=(made.year, made.month, made.day),
        simulated=dossier.simulated,
        summary=_pairs(dossier.summary),
        statement=_paragraphs(dossier.statement),
        offers=_offers(dossier, cut),
        moments=tuple(map(_happened, moments)),
        line=time_line(moments),
        exhibits=tuple(_item(exhibit, pictures) for exhibit in exhibits),
        bars=sales_bars(sales) if sales is not None and sales.days else None,
        sentence=plain(sales.sentence) if sales is not None else "",
        custody=tuple(map(_kept, _some(dossier.custody, "custody log entries", cut))),
        unseen=tuple(plain(each) for each in _some(dossier.unseen, "unchecked items", cut)),
        seal=plain(dossier.seal, LONGEST_NAME),
        stamped=plain(dossier.stamped),
        cut=tuple(cut),
    )


def _some(rows: Sequence[T], name: str, cut: list[str]) -> Sequence[T]:
    if len(rows) > LONGEST_LIST:
        cut.append(f"{len(rows) - LONGEST_LIST} more {name} are not printed here.")
    return rows[:LONGEST_LIST]


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _pairs(facts: Sequence[Fact]) -> tuple[Pair, ...]:
    return tuple(
        Pair(
            plain(fact.label, LONGEST_NAME),
            plain(f"{fact.value} {_moment(fact.at)}" if fact.at else fact.value),
        )
        for fact in facts[:LONGEST_LIST]
    )


def _paragraphs(text: str) -> tuple[tuple[str, ...], ...]:
    paragraphs: list[list[str]] = [[]]
    for line in lines(text):
        if line.strip():
            paragraphs[-1].append(" ".join(line.split()))
        elif paragraphs[-1]:
            paragraphs.append([])
    return tuple(tuple(paragraph) for paragraph in paragraphs if paragraph)


def _offers(dossier: Dossier, cut: list[str]) -> tuple[Row, ...]:
    # Stable: the reported offers first, then ours, the others as they came.
    order = sorted(dossier.offers, key=lambda offer: (not offer.accused, not offer.ours))
    return tuple(
        Row(
            asin=plain(offer.asin, LONGEST_NAME),
            seller=plain(offer.seller),
            price=plain(offer.price, LONGEST_NAME),
            shipping=plain(offer.shipping, LONGEST_NAME),
            fulfilment=plain(offer.fulfilment, LONGEST_NAME),
            ours=offer.ours,
            accused=offer.accused,
        )
        for offer in _some(order, "offers", cut)
    )


def _happened(moment: Moment) -> Happened:
    at = f"{moment.at:%Y-%m-%d %H:%M}"
    return Happened(at, plain(moment.text), plain(moment.who), moment.severity)


def _item(exhibit: Exhibit, pictures: Mapping[str, Shown]) -> Item:
    facts = _pairs(exhibit.facts)
    caption = plain(exhibit.caption)
    size = len(caption) + sum(len(fact.label) + len(fact.value) for fact in facts)
    return Item(
        label=plain(exhibit.label, LONGEST_NAME),
        kind=plain(exhibit.kind, LONGEST_NAME),
        caption=caption,
        facts=facts,
        picture=pictures.get(exhibit.picture) if exhibit.picture else None,
        page=exhibit.kind == EvidenceKind.CAPTURE.label,
        whole=size <= WHOLE and len(facts) <= MANY_FACTS,
    )


def _kept(line: CustodyLine) -> Kept:
    return Kept(
        line.number,
        plain(line.at.replace("T", " ").removesuffix("+00:00"), LONGEST_NAME),
        plain(line.who),
        plain(line.deed, LONGEST_NAME),
        plain(line.detail),
        plain(line.sha256, LONGEST_NAME),
    )
