"""What happens to evidence, for the features that rest on it."""

from __future__ import annotations

import msgspec

from bot.core.permissions import Person
from bot.features.cases.models.cases import Case


class EvidenceChanged(msgspec.Struct, frozen=True):
    """A case has other evidence than before."""

    case: Case


class EvidenceOverdue(msgspec.Struct, frozen=True):
    """The team keeps a closed case's evidence no longer."""

    case: Case


class OrdersMissing(msgspec.Struct, frozen=True):
    """Somebody said why a case has no order records."""

    case: Case
    why: str


def no_orders_told(who: Person, why: str) -> str:
    """Return what the entry of a case says that tells why there are no order records."""
    return f"{who.name}: there are no order records. {why}"
