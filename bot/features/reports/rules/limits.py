"""What the evidence of a report does not show, so that no reader believes more than is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.core.history import History
from bot.features.evidence.models.items import EvidenceKind
from bot.features.reports.models.dossier import Limit, LimitKind
from bot.features.reports.models.packets import Bundle
from bot.features.reports.models.reports import Report
from bot.features.reports.rules.grounds import belongs

STALE_AFTER = 86400
"""Seconds after which a reading is told as old."""


def limits(
    report: Report, histories: Sequence[History], bundle: Bundle, left_out: int
) -> tuple[Limit, ...]:
    """Name what could not be seen; ``left_out`` counts the findings that are not told."""
    return (
        *_findings(left_out),
        *_checks(report, histories, bundle),
        *_pieces(report, bundle),
        *_missing(report, bundle),
    )


def _findings(left_out: int) -> Iterator[Limit]:
    if left_out:
        yield Limit(kind=LimitKind.EARLIER, count=left_out)


def _checks(report: Report, histories: Sequence[History], bundle: Bundle) -> Iterator[Limit]:
    seen = [history.last for history in histories if history.last is not None]
    for last in seen:
        if last.unlisted:
            yield Limit(kind=LimitKind.UNLISTED, about=last.asin, count=last.unlisted)
    for last in seen:
        if _old(last.at, bundle.made_at):
            yield Limit(kind=LimitKind.OLD, about=last.asin, at=last.at)
    checked = {last.asin for last in seen}
    for asin in report.asins:
        if asin not in checked:
            yield Limit(kind=LimitKind.UNCHECKED, about=asin)


def _pieces(report: Report, bundle: Bundle) -> Iterator[Limit]:
    for item in bundle.items:
        if item.deleted_at is not None:
            yield Limit(kind=LimitKind.DELETED, about=item.label, at=item.deleted_at)
    for item in bundle.items:
        if item.here and not belongs(item, report.claim, report.seller, report.asins):
            yield Limit(kind=LimitKind.ELSEWHERE, about=item.label)


def _missing(report: Report, bundle: Bundle) -> Iterator[Limit]:
    pictured = {item.asin for item in bundle.items if item.kind is EvidenceKind.CAPTURE}
    for asin in report.asins:
        if asin not in pictured:
            yield Limit(kind=LimitKind.NO_CAPTURE, about=asin)
    if report.no_orders:
        yield Limit(kind=LimitKind.NO_ORDERS, about=report.no_orders)
    if not bundle.stamps:
        yield Limit(kind=LimitKind.NO_AUTHORITY)


def _old(at: datetime, now: datetime) -> bool:
    return abs((now - at).total_seconds()) > STALE_AFTER
