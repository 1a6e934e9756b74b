"""The seller performance report of one marketplace.

Source: the schema accountHealthReport-2020-11-18. Its own example has other names than the schema
for some figures, so a figure is whatever has a status.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

import msgspec

from adapters.amazon.content_answers import lenient
from adapters.amazon.exchange import Unreadable, decode
from adapters.amazon.values import LONGEST_TEXT
from bot.core.account_health import AccountHealth, HealthReading
from bot.core.marketplaces import Marketplace
from bot.core.text import one_line

BAD = "BAD"
WARNED = "WARNED"
RATING = "accountHealthRating"
MOST_FIGURES = 50


class _AccountStatus(msgspec.Struct, frozen=True, rename="camel"):
    marketplace_id: str | None = None
    status: str | None = None


class _Report(msgspec.Struct, frozen=True, rename="camel"):
    account_statuses: list[_AccountStatus]
    performance_metrics: msgspec.Raw = msgspec.Raw(b"[]")


class _Rated(msgspec.Struct, frozen=True, rename="camel"):
    """A figure; the order defect rate is told for each way of shipping."""

    status: str | None = None
    mfn: msgspec.Raw = msgspec.Raw(b"null")
    afn: msgspec.Raw = msgspec.Raw(b"null")
    ahr_status: str | None = None
    account_health_rating_status: str | None = None


_read_report = msgspec.json.Decoder(_Report).decode
_read_metrics = msgspec.json.Decoder(list[dict[str, msgspec.Raw]]).decode
_read_text = msgspec.json.Decoder(str).decode
_read_rated = msgspec.json.Decoder(_Rated | None).decode


def read_performance(content: bytes, market: Marketplace, at: datetime) -> HealthReading:
    """Return how the account is rated in the marketplace.

    Raises:
        Unreadable: it is no such report, or says nothing of the marketplace.
    """
    report = decode(_read_report, content)
    told = (each.status for each in report.account_statuses if each.marketplace_id == market.id)
    status = next(told, None)
    if not status:
        raise Unreadable(NOTHING_HERE)
    figures = dict(_figures(report, market))
    rating = figures.pop(RATING, None) or _Rated()
    return HealthReading(
        AccountHealth(
            marketplace=market.code,
            at=at,
            status=one_line(status, LONGEST_TEXT).upper(),
            warned=WARNED in (rating.ahr_status, rating.account_health_rating_status),
            bad=tuple(sorted(name for name, each in figures.items() if _is_bad(each))),
            digest=hashlib.sha256(content).hexdigest(),
        ),
        content,
    )


NOTHING_HERE = "Amazon's performance report says nothing about this marketplace."


def _figures(report: _Report, market: Marketplace) -> Iterator[tuple[str, _Rated]]:
    for metrics in lenient(_read_metrics, report.performance_metrics) or ():
        if lenient(_read_text, metrics.get("marketplaceId", msgspec.Raw(b"null"))) != market.id:
            continue
        for name, raw in list(metrics.items())[:MOST_FIGURES]:
            rated = lenient(_read_rated, raw)
            if rated is not None:
                yield one_line(name, LONGEST_TEXT), rated


def _is_bad(figure: _Rated) -> bool:
    parts = (lenient(_read_rated, raw) for raw in (figure.mfn, figure.afn))
    return BAD in (figure.status, *(part.status for part in parts if part is not None))
