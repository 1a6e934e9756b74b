"""What happened, for a reader outside: seen, ordered, arrived, compared, still there.

When evidence was handed in is the custody log's; prices and our own work stay in the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time

import msgspec

from bot.core.findings import BUY_BOX, SELLER
from bot.core.history import History
from bot.features.cases.models.cases import Entry, EntryKind
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind, Purchase
from bot.features.reports.models.dossier import Moment, MomentKind, Photo
from bot.features.reports.models.reports import Report

TOLD = {
    (SELLER, EntryKind.OPENED): MomentKind.SEEN,
    (SELLER, EntryKind.SIGNAL): MomentKind.SEEN,
    (SELLER, EntryKind.ENDED): MomentKind.GONE,
    (BUY_BOX, EntryKind.OPENED): MomentKind.BUY_BOX,
    (BUY_BOX, EntryKind.SIGNAL): MomentKind.BUY_BOX,
    (BUY_BOX, EntryKind.ENDED): MomentKind.BUY_BOX_LOST,
}
"""What of a case's timeline concerns a reader outside."""


def moments(
    report: Report,
    entries: Iterable[Entry],
    histories: Sequence[History],
    purchases: Iterable[Purchase],
    items: Sequence[EvidenceItem],
    photos: Sequence[Photo],
) -> tuple[Moment, ...]:
    """Tell it in the order of time."""
    told = [
        *_seen(entries, histories, report.seller),
        *_captured(items, report.asins),
        *_compared(items, photos),
        *_still_there(histories, report.seller),
    ]
    told += [_placed(bought, told) for bought in _bought(purchases)]
    return tuple(sorted(told, key=lambda moment: (moment.at, moment.kind in _LAST)))


_LAST = frozenset({MomentKind.COMPARED, MomentKind.STILL_THERE})
"""What follows a test buy of the same day."""


def _placed(bought: Moment, told: Iterable[Moment]) -> Moment:
    """Return what happened on a day whose hour nobody knows: at noon, or where the story has it.

    Nothing is bought before it was seen, or compared before it arrived.
    """
    same = [each for each in told if each.at.date() == bought.at.date()]
    at = max([bought.at, *(each.at for each in same if each.kind not in _LAST)])
    at = min([at, *(each.at for each in same if each.kind in _LAST)])
    return msgspec.structs.replace(bought, at=at)


def _seen(entries: Iterable[Entry], histories: Sequence[History], seller: str) -> Iterator[Moment]:
    """Tell each stay once: an alert that is told again is no second sighting."""
    now: dict[tuple[str, str], MomentKind] = {}
    for entry in sorted(entries, key=lambda entry: entry.at):
        kind, place = TOLD[entry.signal, entry.kind], (entry.signal, entry.asin)
        if now.get(place) is kind:
            continue
        again = kind is MomentKind.SEEN and place in now
        now[place] = kind
        shown = MomentKind.SEEN_AGAIN if again else kind
        yield Moment(at=entry.at, kind=shown, about=entry.asin)
    for history in histories:
        stay = history.presence(seller) if seller else None
        if history.last and stay and (SELLER, history.last.asin) not in now:
            yield Moment(at=stay.since, kind=MomentKind.SEEN, about=history.last.asin)


def _still_there(histories: Sequence[History], seller: str) -> Iterator[Moment]:
    for history in histories:
        if seller and history.last and history.present(seller):
            yield Moment(at=history.last.at, kind=MomentKind.STILL_THERE, about=history.last.asin)


def _bought(purchases: Iterable[Purchase]) -> Iterator[Moment]:
    for bought in purchases:
        yield _on(bought.ordered_on, MomentKind.ORDERED, bought.order)
        if bought.arrived_on:
            yield _on(bought.arrived_on, MomentKind.ARRIVED, bought.order)


def _captured(items: Iterable[EvidenceItem], asins: Sequence[str]) -> Iterator[Moment]:
    for item in items:
        if item.kind is EvidenceKind.CAPTURE and item.here and item.asin in asins:
            yield Moment(at=item.at, kind=MomentKind.CAPTURED, about=item.label)


def _compared(items: Iterable[EvidenceItem], photos: Sequence[Photo]) -> Iterator[Moment]:
    """Tell when both photos were there to be compared."""
    labels = [photo.label for photo in photos]
    if len(labels) > 1:
        at = max(item.at for item in items if item.label in labels)
        yield Moment(at=at, kind=MomentKind.COMPARED, about=", ".join(labels))


def _on(day: date, kind: MomentKind, about: str) -> Moment:
    return Moment(at=datetime.combine(day, time(12), UTC), kind=kind, about=about, whole_day=True)
