"""Evidence as a person hands it in: one thing at a time, or with a note on the case."""

from __future__ import annotations

import msgspec

from bot.core.files import Upload
from bot.core.interface import tr
from bot.core.text import digits_of
from bot.errors import UserError
from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.rules.order_cells import Order
from bot.features.evidence.rules.orders import by_hand
from bot.features.evidence.rules.plans import PlanInput
from bot.features.evidence.rules.purchases import PurchaseInput

CELLS = (3, 4)
"""Words of an order that was typed: order ID, day and ASIN; units, if they are not one."""
WORDS = 1000
CASE_DIGITS = 8


class CaptureInput(msgspec.Struct, frozen=True, kw_only=True):
    """A request for a screenshot of the offer page."""

    case: str
    """The case's key."""
    asin: str = ""
    """The product; empty: the case's only one, if it has only one."""


class FilesInput(msgspec.Struct, frozen=True, kw_only=True):
    """Photos or documents to add."""

    case: str
    asin: str = ""
    kind: EvidenceKind
    caption: str = ""
    files: tuple[Upload, ...]
    keep_hidden: bool = False
    """The originals keep their hidden data."""


class OrdersInput(msgspec.Struct, frozen=True, kw_only=True):
    """Order records: reports of Amazon's, and orders that were typed."""

    case: str
    files: tuple[Upload, ...] = ()
    typed: str = ""
    """Typed orders, one per line."""

    @property
    def orders(self) -> tuple[Order, ...]:
        """The orders that were typed. Raises UserError: a line is no order."""
        return tuple(_order(line) for line in self.typed.splitlines() if line.strip())


class NoOrdersInput(msgspec.Struct, frozen=True, kw_only=True):
    """The reason why there are no order records."""

    case: str
    why: str


CollectInput = CaptureInput | FilesInput | OrdersInput | NoOrdersInput | PurchaseInput | PlanInput


def _order(line: str) -> Order:
    words = line.split()
    if len(words) not in CELLS:
        message = tr(
            "Could not read {line}. Write it like this: {example}",
            line=repr(line[:60]),
            example="123-1234567-1234567 2026-11-20 B0EXAMPLE1 2",
        )
        raise UserError(message)
    order, day, asin, *units = words
    return by_hand(order, day, asin, units[0] if units else "1")


class NoteInput(msgspec.Struct, frozen=True, kw_only=True):
    """Words and files for a case."""

    case: str
    """The case's number or key."""
    words: str = ""
    files: tuple[Upload, ...] = ()
    keep_hidden: bool = False
    """The originals keep their hidden data."""

    @property
    def case_name(self) -> str:
        """The case's number or key. Raises UserError: it is neither."""
        if not 0 < len(digits_of(self.case, "C")) <= CASE_DIGITS:
            message = tr("Enter the case number, like 12.")
            raise UserError(message)
        return self.case

    @property
    def text(self) -> str:
        """What the team should know; may be empty. Raises UserError: it is too long."""
        if len(self.words) > WORDS:
            message = tr(
                "The note has {length} characters. Shorten it to {most}.",
                length=len(self.words),
                most=WORDS,
            )
            raise UserError(message)
        return self.words
