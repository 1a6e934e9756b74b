"""What views need to know of cases besides their subject."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.views.context import ViewContext
from bot.features.cases.models.cases import Case
from bot.features.cases.models.events import CaseReport, EvidenceNeed
from bot.features.cases.models.profiles import SellerProfile
from bot.features.cases.models.seller_facts import LookAlike, SellerFacts
from bot.features.cases.models.signals import Affected


class CaseContext(ViewContext, frozen=True, kw_only=True):
    """What goes on in cases, and what is known around them."""

    affected: Mapping[str, tuple[Affected, ...]] = {}
    """The worst products of a case, the worst first, by the case's key."""
    needs: Mapping[str, tuple[EvidenceNeed, ...]] = {}
    """What a report on a case wants and what of it is there, by the case's key."""
    earlier: Mapping[str, str] = {}
    """What became of the case before it, by the case's key."""
    reports: Mapping[str, CaseReport] = {}
    """How far the report on a case is, by the case's key."""
    profiles: Mapping[str, SellerProfile] = {}
    """What is known of the cases' sellers, by the profile's key."""

    pictures: Mapping[str, str] = {}
    """Addresses of products' pictures, by the watch's key."""
    facts: Mapping[str, SellerFacts] = {}
    """What a third party told of the cases' sellers, by the facts' key."""
    look_alikes: Mapping[str, LookAlike] = {}
    """Who may be the same company as a case's seller, by the facts' key."""
    facts_source: str = ""
    """Who can be asked about sellers and offers: ``Keepa``; empty: nobody."""

    def profile(self, case: Case) -> SellerProfile | None:
        """Return what is known of the case's seller."""
        return self.profiles.get(SellerProfile.key_of(case.marketplace, case.seller))
