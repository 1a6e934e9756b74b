"""An attack as the team remembers it."""

from __future__ import annotations

import enum
from datetime import datetime

import msgspec

from bot.domain.people import Person


class AttackKind(enum.StrEnum):
    """The method: what is done to the brand."""

    FOLLOW_UP = "follow-up"
    TAKEOVER = "takeover"
    FAKE_REVIEWS = "fake-reviews"
    REVIEW_BOMBING = "review-bombing"
    FALSE_COMPLAINT = "false-complaint"
    RETURNS = "malicious-returns"
    INTRUSION = "intrusion"
    PHISHING = "phishing"
    CLICK_FRAUD = "click-fraud"
    PRICE_WAR = "price-war"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The kind as people read it."""
        return _KINDS[self]


_KINDS = {
    AttackKind.FOLLOW_UP: "Follow-up sale",
    AttackKind.TAKEOVER: "Listing taken over",
    AttackKind.FAKE_REVIEWS: "Fake reviews",
    AttackKind.REVIEW_BOMBING: "Review bombing",
    AttackKind.FALSE_COMPLAINT: "False complaint against us",
    AttackKind.RETURNS: "Malicious returns",
    AttackKind.INTRUSION: "Somebody in our account",
    AttackKind.PHISHING: "Phishing",
    AttackKind.CLICK_FRAUD: "Click fraud on our ads",
    AttackKind.PRICE_WAR: "Price war",
    AttackKind.OTHER: "Another attack",
}


class SourceKind(enum.StrEnum):
    """How much is known of who did it."""

    SELLER = "seller"
    ADDRESS = "address"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The kind of source as people read it."""
        return _SOURCES[self]


_SOURCES = {
    SourceKind.SELLER: "A seller",
    SourceKind.ADDRESS: "A mail or network address",
    SourceKind.UNKNOWN: "Nobody knows",
}


class Frequency(enum.StrEnum):
    """How often it happened."""

    ONCE = "once"
    SEVERAL = "several"
    DAILY = "daily"
    ONGOING = "ongoing"

    @property
    def label(self) -> str:
        """The frequency as people read it."""
        return _FREQUENCIES[self]


_FREQUENCIES = {
    Frequency.ONCE: "Once",
    Frequency.SEVERAL: "Several times",
    Frequency.DAILY: "Every day",
    Frequency.ONGOING: "It goes on",
}


class Attack(msgspec.Struct, frozen=True, kw_only=True):
    """An attack that a person logged. What the watch finds by itself stays a case."""

    number: int
    kind: AttackKind
    source_kind: SourceKind = SourceKind.UNKNOWN
    source: str = ""
    """The seller's ID or the address; empty if nobody knows."""
    began_at: datetime
    frequency: Frequency = Frequency.ONCE
    marketplace: str
    asins: tuple[str, ...] = ()
    damage: str = ""
    """What it did, in the team's words."""
    case: int
    """The number of the case in whose thread it is worked on; 0: it was over before."""
    logged_by: Person
    logged_at: datetime

    @property
    def key(self) -> str:
        """The attack's name in the store; sorts by number."""
        return f"{self.number:06d}"

    @property
    def label(self) -> str:
        """The attack as people call it: ``A-3``."""
        return f"A-{self.number}"


class Incident(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What the analysis counts: an attack that was logged, or a case that the watch opened."""

    at: datetime
    timed: bool = True
    """Its hour is known; where a person named the day alone, it is not."""
    method: AttackKind
    source: str = ""
    """Who did it; empty if nobody knows."""
    asins: tuple[str, ...] = ()
    ref: str
    """Where it is told: ``A-3`` or ``C-12``."""
