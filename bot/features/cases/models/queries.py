"""What a case's card asks of the features that come after it."""

from __future__ import annotations

from bot.core.events import Query
from bot.features.cases.models.cases import Case
from bot.features.cases.models.needs import EvidenceNeed


class EvidenceWanted(Query[tuple[EvidenceNeed, ...]], frozen=True):
    """What does a report on the case want, and what of it is there?"""

    case: Case


class BecameOfCase(Query[str], frozen=True):
    """What became of the reports on the case before this one? Empty: there were none."""

    case: Case
