"""The acceptance guard: Project Zero asks for 90% accepted reports over 6 months (facts)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from bot.core.interface import tr
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.reports import Report

BAR = 0.9
WINDOW = timedelta(days=182)
"""Six months."""
ENOUGH = 10
"""Fewer answers than that say nothing: of one alone, any refusal would be below the bar."""


class AcceptanceRate(msgspec.Struct, frozen=True):
    """How many answered reports were accepted; a partly accepted one is accepted."""

    accepted: int
    answered: int

    @property
    def rate(self) -> float | None:
        """The accepted share, from 0 to 1; None without an answer."""
        return self.accepted / self.answered if self.answered else None

    @property
    def counts(self) -> bool:
        """Tell whether there are enough answers to go by."""
        return self.answered >= ENOUGH

    @property
    def below(self) -> bool:
        """Tell whether it is under the bar."""
        return self.rate is not None and self.rate < BAR

    @property
    def near(self) -> bool:
        """Tell whether one more refusal would bring it under the bar."""
        return self.accepted / (self.answered + 1) < BAR

    def __str__(self) -> str:
        """Return it for people: ``90% (9 of 10)``."""
        if self.rate is None:
            return tr("no answers yet")
        return tr(
            "{rate} ({accepted} of {answered})",
            rate=f"{self.rate:.0%}",
            accepted=self.accepted,
            answered=self.answered,
        )


def share(reports: Iterable[Report], now: datetime, claim: Claim | None = None) -> AcceptanceRate:
    """Count the answers of the last six months, of one claim or of all."""
    recent = [
        report
        for report in reports
        if report.answered_at is not None
        and now - report.answered_at <= WINDOW
        and (claim is None or report.claim is claim)
    ]
    accepted = sum(report.accepted for report in recent)
    return AcceptanceRate(accepted, len(recent))


def needs_reason(overall: AcceptanceRate, *, weak: bool) -> bool:
    """Tell whether it takes a reason, or an admin, to confirm: a weak report at a weak share."""
    return weak and overall.counts and (overall.below or overall.near)
