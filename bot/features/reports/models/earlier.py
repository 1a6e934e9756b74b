"""An earlier report, as far as a new one has to know it."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from bot.features.reports.models.claims import Claim
from bot.features.reports.models.reports import ReportState


class EarlierReport(msgspec.Struct, frozen=True, array_like=True):
    """A report about the same seller, as far as a new one has to know it."""

    label: str
    claim: Claim
    seller: str
    asins: tuple[str, ...]
    state: ReportState
    came_back: bool = False
    """The seller left after it, and has come back since."""

    def same(self, claim: Claim, seller: str, asins: Collection[str]) -> bool:
        """Tell whether it makes that claim against that seller on one of the products."""
        alike = self.claim is claim and self.seller == seller
        return alike and any(asin in asins for asin in self.asins)

    @property
    def says(self) -> str:
        """What to do instead of a second report, or what a new one is."""
        if self.came_back:
            return f"The seller of {self.label} left and came back. This is a new report."
        if self.state is ReportState.REFUSED:
            return f"Amazon rejected {self.label}. Add what was missing there, and file it again."
        return (
            f"{self.label} already reports this ({self.state.label.lower()}). "
            "A second one may count against you."
        )
