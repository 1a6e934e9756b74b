"""The evidence of a report as its dossier shows it: what each piece is, and what matters in it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

import msgspec
import structlog

from bot.core.context import AppContext
from bot.core.spots import Spot
from bot.errors import StoreError
from bot.features.cases.models.profiles import SellerProfile
from bot.features.evidence.models.comparisons import Comparison
from bot.features.evidence.models.custody import CustodyAction, CustodyEntry
from bot.features.evidence.models.items import MACHINE_WORDED, EvidenceItem, EvidenceKind
from bot.features.reports.models.claims import ON_GOODS, Claim
from bot.features.reports.models.dossier import (
    CustodyLine,
    Exhibit,
    OfferRow,
    Photo,
)
from bot.features.reports.models.reports import Report
from bot.features.reports.rules.answers import offers_in
from bot.features.reports.rules.custody_notes import note_of
from bot.features.reports.rules.grounds import belongs
from bot.features.reports.rules.offer_rows import is_accused
from bot.features.reports.rules.page_lines import telling_lines
from bot.features.reports.texts.writing import evidence_name

log = structlog.get_logger(__name__)

PDF = "application/pdf"
LARGEST = 4 << 20
"""Bytes of a text or an answer that is read to be printed."""
_LABEL = re.compile(r"\bE-[0-9]+\b")


async def exhibits(
    app: AppContext,
    report: Report,
    items: Sequence[EvidenceItem],
    known: Sequence[str],
    names: Mapping[str, SellerProfile],
) -> tuple[Exhibit, ...]:
    """Return each piece that is still there and belongs to the claim.

    ``known`` is what a page's lines are looked up by, ``names`` the pages of sellers.
    """
    about = (report.claim, report.seller, report.asins)
    shown = [item for item in items if item.here and belongs(item, *about)]
    return tuple([await _exhibit(app, report, item, known, names) for item in shown])


async def _exhibit(
    app: AppContext,
    report: Report,
    item: EvidenceItem,
    known: Sequence[str],
    names: Mapping[str, SellerProfile],
) -> Exhibit:
    file = item.file
    lines: tuple[str, ...] = ()
    offers: tuple[OfferRow, ...] = ()
    if item.kind is EvidenceKind.PAGE_TEXT:
        text = (await _content(app, item)).decode("utf-8", "replace")
        lines = await asyncio.to_thread(telling_lines, text, known)
    elif item.kind is EvidenceKind.ANSWER:
        content = await _content(app, item)
        found = await asyncio.to_thread(offers_in, content, item.asin, report.language)
        offers = _marked(app, report, found, names)
    table = file.table if file else None
    printed = file is not None and (item.picture or file.kind == PDF)
    return Exhibit(
        label=item.label,
        kind=item.kind,
        name=evidence_name(item.kind, report.language),
        caption="" if item.kind in MACHINE_WORDED else item.caption,
        at=item.at,
        who=item.who.name if item.who else "Brandwarden",
        url=item.url,
        sha256=file.content if file else item.words_digest,
        boxed=item.boxed,
        unboxed=item.unboxed,
        notes=file.told if file else (),
        kept=(table.lines - table.left_out, table.lines) if table and table.left_out else None,
        purchase=item.purchase,
        lines=lines,
        offers=offers,
        picture=file.shown if printed and file else "",
    )


async def _content(app: AppContext, item: EvidenceItem) -> bytes:
    """Return the bytes of a piece; none where it is too large or damaged, as the verifier tells."""
    if item.file is None or item.file.size > LARGEST:
        return b""
    try:
        return await app.evidence.read(item.file.content)
    except StoreError as error:
        log.warning("evidence not printed", evidence=item.label, error=str(error))
        return b""


def _marked(
    app: AppContext,
    report: Report,
    offers: Sequence[OfferRow],
    names: Mapping[str, SellerProfile],
) -> tuple[OfferRow, ...]:
    """Return whose offers matter: the reported one, ours, and who holds the Buy Box."""
    rows = (
        msgspec.structs.replace(
            row,
            name=names[row.seller].name if row.seller in names else "",
            ours=row.seller in app.brand.own_sellers,
            accused=is_accused(report, row.seller),
        )
        for row in offers
    )
    return tuple(row for row in rows if row.ours or row.buy_box or row.seller == report.seller)


def photos(
    report: Report, items: Sequence[EvidenceItem], comparison: Comparison | None
) -> tuple[tuple[Photo, ...], tuple[str, ...]]:
    """Return the photos of the first page, and what differs between them.

    They are those that a person compared, or the first of each kind, of a reported product. Where
    content was copied, it is the brand's own picture; for other claims about a page, none.
    """
    if report.claim not in ON_GOODS and report.claim is not Claim.COPYRIGHT:
        return (), ()
    about = (report.claim, report.seller, report.asins)
    pictures = {item.place: item for item in items if item.picture and belongs(item, *about)}
    if comparison is not None:
        received = pictures.get(comparison.received)
        genuine = pictures.get(comparison.genuine)
        if received and genuine:
            marks = comparison.differences
            pair = (
                _photo(received, tuple(each.received for each in marks), genuine=False),
                _photo(genuine, tuple(each.genuine for each in marks), genuine=True),
            )
            return pair, tuple(each.words for each in marks)
    kinds = (EvidenceKind.RECEIVED, EvidenceKind.GENUINE)
    found = [next((p for p in pictures.values() if p.kind is kind), None) for kind in kinds]
    shown = [_photo(p, genuine=p.kind is EvidenceKind.GENUINE) for p in found if p]
    return tuple(shown), ()


def _photo(item: EvidenceItem, spots: tuple[Spot | None, ...] = (), *, genuine: bool) -> Photo:
    shown = item.file.shown if item.file else ""
    return Photo(
        label=item.label, caption=item.caption, genuine=genuine, picture=shown, spots=spots
    )


def custody(
    entries: Sequence[CustodyEntry], items: Sequence[EvidenceItem], language: str
) -> Iterator[CustodyLine]:
    """Return the log with the copies for readers beside what they are of."""
    names = {item.label: evidence_name(item.kind, language) for item in items}
    copies = {
        before.number: entry.number
        for before, entry in pairwise(entries)
        if entry.deed is CustodyAction.ANNOTATED and _label(before) == _label(entry) != ""
    }
    for entry in entries:
        if entry.number in copies.values():
            continue
        note, known = note_of(entry) or (None, {})
        yield CustodyLine(
            number=entry.number,
            copy=copies.get(entry.number, 0),
            at=datetime.fromisoformat(entry.at),
            who=entry.who,
            deed=entry.deed,
            detail=_told(entry, names),
            note=note,
            **known,
            sha256=entry.sha256,
        )


def _told(entry: CustodyEntry, names: Mapping[str, str]) -> str:
    """Name a piece that was taken in; its address and its caption stand among the sources."""
    label = _label(entry)
    taken = entry.deed in (CustodyAction.CAPTURED, CustodyAction.TAKEN_IN)
    return f"{label} {names[label]}" if taken and label in names else entry.detail


def _label(entry: CustodyEntry) -> str:
    """Return the label of the piece that an entry is about."""
    found = _LABEL.search(entry.detail)
    return found[0] if found else ""
