"""What a message to a buyer is about, and what is offered in it."""

from __future__ import annotations

import enum
from datetime import date, timedelta

import msgspec

WINDOW = timedelta(days=30)
"""So long after an order its buyer may be written to (facts: messages to buyers)."""


class Situation(enum.StrEnum):
    """What happened, as the buyer tells it or as we found it."""

    COUNTERFEIT = "counterfeit-received"
    WRONG_ITEM = "wrong-item"
    LATE = "late"
    DAMAGED = "damaged"
    MISSING_PARTS = "parts-missing"
    WRONG_PAGE = "wrong-page"
    RETURN = "return"
    AUTHENTICITY = "authenticity"

    @property
    def label(self) -> str:
        """The situation as people choose it."""
        return _SITUATIONS[self]

    @property
    def doubted(self) -> bool:
        """Tell whether the buyer asked by themselves whether the item is genuine."""
        return self in (Situation.COUNTERFEIT, Situation.AUTHENTICITY)


_SITUATIONS = {
    Situation.COUNTERFEIT: "They say that they received a counterfeit",
    Situation.WRONG_ITEM: "They received another item",
    Situation.LATE: "It is late",
    Situation.DAMAGED: "It arrived damaged",
    Situation.MISSING_PARTS: "Parts are missing",
    Situation.WRONG_PAGE: "Our page was defaced or wrong when they ordered",
    Situation.RETURN: "They want to return it",
    Situation.AUTHENTICITY: "They ask whether it is genuine",
}


class Remedy(enum.StrEnum):
    """What we offer."""

    REFUND = "refund"
    REPLACEMENT = "replacement"
    LABEL = "return-label"
    INFORMATION = "information"

    @property
    def label(self) -> str:
        """The offer as people choose it."""
        return _REMEDIES[self]


_REMEDIES = {
    Remedy.REFUND: "A refund",
    Remedy.REPLACEMENT: "A replacement",
    Remedy.LABEL: "A return with a prepaid label",
    Remedy.INFORMATION: "Information only",
}


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A message to a buyer, and what its rules have to know besides."""

    text: str
    order: str
    """Amazon's order ID."""
    ordered_on: date
    today: date
    """In the team's zone."""
    language: str
    """The code of the buyer's language."""
    situation: Situation
    earlier: str = ""
    """The letter that told this buyer about the same situation before; empty: none did."""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What a message's text is made of. The words themselves are in ``bot.texts``."""

    brand: str
    order: str
    situation: Situation
    remedy: Remedy
