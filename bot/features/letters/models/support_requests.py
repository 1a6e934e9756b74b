"""What is asked of Amazon's support, and what a request's text is made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from bot.core.labeled import AttackKind, LabeledEnum, Recommendation
from bot.features.evidence.models.items import EvidenceItem


class SupportMatter(LabeledEnum):
    """What a request to Amazon's support is about."""

    ACCOUNT = "account-compromised", "Someone got into our account"
    LEAKED_KEY = "leaked-key", "An API key of ours leaked"
    COMPLAINT = "false-complaint", "Account or listing suspended after a false complaint"
    TAKEOVER = "listing-taken-over", "Our listing was taken over"
    REVIEWS = "review-attack", "Review attack"
    ORDERS = "order-abuse", "Order or return abuse"
    CLICKS = "click-fraud", "Click fraud on our ads"
    OTHER = "other", "Something else"

    @property
    def doors(self) -> tuple[Recommendation, ...]:
        """Return the forms on which it is sent, in their order (facts: two doors, other doors)."""
        if self is SupportMatter.TAKEOVER:
            return Recommendation.INFRINGEMENT, Recommendation.POLICY
        return (Recommendation.POLICY,) if self is SupportMatter.REVIEWS else ()


ATTACKED: Mapping[AttackKind, SupportMatter] = {
    AttackKind.INTRUSION: SupportMatter.ACCOUNT,
    AttackKind.PHISHING: SupportMatter.ACCOUNT,
    AttackKind.LEAKED_KEY: SupportMatter.LEAKED_KEY,
    AttackKind.FALSE_COMPLAINT: SupportMatter.COMPLAINT,
    AttackKind.TAKEOVER: SupportMatter.TAKEOVER,
    AttackKind.FAKE_REVIEWS: SupportMatter.REVIEWS,
    AttackKind.REVIEW_BOMBING: SupportMatter.REVIEWS,
    AttackKind.RETURNS: SupportMatter.ORDERS,
    AttackKind.CLICK_FRAUD: SupportMatter.CLICKS,
}
"""What a team asks for in an attack of that kind; in others it may be anything."""


OF_ACCOUNT = frozenset({SupportMatter.ACCOUNT, SupportMatter.LEAKED_KEY})
"""What is about the whole account, and not about products."""


class SupportInput(msgspec.Struct, frozen=True, kw_only=True):
    """What a person answers before a request is drafted."""

    need: SupportMatter
    about: str
    since: date
    language: str
    happened: str
    """Line by line."""
    steps: tuple[str, ...] = ()
    """The names of what was done, of those that are offered for the matter."""
    done: str = ""
    """What was done besides, line by line."""
    wish: str
    merchant: str = ""
    """Our seller ID, by which support finds the account; Amazon calls it merchant token."""
    complaint: str = ""
    """The ID of the complaint that is disputed."""
    complainant: str = ""
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
    happened: tuple[str, ...]
    """Line by line, as the person wrote it; what was done besides and the wish, too."""
    steps: tuple[str, ...] = ()
    """What was done, by its name in ``texts``."""
    done: tuple[str, ...] = ()
    wish: tuple[str, ...]
    site: str
    """``amazon.de``."""
    earlier: str = ""
    """Amazon's IDs of earlier cases."""
    merchant: str = ""
    """Our seller ID."""
    complaint: str = ""
    """The ID of the complaint that is disputed; empty: a blank stands for it."""
    complainant: str = ""
    """Who complained; empty: not known."""
    seller: str = ""
    evidence: tuple[EvidenceItem, ...] = ()
    """What the case has."""
