"""An earlier report, as far as a new one has to know it."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from bot.core.interface import tr
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
            return tr(
                "The seller of {label} left and came back. This is a new report.", label=self.label
            )
        if self.state is ReportState.REFUSED:
            return tr(
                "Amazon rejected {label}. Add what was missing there, and file it again.",
                label=self.label,
            )
        return tr(
            "{label} already reports this ({state}). A second one may count against you.",
            label=self.label,
            state=self.state.said.lower(),
        )
