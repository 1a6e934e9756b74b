"""What happens to cases, and what their cards ask of the features that come after them."""

from __future__ import annotations

import msgspec

from bot.core.cards import Button
from bot.core.events import Query
from bot.core.permissions import Person
from bot.core.undo.models import Image
from bot.features.cases.models.cases import Case, Entry


class CaseBeganAgain(msgspec.Struct, frozen=True):
    """A closed case is open again, by a person or because it is seen again."""

    case: Case


class CaseReopened(msgspec.Struct, frozen=True):
    """A person opened a closed case again."""

    case: Case


class CaseClosed(msgspec.Struct, frozen=True):
    """A person closed a case, or trusted its seller so that nothing was left of it."""

    case: Case


class SignalsEnded(msgspec.Struct, frozen=True):
    """Something that went on in a case is over, as the watch saw it; the case is as it is then."""

    case: Case


class SignalsRaised(msgspec.Struct, frozen=True):
    """Something began in a case, or began again, as the watch saw it; the case is as it is then."""

    case: Case
    asins: tuple[str, ...]
    """The products on which it did."""


class EvidenceNeed(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a report should show, and what the case has of it."""

    name: str
    label: str
    why: str
    has: int

    @property
    def met(self) -> bool:
        """Tell whether the case has any."""
        return self.has > 0


class WordsRemoved(msgspec.Struct, frozen=True):
    """The words of an entry were taken out of a case; ``entry`` still has them."""

    case: Case
    entry: Entry
    who: Person
    why: str


class EvidenceWanted(Query[tuple[EvidenceNeed, ...]], frozen=True):
    """What does a report on the case want, and what of it is there?"""

    case: Case


class CaseReport(msgspec.Struct, frozen=True, kw_only=True):
    """How far the report on a case is."""

    label: str
    """``R-3``."""
    said: str
    """Its state in a few words: ``Accepted, removed after 3 d``."""
    todo: str = ""
    """What is to be done about it, in a sentence; empty: nothing."""
    step: Button | None = None
    """The button for that; None: people do it in the thread, or nothing is to be done."""
    open: bool = True
    """Something is still to be done about it, or awaited."""


class ReportOfCase(Query[CaseReport | None], frozen=True):
    """How far is the report on the case that matters most now? None: there is none."""

    case: Case


class ReportsOn(Query[tuple[str, ...]], frozen=True):
    """Which reports on these cases are open or were accepted, in a sentence each?"""

    cases: tuple[str, ...]
    """Their keys."""


class AccusedIn(Query[frozenset[str]], frozen=True):
    """In which of these cases did the team file a report against the seller, and stand by it?"""

    cases: tuple[str, ...]
    """Their keys, as in the answer."""


class PictureOfProduct(Query[str], frozen=True):
    """Where is the product's picture at Amazon? Empty: not known."""

    watch: str
    """The watch's key."""


class LostByClosing(Query[tuple[Image, ...]], frozen=True):
    """What is deleted when the case is closed, and comes back if that is undone?"""

    case: Case


class BecameOfCase(Query[str], frozen=True):
    """What became of the reports on the case before this one? Empty: there were none."""

    case: Case
