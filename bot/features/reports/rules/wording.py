"""What a report's text is made of. The words themselves are in ``texts``."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.money import Money
from bot.features.evidence.models.items import EvidenceItem, Purchase
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
    seller_name: str = ""
    """The name of their storefront."""
    business: str = ""
    """Their business name and address, as their public page says."""
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    noticed: datetime | None = None
    """When it was noticed, if it is about a page."""
    price: Money | None = None
    """What their offer costs a buyer."""
    as_new: bool = False
    """They offer it as new."""
    ships_from: str = ""
    """A country's code."""
    fulfilled: str = ""
    """Who ships it: ``amazon`` or ``seller``; empty: not known."""
    positive: int | None = None
    """The percentage of the seller's ratings that are positive."""
    ratings: int | None = None
    right: BrandRight | None = None
    purchases: tuple[Purchase, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    """What is enclosed."""
    no_orders: str = ""
    """Why there is no order record."""
