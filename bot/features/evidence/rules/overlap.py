"""Own sales beside the time of another seller: what order records show, by their newest state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.features.evidence.rules.order_cells import Order

AROUND = timedelta(days=14)
"""So long before and after is compared with the time in which the other seller was there."""
DAY = timedelta(days=1)


class OrderReport(msgspec.Struct, frozen=True, kw_only=True):
    """The orders of one report, or of one form in which a person typed some."""

    orders: tuple[Order, ...]
    taken_in: datetime
    typed: bool = False
    """A person typed them: a report knows better."""


class Uncounted(msgspec.Struct, frozen=True, kw_only=True):
    """What was handed in as order records and is in no figure."""

    lines: int = 0
    """Lines of the reports in all."""
    left_out: int = 0
    """Lines of them that are in no order."""
    reports: int = 0
    """Reports that are kept and could not be read again."""


class Overlap(msgspec.Struct, frozen=True, kw_only=True):
    """Own sales while another seller was on the listing, and around that time."""

    days: tuple[tuple[date, int], ...]
    """Units by day, from ``AROUND`` before to ``AROUND`` after, as far as the records reach: a day
    beyond them is not there, because what was sold then is unknown."""
    since: date
    until: date
    """The first and the last day on which the other seller was there."""
    units: int
    """From ``since`` to ``until``."""
    first: date | None
    last: date | None
    """The days of the first and the last order on record, of whichever product."""


def newest(reports: Iterable[OrderReport]) -> list[Order]:
    """Return the lines of each order as the newest report tells them, what was cancelled too.

    A report tells all lines of an order's product, so no two reports are added up. It is as new
    as Amazon's last change of the order, or else as the moment at which it was handed in. Of two
    of the same moment the one that tells a cancellation counts: no order comes back from it.
    """
    best: dict[tuple[str, str], tuple[tuple[bool, datetime, bool], list[Order]]] = {}
    for report in reports:
        for key, lines in _by_product(report.orders).items():
            at = max((line.updated for line in lines if line.updated), default=report.taken_in)
            current = [line for line in lines if line.updated in (None, at)]
            rank = (not report.typed, at, any(line.cancelled for line in current))
            if key not in best or rank >= best[key][0]:
                best[key] = rank, current
    return [line for _, lines in best.values() for line in lines]


def _by_product(orders: Iterable[Order]) -> dict[tuple[str, str], list[Order]]:
    found: dict[tuple[str, str], list[Order]] = {}
    for order in orders:
        found.setdefault((order.id, order.asin), []).append(order)
    return found


def overlap(
    orders: Iterable[Order], asins: Sequence[str], since: datetime, until: datetime, zone: str
) -> Overlap:
    """Compare own sales of the products with the time in which another seller was there.

    Whole days count, in the IANA ``zone``. ``orders`` has each order once, as ``newest`` gives it;
    what was cancelled shows only how far the records reach.
    """
    local = ZoneInfo(zone)
    told = [(order.at.astimezone(local).date(), order) for order in orders]
    first = min((day for day, _ in told), default=None)
    last = max((day for day, _ in told), default=None)
    start, end = since.astimezone(local).date(), until.astimezone(local).date()
    ours = [(day, order) for day, order in told if order.asin in asins and not order.cancelled]
    during = [order for day, order in ours if start <= day <= end]
    units: dict[date, int] = {}
    if first is not None and last is not None:
        units = dict.fromkeys(_days(max(first, start - AROUND), min(last, end + AROUND)), 0)
    for day, order in ours:
        if day in units:
            units[day] += order.quantity
    return Overlap(
        days=tuple(units.items()),
        since=start,
        until=end,
        units=sum(order.quantity for order in during),
        first=first,
        last=last,
    )


def sentence(found: Overlap, missing: Uncounted) -> str:
    """Say what the records show of own sales before, in and after that time, and nothing more."""
    periods = (
        _sold(found, found.since - AROUND, found.since - DAY, ""),
        _sold(found, found.since, found.until, ", while the other seller was there"),
        _sold(found, found.until + DAY, found.until + AROUND, ", after that"),
    )
    told = "; ".join(filter(None, periods))
    if not told:
        stay = f"The other seller was there from {found.since} to {found.until}."
        return " ".join((f"{stay} We have no order records of that time.", *_gaps(missing)))
    counted = f"Units that we sold: {told}."
    return " ".join((counted, *_gaps(missing), "This shows what we sold, not why."))


def _gaps(missing: Uncounted) -> Iterator[str]:
    if missing.left_out:
        yield (
            "Lines in the reports not counted because they could not be read or are not sales on "
            f"Amazon: {missing.left_out:,} of {missing.lines:,}."
        )
    if missing.reports:
        yield f"Reports not counted because they could not be read again: {missing.reports:,}."


def _sold(found: Overlap, first: date, last: date, when: str) -> str:
    """Say how many units were sold on the days that are on record; empty: there are none."""
    days = [(day, count) for day, count in found.days if first <= day <= last]
    if not days:
        return ""
    units = sum(count for _, count in days)
    start, end = days[0][0], days[-1][0]
    period = f"on {start}" if start == end else f"from {start} to {end}"
    return f"{units:,} {period}{when} ({units / len(days):.1f} a day)"


def _days(first: date, last: date) -> Iterator[date]:
    return (first + DAY * number for number in range((last - first).days + 1))
