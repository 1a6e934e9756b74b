"""Follow-ups: when somebody should look after a report, and what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.interface import listed, tr
from bot.core.reminding import later
from bot.features.reports.models.reports import Report, ReportState

_FIRST = {
    ReportState.CONFIRMED: timedelta(hours=4),
    ReportState.FILED: timedelta(days=2),
    ReportState.REVIEW: timedelta(days=4),
    ReportState.WANTED: timedelta(days=1),
    ReportState.PARTLY: timedelta(days=1),
    ReportState.REFUSED: timedelta(days=1),
    ReportState.ACCEPTED: timedelta(days=2),
}
"""How long a state may last before somebody should look."""
_BACK = timedelta(days=1)
"""How long a seller may be back before somebody should file again."""


def due(report: Report, at: datetime) -> datetime | None:
    """Return when to look after it next; every reminder doubles the pause; None: not any more."""
    first = _BACK if report.is_back else _FIRST.get(report.state)
    removed = report.removed_at is not None and not report.is_back
    finished = report.state is ReportState.ACCEPTED and removed
    if first is None or finished or not report.open:
        return None
    return later(at, first, report.reminded)


def took(report: Report) -> timedelta | None:
    """Return how long it took from filing until the offer was gone."""
    if report.filed_at is None or report.removed_at is None:
        return None
    return max(timedelta(), report.removed_at - report.filed_at)


def away(report: Report) -> timedelta | None:
    """Return how long the seller stayed away before they came back; None: they are not back."""
    if report.away_at is None or report.returned_at is None:
        return None
    return max(timedelta(), report.returned_at - report.away_at)


def outcome(report: Report) -> str:
    """Say in a few words what became of a report: ``R-1 Counterfeit: accepted, removed after 3 d``.

    What nobody knows is left out.
    """
    duration = took(report)
    became = listed(
        (report.verdict or report.state).said.lower(),
        tr("removed after {time}", time=lasted(duration)) if duration is not None else "",
        tr("then back") if report.returned_at else "",
    )
    claim = report.claim.said
    return tr("{label} {claim}: {became}", label=report.label, claim=claim, became=became)


def lasted(length: timedelta) -> str:
    """Say how long in its two largest units: ``3 d 4 h``, ``2 h 5 min``."""
    minutes = max(0, int(length.total_seconds()) // 60)
    days, hours = divmod(minutes // 60, 24)
    parts = (
        tr("{count} d", count=days) if days else "",
        tr("{count} h", count=hours) if hours else "",
        tr("{count} min", count=minutes % 60) if minutes % 60 else "",
    )
    told = [part for part in parts if part][:2]
    return " ".join(told) or tr("less than a minute")
