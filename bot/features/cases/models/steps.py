"""What every step of a case comes to: the case after it, and the entry that tells of it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.findings import Fact, Finding, Severity
from bot.core.permissions import Person
from bot.features.cases.models.cases import Case, Entry, EntryKind
from bot.features.cases.models.signals import Affected


class Transition(msgspec.Struct, frozen=True):
    """A case after a step, the timeline's new entry, and whether the thread should hear of it.

    Without an entry only the facts on the headline changed.
    """

    case: Case
    entry: Entry | None = None
    tell: bool = True
    affected: tuple[Affected, ...] = ()
    """The products that changed with it."""

    @staticmethod
    def of(
        case: Case,
        kind: EntryKind,
        text: str,
        at: datetime,
        *,
        who: Person | None = None,
        tell: bool = True,
        finding: Finding | None = None,
        facts: tuple[Fact, ...] = (),
    ) -> Transition:
        """Return a step with its entry, whose facts are those of the finding, if there is one."""
        counted = msgspec.structs.replace(case, entries=case.entries + 1)
        entry = Entry(
            case=case.key,
            place=counted.entries,
            at=at,
            day=at.date().isoformat(),
            kind=kind,
            text=text,
            who=who or (finding.who if finding else None),
            severity=finding.severity if finding else Severity.INFO,
            facts=finding.facts if finding else facts,
            asin=finding.asin if finding else "",
            signal=finding.signal if finding else "",
            brief=finding.brief if finding else "",
            evidence=finding.evidence if finding else "",
        )
        return Transition(counted, entry, tell)

    def changing(self, *affected: Affected) -> Transition:
        """Return the same step with the products that it changed."""
        return msgspec.structs.replace(self, affected=affected)
