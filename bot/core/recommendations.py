"""Where a matter belongs."""

from __future__ import annotations

from bot.core.labeled import LabeledEnum


class Recommendation(LabeledEnum):
    """Where a matter belongs. Staff behind the wrong one cannot re-route it."""

    INFRINGEMENT = "infringement", "Report a Violation (Brand Registry)"
    POLICY = "policy", "Report Abuse (Seller Central)"
    AUTHORISATION = "authorisation", "Ask the seller for their authorization"
    LAWFUL = "lawful", "Lawful reseller: leave them alone"
    LAWYER = "lawyer", "Ask a lawyer"
    COLLECT = "collect", "Collect evidence first"

    @property
    def files(self) -> bool:
        """Tell whether something is filed at Amazon behind it."""
        return self in (Recommendation.INFRINGEMENT, Recommendation.POLICY)
