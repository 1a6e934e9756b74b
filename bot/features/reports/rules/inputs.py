"""What a person says of a report, as it is written."""

from __future__ import annotations

import msgspec

from bot.core.interface import tr
from bot.core.permissions import Person, Role
from bot.errors import UserError
from bot.features.reports.models.observations import Grounds, Observation, Origin
from bot.features.reports.models.reports import RejectionReason, ReportState


class ReportInput(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be reported; the router says through which door."""

    case: str
    """The case's key."""
    seen: Observation
    grounds: Grounds = Grounds.SUSPICION
    origin: Origin = Origin.UNKNOWN
    tried: bool = False
    """What comes before a report of abuse was done."""
    knows: bool = False
    """They know that the case's seller did it; asked where that may be somebody else."""
    drafts: bool = True
    """They saw what would be drafted, and want it."""
    right: str = ""
    """The key of the right that it shall rest on; empty: the one that is worth most."""
    asins: tuple[str, ...] = ()
    """None: all of the case."""

    @property
    def names_seller(self) -> bool:
        """Tell whether the report is about the case's seller."""
        return self.knows or not self.seen.nameless


class AmazonAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What Amazon said to a report."""

    state: ReportState
    refusal: RejectionReason | None = None
    words: str = ""


class Confirmer(msgspec.Struct, frozen=True):
    """Who confirms a report, with which role, and in which chat they say so."""

    who: Person
    role: Role
    chat: str


def read_complaint(text: str) -> str:
    """Return the complaint ID; empty where it is not known yet. Raises UserError."""
    if text and not text.replace("-", "").isalnum():
        raise UserError(tr("A complaint ID has only letters, digits and hyphens."))
    return text
