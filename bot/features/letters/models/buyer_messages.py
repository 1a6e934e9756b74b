"""What a message to a buyer is about, and what is offered in it."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from bot.core.labeled import LabeledEnum

WINDOW = timedelta(days=30)
"""So long a buyer who did not write first is written to (facts: messages to buyers).

Sources differ on whether it begins with the order or with its completion, so it is only advice.
"""


class Situation(LabeledEnum):
    """What happened, as the buyer tells it or as we found it."""

    COUNTERFEIT = "counterfeit-received", "They say they received a counterfeit"
    WRONG_ITEM = "wrong-item", "They received the wrong item"
    LATE = "late", "The order is late"
    DAMAGED = "damaged", "It arrived damaged"
    MISSING_PARTS = "parts-missing", "Parts are missing"
    WRONG_PAGE = "wrong-page", "Our page was defaced or wrong when they ordered"
    RETURN = "return", "They want to return it"
    AUTHENTICITY = "authenticity", "They ask whether it is genuine"

    @property
    def doubted(self) -> bool:
        """Tell whether the buyer asked by themselves whether the item is genuine."""
        return self in (Situation.COUNTERFEIT, Situation.AUTHENTICITY)


class Shipping(LabeledEnum):
    """Who brings the order to the buyer."""

    OURS = "seller", "We ship it ourselves"
    AMAZON = "amazon", "Amazon ships it (FBA)"


class First(LabeledEnum):
    """Who began: an answer to a buyer's own message has fewer limits than a message of ours."""

    BUYER = "buyer", "Yes, this is our reply"
    SELLER = "seller", "No, we write first"


class Remedy(LabeledEnum):
    """What we offer."""

    REFUND = "refund", "A full refund, already issued"
    REPLACEMENT = "replacement", "A replacement"
    LABEL = "return-label", "A prepaid return label"
    INFORMATION = "information", "Information only"


class BuyerInput(msgspec.Struct, frozen=True, kw_only=True):
    """What a person answers before a message to a buyer is drafted."""

    situation: Situation
    order: str
    """Amazon's order ID."""
    ordered_on: date
    shipping: Shipping
    first: First
    language: str
    """The code of the buyer's language."""
    remedy: Remedy


class BuyerDraft(msgspec.Struct, frozen=True, kw_only=True):
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
    english: str = ""
    """What its template says in English, if the text is in another language."""
    first: First = First.SELLER
    remedy: Remedy | None = None
    """What is offered; None: not known."""
    earlier: str = ""
    """The letter that told this buyer about the same situation before; empty: none did."""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What a message's text is made of. The words themselves are in ``texts``."""

    brand: str
    order: str
    situation: Situation
    remedy: Remedy
    shipping: Shipping = Shipping.OURS
