"""Choices of the field: each has a value in the code and a label for people."""

from __future__ import annotations

import enum
from typing import Self

from bot.core.choices import choose
from bot.core.interface import tr_data


class LabeledEnum(enum.StrEnum):
    """Members are written ``NAME = "value", "Label"``; stored and compared is the value."""

    _value_: str
    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make a member of its value, with the label beside it; a look-up gives the value alone."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @property
    def said(self) -> str:
        """The label in the language of the interface."""
        return tr_data(self.label)

    @classmethod
    def typed(cls, text: str, kind: str) -> Self:
        """Return the member that a person typed, by value or label; ``kind`` is what it is called.

        Raises:
            UserError: several fit, or none.
        """
        return cls(choose(text, {each.value: each.said for each in cls}, kind))


class Duty(LabeledEnum):
    """What somebody of the team looks after; a person may have several."""

    LEAD = "lead", "Lead"
    ACCOUNT = "account", "Account and access"
    LISTINGS = "listings", "Listings"
    RIGHTS = "rights", "Trademarks and legal"
    SUPPLY = "supply", "Supply and packaging"
    BUYERS = "buyers", "Buyers and reviews"


class AttackKind(LabeledEnum):
    """The method: what is done to the brand."""

    FOLLOW_UP = "follow-up", "Listing hijack"
    TAKEOVER = "takeover", "Listing taken over"
    COPYCAT = "copycat", "Copycat listing"
    FAKE_REVIEWS = "fake-reviews", "Fake reviews"
    REVIEW_BOMBING = "review-bombing", "Review bombing"
    FALSE_COMPLAINT = "false-complaint", "False complaint against us"
    RETURNS = "malicious-returns", "Malicious returns"
    INTRUSION = "intrusion", "Intruder in our account"
    PHISHING = "phishing", "Phishing"
    LEAKED_KEY = "leaked-key", "Leaked API key"
    CLICK_FRAUD = "click-fraud", "Click fraud on our ads"
    PRICE_WAR = "price-war", "Price war"
    OTHER = "other", "Another attack"


class Recommendation(LabeledEnum):
    """Where a matter belongs. Staff behind the wrong one cannot re-route it."""

    INFRINGEMENT = "infringement", "Report a Violation (Brand Registry)"
    POLICY = "policy", "Report Abuse (Seller Central)"
    AUTHORISATION = "authorisation", "Ask the seller for their authorization"
    LAWFUL = "lawful", "Lawful reseller: leave them alone"
    LAWYER = "lawyer", "Ask a lawyer"
    COLLECT = "collect", "Collect evidence first"
    ASK = "ask-first", "Not sure: ask first"
    REGISTRY = "registry", "Brand Registry support"
    APEX = "apex", "Patent evaluation (APEX)"
    MERGE = "merge", "Ask to merge the pages"
    NOTHING = "nothing", "Nothing to report"

    @property
    def files(self) -> bool:
        """Tell whether something is filed at Amazon behind it."""
        return self in (Recommendation.INFRINGEMENT, Recommendation.POLICY)
