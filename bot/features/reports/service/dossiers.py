"""Writing down what a packet's PDF tells of a case."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import datetime

from bot.core.context import AppContext
from bot.core.findings import BUY_BOX, SELLER, Fact
from bot.core.history import History
from bot.core.listing import Watch
from bot.core.scanning import each_found
from bot.core.store import Store
from bot.core.views.lists import counted
from bot.features.cases.collections import ENTRIES
from bot.features.cases.models.cases import Case, Entry, EntryKind
from bot.features.evidence.models.custody import CustodyEntry
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.evidence.models.sales import Sales
from bot.features.evidence.service.sales import sales_during
from bot.features.reports.models.dossier import (
    CustodyLine,
    Dossier,
    Exhibit,
    Moment,
    OfferRow,
)
from bot.features.reports.models.packets import Bundle
from bot.features.reports.models.reports import Report
from bot.features.rights.collections import BRAND_RIGHTS
from bot.features.watchlist.collections import HISTORIES, WATCHES

SHOWN = 500
"""So many of a case's findings are told; those on the reported products first."""
STALE_AFTER = 86400
"""Seconds after which a reading is told as old."""


async def write_dossier(
    app: AppContext, case: Case, report: Report, bundle: Bundle, seal: str
) -> Dossier:
    """Return everything that the PDF tells, from what the house knows now."""
    seen, left_out = await _findings(app.store, case, report)
    histories = await _histories(app, report)
    stamped = ", ".join(sorted({stamp.authority for stamp in bundle.stamps}))
    return Dossier(
        brand=app.brand.name,
        case=case.label,
        report=report.label,
        title=report.claim.label,
        recommendation=report.recommendation.label,
        made_at=bundle.made_at,
        simulated=app.brand.simulated,
        summary=await _summary(app, case, report),
        statement=report.text,
        offers=_offers(app, report, histories),
        moments=_moments(case, seen, bundle.items),
        exhibits=tuple(_exhibit(item) for item in bundle.items if item.here),
        sales=await _sales(app, report, bundle.items, histories),
        custody=tuple(map(_custody_line, bundle.custody)),
        unseen=(*_cut(len(seen), left_out), *_unseen(report, histories, bundle)),
        seal=seal,
        stamped=stamped,
    )


async def _findings(store: Store, case: Case, report: Report) -> tuple[list[Entry], int]:
    """Return what of the case's timeline is told, and how many findings are left out."""
    reported, others, found = deque[Entry](maxlen=SHOWN), deque[Entry](maxlen=SHOWN), 0
    async for entry in each_found(store, ENTRIES, "case", case.key):
        if case.seller and (entry.signal, entry.kind) in _SEEN:
            (reported if entry.asin in report.asins else others).append(entry)
            found += 1
    room = SHOWN - len(reported)
    told = [*reported, *([*others][-room:] if room else ())]
    return told, found - len(told)


def _cut(told: int, left_out: int) -> tuple[str, ...]:
    if not left_out:
        return ()
    more = "1 earlier finding" if left_out == 1 else f"{left_out:,} earlier findings"
    return (
        f"The timeline shows {told:,} findings, those on the reported products first. It leaves "
        f"out {more} on this case.",
    )


async def _histories(app: AppContext, report: Report) -> list[History]:
    keys = [Watch.key_of(report.marketplace, asin) for asin in report.asins]
    found = [await app.store.get(HISTORIES, key) for key in keys]
    return [history for history in found if history is not None]


async def _summary(app: AppContext, case: Case, report: Report) -> tuple[Fact, ...]:
    right = await app.store.get(BRAND_RIGHTS, report.right) if report.right else None
    facts = [
        Fact("Claim", report.claim.label),
        Fact("Where it is filed", report.recommendation.label),
        Fact("Marketplace", report.marketplace),
    ]
    for asin in report.asins:
        watch = await app.store.get(WATCHES, Watch.key_of(report.marketplace, asin))
        facts.append(Fact("Product", f"{asin} {watch.title}" if watch else asin))
    if report.seller:
        facts.append(Fact("Seller", report.seller))
    if right is not None:
        owner = f", owned by {right.owner}" if right.owner else ""
        facts.append(Fact("Right", f"{right.label}{owner}"))
    facts.append(Fact("Case opened", f"{case.opened_at:%Y-%m-%d %H:%M} UTC"))
    facts.append(Fact("Drafted by", report.drafted_by.name))
    if report.confirmed_by is not None:
        facts.append(Fact("Confirmed by", report.confirmed_by.name))
    return tuple(facts)


def _offers(app: AppContext, report: Report, histories: Sequence[History]) -> tuple[OfferRow, ...]:
    rows = []
    for history in histories:
        for offer in history.last.offers if history.last else ():
            fulfilled = {True: "Amazon", False: "the seller", None: "not given"}[offer.fba]
            row = OfferRow(
                asin=history.last.asin if history.last else "",
                seller=offer.seller,
                price=str(offer.price),
                shipping=str(offer.shipping) if offer.shipping else "not given",
                fulfilment=fulfilled,
                ours=offer.seller in app.brand.own_sellers,
                accused=offer.seller == report.seller,
            )
            rows.append(row)
    return tuple(rows)


def _moments(
    case: Case, entries: Sequence[Entry], items: Sequence[EvidenceItem]
) -> tuple[Moment, ...]:
    """Tell when the seller was there and what was taken in; prices and our own work stay here."""
    seen = [
        Moment(entry.at, f"Seller {case.seller} {told} {entry.asin}", severity=entry.severity)
        for entry in entries
        if (told := _SEEN.get((entry.signal, entry.kind)))
    ]
    taken = [
        Moment(item.at, f"{item.label} recorded: {item.kind.label}", _by(item))
        for item in items
        if item.here
    ]
    return tuple(sorted([*seen, *taken], key=lambda moment: moment.at))


def _by(item: EvidenceItem) -> str:
    return item.who.name if item.who else "Brandwarden"


_SEEN = {
    (SELLER, EntryKind.OPENED): "was seen on",
    (SELLER, EntryKind.SIGNAL): "was seen on",
    (SELLER, EntryKind.ENDED): "was no longer on",
    (BUY_BOX, EntryKind.OPENED): "had the Buy Box of",
    (BUY_BOX, EntryKind.SIGNAL): "had the Buy Box of",
    (BUY_BOX, EntryKind.ENDED): "no longer had the Buy Box of",
}
"""What of a case's timeline concerns a reader outside."""


def _exhibit(item: EvidenceItem) -> Exhibit:
    facts = [
        Fact("Added", f"{item.at:%Y-%m-%d %H:%M:%S} UTC"),
        Fact("By", _by(item)),
    ]
    if item.url:
        facts.append(Fact("Address", item.url))
    if item.file and item.file.table and item.file.table.left_out:
        table = item.file.table
        kept = f"{table.lines - table.left_out:,} of {table.lines:,}; the others are not counted"
        facts.append(Fact("Report lines kept", kept))
    if item.purchase is not None:
        bought = item.purchase
        facts.append(Fact("Order", f"{bought.order}, ordered {bought.ordered_on}"))
        if bought.arrived_on:
            facts.append(Fact("Arrived", str(bought.arrived_on)))
        facts.append(Fact("Observed", bought.observed))
        facts.append(Fact("How verified", bought.verified))
    if item.file and item.file.told:
        facts.append(Fact("Note", " ".join(item.file.told)))
    facts.append(Fact("SHA-256", item.file.content if item.file else item.words_digest))
    shown = item.file.shown if item.picture and item.file else ""
    return Exhibit(
        label=item.label,
        kind=item.kind.label,
        caption=item.caption,
        facts=tuple(facts),
        picture=shown,
    )


def _custody_line(entry: CustodyEntry) -> CustodyLine:
    return CustodyLine(
        entry.number, entry.at, entry.who, entry.deed.value, entry.detail, entry.sha256
    )


async def _sales(
    app: AppContext, report: Report, items: Sequence[EvidenceItem], histories: Sequence[History]
) -> Sales | None:
    """Compare our own sales with the time in which the other seller was there."""
    stays = [
        (stay.since, stay.gone_at or each.last.at)
        for each in histories
        if each.last is not None and (stay := each.presence(report.seller)) is not None
    ]
    if not stays:
        return None
    since = min(since for since, _ in stays)
    until = max(until for _, until in stays)
    return await sales_during(app, items, report.asins, since, until)


def _unseen(report: Report, histories: Sequence[History], bundle: Bundle) -> tuple[str, ...]:
    """Say what nobody could see, so that no reader believes more than was shown."""
    told = [
        f"Amazon counts {counted(history.last.unlisted, 'more offer')} of {history.last.asin} "
        "than it lists."
        for history in histories
        if history.last is not None and history.last.unlisted
    ]
    told += [
        f"{history.last.asin} was last checked on {history.last.at:%Y-%m-%d %H:%M} UTC."
        for history in histories
        if history.last is not None and _old(history.last.at, bundle.made_at)
    ]
    seen = {history.last.asin for history in histories if history.last is not None}
    told += [f"{asin} could not be checked." for asin in report.asins if asin not in seen]
    told += [
        f"{item.label} was deleted on {item.deleted_at:%Y-%m-%d}; the custody log shows who did it."
        for item in bundle.items
        if item.deleted_at is not None
    ]
    pictured = {item.asin for item in bundle.items if item.kind is EvidenceKind.CAPTURE}
    told += [f"There is no screenshot of {asin}." for asin in report.asins if asin not in pictured]
    if report.no_orders:
        told.append(f"There are no order records: {report.no_orders}")
    if not bundle.stamps:
        told.append("No outside authority confirmed the times. They come from this program.")
    return tuple(told)


def _old(at: datetime, now: datetime) -> bool:
    return abs((now - at).total_seconds()) > STALE_AFTER
