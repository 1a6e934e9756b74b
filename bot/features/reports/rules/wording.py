"""What a report's text is made of. The words themselves are in ``texts``."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.features.evidence.models.items import Purchase
from bot.features.reports.models.claims import Claim
from bot.features.rights.models import BrandRight


class ReportedProduct(msgspec.Struct, frozen=True):
    """A product that the report is about."""

    asin: str
    title: str = ""


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a text may say. What is empty is not known, and the text leaves a blank."""

    brand: str
    claim: Claim | None
    """None: nothing is claimed, as in a letter that asks for an authorisation."""
    site: str
    """``amazon.de``."""
    products: tuple[ReportedProduct, ...]
    seller: str = ""
    """The seller's ID; empty where it is about a page and nobody in particular."""
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    price: str = ""
    """What they ask, with its currency."""
    right: BrandRight | None = None
    purchases: tuple[Purchase, ...] = ()
    evidence: tuple[str, ...] = ()
    """Labels and captions of what is enclosed: ``E-3: Photo of the seller's product``."""
    no_orders: str = ""
    """Why there is no order record."""
