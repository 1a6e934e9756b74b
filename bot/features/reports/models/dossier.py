"""The dossier: what a packet's PDF tells, as data. Every text is plain and may be hostile."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.findings import Fact, Severity
from bot.features.evidence.models.sales import Sales


class Moment(msgspec.Struct, frozen=True):
    """Something that happened."""

    at: datetime
    text: str
    who: str = ""
    severity: Severity = Severity.INFO


class OfferRow(msgspec.Struct, frozen=True, kw_only=True):
    """One seller's offer as it was seen last."""

    asin: str
    seller: str
    price: str
    shipping: str
    fulfilment: str
    ours: bool = False
    accused: bool = False
    """It is the offer that the case is about."""


class Exhibit(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of evidence as the reader meets it."""

    label: str
    """``E-3``."""
    kind: str
    caption: str
    facts: tuple[Fact, ...] = ()
    """When, by whom, where, SHA-256."""
    picture: str = ""
    """SHA-256 of a PNG, JPEG or WebP in the vault, the copy for readers; empty: nothing to show."""


class CustodyLine(msgspec.Struct, frozen=True):
    """One entry of the custody log."""

    number: int
    at: str
    who: str
    deed: str
    detail: str
    sha256: str


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the PDF tells, in its order."""

    brand: str
    case: str
    """``C-12``."""
    report: str
    """``R-3``."""
    title: str
    recommendation: str
    made_at: datetime
    simulated: bool
    summary: tuple[Fact, ...]
    statement: str
    """The report's text: paragraphs behind empty lines."""
    offers: tuple[OfferRow, ...]
    moments: tuple[Moment, ...]
    exhibits: tuple[Exhibit, ...]
    sales: Sales | None = None
    custody: tuple[CustodyLine, ...] = ()
    unseen: tuple[str, ...] = ()
    """What could not be seen or checked, a sentence each."""
    seal: str
    """The hash over manifest and custody log of the archive that belongs to it."""
    stamped: str = ""
    """Who confirmed the time from outside; empty: nobody."""
