"""Reports that say the same again: one that is open or was accepted is not filed twice.

The form that drafts a report and the lint both judge by this, and name the same one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from bot.features.reports.models.claims import Claim
from bot.features.reports.models.earlier import EarlierReport
from bot.features.reports.models.reports import Report, ReportState


def earlier(report: Report, since: datetime | None = None) -> EarlierReport | None:
    """Return what a new report has to know of this one; None: it stands in no way.

    What is open does, and what Amazon accepted, even once the team closed it. ``since``: when the
    seller's present stay on its products began; None: they are not there.
    """
    # Nobody sees whether an unknown person comes back: only what is open stands in the way.
    if not (report.open or (report.upheld and report.seller)):
        return None
    return EarlierReport(
        report.label,
        report.claim,
        report.seller,
        report.asins,
        report.state if report.open else report.verdict or report.state,
        _came_back(report, since),
    )


def _came_back(report: Report, since: datetime | None) -> bool:
    if report.returned_at is not None:
        return True
    answered = report.removed_at or report.answered_at
    return report.accepted and since is not None and answered is not None and since > answered


def precedes(other: Report, report: Report) -> bool:
    """Tell whether another report may have said first what this one says.

    Of two drafts the later one is the second. What a report tries again or follows upon is its own.
    """
    later = other.state is ReportState.DRAFT and other.number > report.number
    return not (later or other.number in (report.number, report.refiles, report.follows))


def repeated(
    known: Iterable[EarlierReport], claim: Claim, seller: str, asins: Collection[str]
) -> EarlierReport | None:
    """Return the report that already says it; the newest of several, one in the way first."""
    same = [each for each in known if each.same(claim, seller, asins)]
    return next((each for each in same if not each.came_back), same[0] if same else None)
