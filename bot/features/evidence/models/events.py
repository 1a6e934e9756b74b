"""Events of evidence, for the features that use it."""

from __future__ import annotations

import msgspec

from bot.core.permissions import Person
from bot.features.cases.models.cases import Case


class EvidenceChanged(msgspec.Struct, frozen=True):
    """Evidence was added to a case or deleted from it."""

    case: Case


class EvidenceOverdue(msgspec.Struct, frozen=True):
    """The retention period of a closed case's evidence has ended."""

    case: Case


class OrdersMissing(msgspec.Struct, frozen=True):
    """A person noted why a case has no order records."""

    case: Case
    why: str


def no_orders_told(who: Person, why: str) -> str:
    """Return what the entry of a case says that tells why there are no order records."""
    return f"{who.name}: there are no order records. {why}"
