"""Reports that say the same again: one that is open or was accepted is not filed twice.

The form that drafts a report and the lint both judge by this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec

from bot.core.interface import tr
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.reports import Report, ReportState


class EarlierReport(msgspec.Struct, frozen=True, array_like=True):
    """A report about the same seller, as far as a new one has to know it."""

    label: str
    claim: Claim
    seller: str
    asins: tuple[str, ...]
    state: ReportState
    came_back: bool = False
    """Amazon accepted it, and the seller has come back since."""

    def same(self, claim: Claim, seller: str, asins: Collection[str]) -> bool:
        """Tell whether it makes that claim against that seller on one of the products."""
        alike = self.claim is claim and self.seller == seller
        return alike and any(asin in asins for asin in self.asins)

    @property
    def says(self) -> str:
        """What to do instead of a second report, or what a new one is."""
        if self.came_back:
            return tr(
                "{label} was accepted, and the seller came back. This is a new report.",
                label=self.label,
            )
        if self.state is ReportState.REFUSED:
            return tr(
                "Amazon rejected {label}. Add what was missing there, and file it again.",
                label=self.label,
            )
        return tr(
            "{label} already reports this ({state}). Amazon may count a second report as abuse.",
            label=self.label,
            state=self.state.said.lower(),
        )


def earlier(report: Report, since: datetime | None) -> EarlierReport | None:
    """Return what a new report has to know of this one; None: it stands in no way.

    ``since``: when the seller's present stay on its products began; None: they are not there.
    """
    answered = report.removed_at or report.answered_at
    came_back = report.accepted and since is not None and answered is not None and since > answered
    # Nobody sees whether an unknown person comes back: only what is open stands in the way.
    if not (report.open or (report.accepted and report.seller)):
        return None
    return EarlierReport(
        report.label, report.claim, report.seller, report.asins, report.state, came_back
    )


def repeated(
    known: Iterable[EarlierReport], claim: Claim, seller: str, asins: Collection[str]
) -> EarlierReport | None:
    """Return the report that already says it; the newest of several, one in the way first."""
    same = [each for each in known if each.same(claim, seller, asins)]
    return next((each for each in same if not each.came_back), same[0] if same else None)
