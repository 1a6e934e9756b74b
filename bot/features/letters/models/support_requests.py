"""What is asked of Amazon's support, and what a request's text is made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from bot.core.labeled import AttackKind, LabeledEnum
from bot.features.evidence.models.items import EvidenceItem


class SupportMatter(LabeledEnum):
    """What a request to Amazon's support is about."""

    ACCOUNT = "account-compromised", "Someone got into our account"
    COMPLAINT = "false-complaint", "Account or listing suspended after a false complaint"
    TAKEOVER = "listing-taken-over", "Our listing was taken over"
    REVIEWS = "review-attack", "Review attack"
    ORDERS = "order-abuse", "Order or return abuse"
    CLICKS = "click-fraud", "Click fraud on our ads"
    OTHER = "other", "Something else"

    @property
    def abuse(self) -> bool:
        """Tell whether Report Abuse is its door (facts: two doors)."""
        return self in (SupportMatter.TAKEOVER, SupportMatter.REVIEWS)


ATTACKED: Mapping[AttackKind, SupportMatter] = {
    AttackKind.INTRUSION: SupportMatter.ACCOUNT,
    AttackKind.PHISHING: SupportMatter.ACCOUNT,
    AttackKind.LEAKED_KEY: SupportMatter.ACCOUNT,
    AttackKind.FALSE_COMPLAINT: SupportMatter.COMPLAINT,
    AttackKind.TAKEOVER: SupportMatter.TAKEOVER,
    AttackKind.FAKE_REVIEWS: SupportMatter.REVIEWS,
    AttackKind.REVIEW_BOMBING: SupportMatter.REVIEWS,
    AttackKind.RETURNS: SupportMatter.ORDERS,
    AttackKind.CLICK_FRAUD: SupportMatter.CLICKS,
}
"""What a team asks for in an attack of that kind; in others it may be anything."""


class SupportInput(msgspec.Struct, frozen=True, kw_only=True):
    """What a person answers before a request is drafted."""

    need: SupportMatter
    about: str
    since: date
    language: str
    done: str
    """Line by line."""
    wish: str
    earlier: str = ""
    case: str = ""
    """The key of the case that it belongs to; empty if to none."""


class SupportDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A request to Amazon's support, and what its rules have to know besides."""

    text: str
    language: str
    grounds: bool
    """There is a test buy, or photos of theirs and of ours: 'counterfeit' may be said."""
    need: SupportMatter = SupportMatter.OTHER
    case: str = ""
    """The key of the case that it belongs to; empty if to none."""
    english: str = ""
    """What its template says in English, if the text is in another language."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a request's text is made of. The words themselves are in ``texts``."""

    brand: str
    need: SupportMatter
    about: str
    """ASINs, orders, a complaint, or the account, in the person's words."""
    since: date
    done: tuple[str, ...]
    """Line by line, as the person wrote it."""
    wish: tuple[str, ...]
    site: str
    """``amazon.de``."""
    earlier: str = ""
    """Amazon's IDs of earlier cases."""
    seller: str = ""
    evidence: tuple[EvidenceItem, ...] = ()
    """What the case has."""
