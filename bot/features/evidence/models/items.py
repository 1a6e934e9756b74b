"""Pieces of evidence in a case, and what a case still lacks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

import msgspec

from bot.core.files import Upload
from bot.core.interface import InterfaceLanguage, speak, together, tr, tr_data
from bot.core.labeled import LabeledEnum
from bot.core.money import Money
from bot.core.permissions import Person
from bot.features.cases.models.cases import Case
from bot.features.cases.models.events import EvidenceNeed
from bot.features.evidence.models.capture import PageElement, boxes_told

PIECES_AT_MOST = 200
"""The most pieces of evidence in a case."""
BY_HAND = "orders-by-hand-"
"""The prefix of the name of a file of typed orders."""


class EvidenceKind(LabeledEnum):
    """What a piece of evidence shows."""

    CAPTURE = "capture", "Screenshot of the offer page"
    PAGE_TEXT = "page-text", "Text of the offer page"
    ANSWER = "answer", "Amazon data"
    RECEIVED = "received", "Photo of the seller's product"
    GENUINE = "genuine", "Photo of the genuine product"
    ORDERS = "orders", "Our order records"
    TEST_BUY = "test-buy", "Test buy"
    CONFIRMATION = "confirmation", "Order confirmation"
    PAPER = "paper", "Supporting document"
    PHOTO = "photo", "Photo from the thread"


MACHINE_MADE = frozenset({EvidenceKind.CAPTURE, EvidenceKind.PAGE_TEXT, EvidenceKind.ANSWER})
"""Kinds that Brandwarden itself adds; their files are named after what they show."""
MACHINE_WORDED = MACHINE_MADE | {EvidenceKind.ORDERS, EvidenceKind.TEST_BUY}
"""Kinds whose captions Brandwarden writes, not people."""


class Purchase(msgspec.Struct, frozen=True, kw_only=True):
    """A test buy: what was ordered from the seller, and what came."""

    order: str
    """Amazon's order ID."""
    ordered_on: date
    arrived_on: date | None = None
    observed: str = ""
    """What arrived, and how it differs from the genuine product."""
    verified: str = ""
    """How that was found out."""
    asin: str = ""
    """The listing on which it was ordered; empty: an earlier version did not ask."""
    seller: str = ""
    """The ID of the seller it was bought from; empty: an earlier version did not ask."""
    seller_name: str = ""
    """That seller's name, as the order confirmation gives it."""
    price: Money | None = None
    """What was paid for one unit."""
    genuine: bool = False
    """What arrived is the genuine product."""

    @property
    def as_hashed(self) -> dict[str, object]:
        """The fields that are hashed: later ones only where they say something.

        So the hash of a purchase that an earlier version kept stays what it was.
        """
        fields = msgspec.to_builtins(self)
        return {name: value for name, value in fields.items() if name in _FIRST_FIELDS or value}


_FIRST_FIELDS = frozenset({"order", "ordered_on", "arrived_on", "observed", "verified"})


class EvidenceItem(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of evidence. Its bytes never change; what is done with it is in the custody log."""

    case: str
    """The case's key."""
    place: int
    """Its place among the case's evidence, from 1."""
    at: datetime
    """When it was taken in."""
    kind: EvidenceKind
    caption: str = ""
    who: Person | None = None
    """Who added it; None: Brandwarden itself."""
    file: Upload | None = None
    """Its bytes; a test buy may be words alone. A copy for readers stands beside the original."""
    asin: str = ""
    url: str = ""
    """Where it was seen."""
    purchase: Purchase | None = None
    boxed: tuple[PageElement, ...] = ()
    """What has a numbered box on the copy of a page's picture, from 1."""
    unboxed: tuple[PageElement, ...] = ()
    """What was looked for on that page and not found."""
    deleted_at: datetime | None = None
    """When its bytes were deleted; the custody log says by whom and why."""

    def __post_init__(self) -> None:
        """Name no bytes once it is deleted, also where an earlier version left them named."""
        if self.deleted_at is not None:
            msgspec.structs.force_setattr(self, "file", None)

    @property
    def key(self) -> str:
        """The piece's name in the store; sorts by case and place."""
        return item_key(self.case, self.place)

    @property
    def label(self) -> str:
        """The piece as people call it: ``E-3``."""
        return f"E-{self.place}"

    def placed(self, place: int, case: Case) -> EvidenceItem:
        """Return the piece with its place; what a person handed in is called after that."""
        placed = msgspec.structs.replace(self, place=place)
        if self.file is None or self.kind in MACHINE_MADE:
            return placed
        name = f"{case.label}-{placed.label}.{self.file.name.rpartition('.')[2]}"
        return msgspec.structs.replace(placed, file=msgspec.structs.replace(self.file, name=name))

    def deleted(self, at: datetime) -> EvidenceItem:
        """Return what is left of the piece: that it was there, of which kind, and by whom."""
        return EvidenceItem(
            case=self.case,
            place=self.place,
            at=self.at,
            kind=self.kind,
            who=self.who,
            asin=self.asin,
            deleted_at=at,
        )

    @property
    def words(self) -> bytes:
        """The words of a piece that has no file, as they are hashed."""
        purchase = self.purchase.as_hashed if self.purchase else None
        return msgspec.json.encode((self.kind, self.caption, purchase), order="sorted")

    @property
    def words_digest(self) -> str:
        """SHA-256 of the words of a piece that has no file."""
        return hashlib.sha256(self.words).hexdigest()

    @property
    def boxes_told(self) -> str:
        """What has a box on the copy of a page's picture and what has none, for the store."""
        with speak(InterfaceLanguage.ENGLISH):
            return self.boxes_said

    @property
    def boxes_said(self) -> str:
        """The same for the team, in the language of the interface."""
        return boxes_told(self.boxed, self.unboxed)

    @property
    def left_out(self) -> str:
        """What of a table that was handed in is not kept, for people."""
        return self.file.table.words if self.file and self.file.table else ""

    @property
    def picture(self) -> bool:
        """Tell whether it is a picture that is still there."""
        return self.here and self.file is not None and self.file.kind.startswith("image/")

    @property
    def shows_goods(self) -> bool:
        """Tell whether it shows what a buyer gets of a product."""
        return self.here and self.kind in (EvidenceKind.TEST_BUY, EvidenceKind.RECEIVED)

    @property
    def here(self) -> bool:
        """Tell whether it was not deleted."""
        return self.deleted_at is None


def item_key(case: str, place: int) -> str:
    """Return the key of the piece at that place of the case's evidence."""
    return f"{case}-{place:04d}"


def left_out_of(items: Iterable[EvidenceItem]) -> list[str]:
    """Say of each table what is not kept of it, a line each."""
    return [
        tr("{label}: {said}", label=item.label, said=item.left_out)
        for item in items
        if item.left_out
    ]


def told_of(items: Iterable[EvidenceItem]) -> tuple[str, ...]:
    """Return what to know of pieces besides what they show, a line for each that has something."""
    files = [(item.label, item.file.said) for item in items if item.file is not None]
    return tuple(
        tr("{label}: {said}", label=label, said=together(*told)) for label, told in files if told
    )


NEEDS = (
    (
        "capture",
        "Screenshot of the offer page",
        (EvidenceKind.CAPTURE,),
        "Listings change. A screenshot with time and address does not.",
    ),
    (
        "compare",
        "Photos next to the genuine product",
        (EvidenceKind.RECEIVED, EvidenceKind.GENUINE),
        "Different packaging marks, side by side, are convincing.",
    ),
    (
        "orders",
        "Our order records",
        (EvidenceKind.ORDERS,),
        "They show what we sold in the same period.",
    ),
    (
        "test-buy",
        "A test buy",
        (EvidenceKind.TEST_BUY,),
        "An order ID is the strongest evidence there is.",
    ),
)
CONFIRMATION = (
    "confirmation",
    "Order confirmation of the test buy",
    (EvidenceKind.CONFIRMATION,),
    "It shows who sold it: the confirmation or invoice with 'Sold by', or the parcel label.",
)
GENUINE_BOUGHT = "Test buy: genuine product"
"""What a case's card says of a test buy that brought the genuine product."""


def needs(items: Iterable[EvidenceItem]) -> tuple[EvidenceNeed, ...]:
    """Return what a report wants and how much of it is there (facts: what wins)."""
    here = [item for item in items if item.here]
    bought = [item.purchase for item in here if item.purchase]
    genuine = only_genuine(here)
    wanted = (*NEEDS, CONFIRMATION) if bought and not genuine else NEEDS
    found: list[EvidenceNeed] = []
    for name, label, kinds, why in wanted:
        counts = [sum(item.kind is kind for item in here) for kind in kinds]
        said = tr_data(GENUINE_BOUGHT if genuine and name == "test-buy" else label)
        # Photos of both the one and the other, or they cannot be compared.
        found.append(EvidenceNeed(name=name, label=said, why=tr_data(why), has=min(counts)))
    return tuple(found)


def purchases_of(items: Iterable[EvidenceItem]) -> tuple[Purchase, ...]:
    """Return the test buys that were not deleted, in the order in which they were placed."""
    bought = [(item.purchase, item.place) for item in items if item.here and item.purchase]
    return tuple(each for each, _ in sorted(bought, key=lambda of: (of[0].ordered_on, of[1])))


def only_genuine(items: Iterable[EvidenceItem]) -> bool:
    """Tell whether something was bought, and all that came of it was the genuine product."""
    bought = purchases_of(items)
    return bool(bought) and all(each.genuine for each in bought)


class EvidenceJob(StrEnum):
    """A kind of job about evidence; its reference names the case."""

    CAPTURE = "capture"
    """Take a screenshot of the page of a case's offer."""
    STAMP = "stamp"
    """Have outside authorities timestamp a custody entry."""
    GRID = "grid"
    """Draw a grid over copies of the two compared photos."""
    MARKS = "marks"
    """Draw the marked differences on copies of both photos."""
    DELETE = "delete"
    """Delete a piece's bytes; only earlier versions asked for it."""
