"""What a list of sellers is sorted, filtered and searched by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.core.browse.arranging import searchable
from bot.core.browse.models import RowMark, tag_of
from bot.core.labeled import LabeledEnum
from bot.features.cases.models.cases import Case
from bot.features.cases.models.profiles import SellerProfile
from bot.features.cases.models.seller_notes import SellerNote
from bot.features.watchlist.models.sellers import Seller

TRUST, CASES = "trust", "cases"
"""Names of filters."""
OPEN, NONE = "open", "none"


class TrustState(LabeledEnum):
    """Whether the team trusts a seller, on any product."""

    AUTHORISED = "authorised", "Authorized"
    LEFT_ALONE = "left-alone", "Lawful reseller"
    EXPIRED = "expired", "Authorization expired"
    NONE = "none", "Not trusted"


class SellerRowFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a seller."""

    id: str
    cases: Sequence[Case] = ()
    """Their cases, the newest first."""
    trust: Seller | None = None
    profile: SellerProfile | None = None
    note: SellerNote | None = None

    @property
    def open(self) -> tuple[Case, ...]:
        """Their open cases."""
        return tuple(case for case in self.cases if case.open)

    @property
    def since(self) -> datetime | None:
        """When the first case about them was opened; None: there is none."""
        return min((case.opened_at for case in self.cases), default=None)

    @property
    def asins(self) -> tuple[str, ...]:
        """The products of ours on which they were seen, those of open cases first."""
        several = [*self.open, *(case for case in self.cases if not case.open)]
        return tuple(dict.fromkeys(asin for case in several for asin in case.asins))


def trust_state(seller: Seller | None, at: datetime) -> TrustState:
    """Tell whether the team trusts the seller on any product at that moment."""
    if seller is None:
        return TrustState.NONE
    ended = seller.ended(at)
    if set(seller.authorised) - set(ended):
        return TrustState.AUTHORISED
    if seller.left_alone:
        return TrustState.LEFT_ALONE
    return TrustState.EXPIRED if ended else TrustState.NONE


def seller_mark(facts: SellerRowFacts) -> RowMark:
    """Return what a row is found by."""
    note, profile, since = facts.note, facts.profile, facts.since
    name = (note.nickname if note else "") or (profile.name if profile else "")
    agreed = note.agreed if note else None
    return RowMark(
        key=facts.id,
        sorts=(
            name.casefold() or facts.id.casefold(),
            float(len(facts.asins)),
            since.timestamp() if since else None,
            float(len(facts.open)),
            None,
            (agreed.currency, float(agreed.amount)) if agreed else None,
            None,
        ),
        words=searchable(
            facts.id,
            *(note.words if note else ()),
            *((profile.name, profile.business) if profile else ()),
            *facts.asins,
        ),
        tags=(tag_of(CASES, OPEN if facts.open else NONE),),
    )
