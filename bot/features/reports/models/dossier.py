"""The dossier: what a packet's PDF tells, as data. Every text is plain and may be hostile.

It holds no words of ours: those are where it is printed, in the report's language.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from bot.core.spots import Spot
from bot.features.cases.models.profiles import SellerProfile
from bot.features.cases.models.seller_facts import SellerFacts
from bot.features.evidence.models.capture import PageElement
from bot.features.evidence.models.custody import CustodyAction
from bot.features.evidence.models.items import EvidenceKind, Purchase
from bot.features.reports.models.claims import Claim
from bot.features.rights.models import BrandRight


class MomentKind(StrEnum):
    """A step of what happened, as a reader outside wants it told."""

    SEEN = "seen"
    SEEN_AGAIN = "seen-again"
    GONE = "gone"
    BUY_BOX = "buy-box"
    BUY_BOX_LOST = "buy-box-lost"
    CAPTURED = "captured"
    ORDERED = "ordered"
    ARRIVED = "arrived"
    COMPARED = "compared"
    STILL_THERE = "still-there"


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened."""

    at: datetime
    kind: MomentKind
    about: str
    """The listing's ASIN, the order ID, or the labels of evidence."""
    whole_day: bool = False
    """Only the day is known."""


class LimitKind(StrEnum):
    """A way in which the evidence does not reach as far as a reader may think."""

    EARLIER = "earlier"
    """Findings that the time line leaves out."""
    UNLISTED = "unlisted"
    """Offers that Amazon counts and does not list."""
    OLD = "old"
    UNCHECKED = "unchecked"
    DELETED = "deleted"
    ELSEWHERE = "elsewhere"
    """A piece that says nothing about the claim; it is in the archive."""
    NO_CAPTURE = "no-capture"
    NO_ORDERS = "no-orders"
    NO_AUTHORITY = "no-authority"


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """What could not be seen or checked."""

    kind: LimitKind
    about: str = ""
    """An ASIN, a piece's label, or why there are no orders."""
    count: int = 0
    at: datetime | None = None


class DossierSeller(msgspec.Struct, frozen=True, kw_only=True):
    """The seller that the report names."""

    id: str
    link: str
    """Their storefront."""
    name: str = ""
    """Empty: not known."""
    profile: SellerProfile | None = None
    """Their public page; None: the name is the order confirmation's."""
    facts: SellerFacts | None = None
    """What a third party tells of a company; never of somebody who may be a private person."""


class DossierProduct(msgspec.Struct, frozen=True, kw_only=True):
    """A product that the report is about."""

    asin: str
    title: str
    link: str
    """The offer's page."""


class OfferStay(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the reported offer over time, and what it asked."""

    first_seen: datetime | None = None
    last_seen: datetime | None = None
    there: bool = False
    """The last check still saw it."""
    price: str = ""
    shipping: str = ""
    """Empty: not given."""
    ships_from: str = ""
    ours: str = ""
    """The brand's own price at the same time; empty: it had no offer."""


class Photo(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of the first page; ``spots`` mark the differences, in their order."""

    label: str
    caption: str
    genuine: bool
    picture: str
    """SHA-256 in the vault, the copy for readers."""
    spots: tuple[Spot | None, ...] = ()


class ReportPoint(msgspec.Struct, frozen=True):
    """What the report's text says under a label, such as what was changed."""

    label: str
    words: str


class OfferRow(msgspec.Struct, frozen=True, kw_only=True):
    """One seller's offer of a new product, as it was seen once."""

    asin: str
    seller: str
    name: str = ""
    price: str
    shipping: str = ""
    """Empty: not given, as with all that follows."""
    ships_from: str = ""
    fba: bool | None = None
    """Fulfilled by Amazon, or by the seller."""
    positive_percent: int | None = None
    feedback_count: int | None = None
    buy_box: bool = False
    ours: bool = False
    accused: bool = False
    """It is the offer that the report is about."""


class Exhibit(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of evidence as the reader meets it."""

    label: str
    """``E-3``."""
    kind: EvidenceKind
    name: str
    """What its kind is called in the report's language."""
    caption: str = ""
    """In a person's words."""
    at: datetime
    who: str
    url: str = ""
    sha256: str
    boxed: tuple[PageElement, ...] = ()
    """What has a numbered box on a page's picture, from 1."""
    unboxed: tuple[PageElement, ...] = ()
    """What was looked for on the page and not found."""
    notes: tuple[str, ...] = ()
    kept: tuple[int, int] | None = None
    """Lines that are kept of a table, and lines that it had."""
    purchase: Purchase | None = None
    lines: tuple[str, ...] = ()
    """What matters of a text."""
    offers: tuple[OfferRow, ...] = ()
    """What an answer of Amazon's lists."""
    picture: str = ""
    """SHA-256 of a PNG, JPEG, WebP or PDF in the vault, the copy for readers; empty: nothing to
    show."""


class CustodyNote(StrEnum):
    """What the custody log says in words of its own, which each language has."""

    COPY = "copy"
    STAMPED = "stamped"
    UNROOTED = "unrooted"
    """Stamped by an authority whose root certificate is unknown."""
    SEALED = "sealed"
    DELETED = "deleted"
    OVERDUE = "overdue"
    """Deleted when the time was over for which the team keeps evidence."""
    PACKET_DELETED = "packet-deleted"
    TEXT_REMOVED = "text-removed"
    ENTRY_REMOVED = "entry-removed"


class CustodyLine(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the custody log, with that of the copy that was made at the same time."""

    number: int
    copy: int = 0
    """The number of the copy's entry; 0: none was made."""
    at: datetime
    who: str
    deed: CustodyAction
    detail: str
    """The piece and what it is called in the report's language, or the log's own words."""
    note: CustodyNote | None = None
    """What is said in place of the detail; None: the detail itself."""
    about: str = ""
    """Of a note: the piece, report or entry."""
    by: str = ""
    """Of a note: the time-stamp authority."""
    more: str = ""
    """Of a note: the reason, the seal, or the root certificate."""
    sha256: str


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the PDF tells, in its order."""

    language: str
    """Of all words that are ours: a code such as ``de``."""
    brand: str
    case: str
    """``C-12``."""
    report: str
    """``R-3``."""
    claim: Claim
    says: str
    """The claim in a sentence, in the report's language."""
    asks: str
    """What Amazon is asked to do."""
    site: str
    """``amazon.de``."""
    made_at: datetime
    simulated: bool
    seller: DossierSeller | None
    """None: it is about a page and nobody in particular."""
    products: tuple[DossierProduct, ...]
    right: BrandRight | None = None
    purchases: tuple[Purchase, ...] = ()
    """Test buys, the one that proves most first."""
    offer: OfferStay
    photos: tuple[Photo, ...] = ()
    """Of the seller's product and the genuine one, side by side; or one alone: where content was
    copied, the brand's own picture."""
    differences: tuple[str, ...] = ()
    points: tuple[ReportPoint, ...] = ()
    """What the text says that neither a test buy nor a marked photo says."""
    page: str = ""
    """The label of the page's picture; empty: there is none."""
    confirmations: tuple[str, ...] = ()
    """Labels of order confirmations."""
    offers: tuple[OfferRow, ...]
    offers_at: datetime | None = None
    moments: tuple[Moment, ...]
    statement: str
    """The report's text: paragraphs behind empty lines."""
    exhibits: tuple[Exhibit, ...]
    custody: tuple[CustodyLine, ...] = ()
    limits: tuple[Limit, ...] = ()
    seal: str
    """The hash over manifest and custody log of the archive that belongs to it."""
    stamped: str = ""
    """Who confirmed the time from outside; empty: nobody."""
