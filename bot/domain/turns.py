"""What every step of a case comes to: the case after it, and the entry that tells of it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.domain.cases import Case, Entry, EntryKind, Signal
from bot.domain.findings import Fact, Finding, Severity
from bot.domain.people import Person


class Turn(msgspec.Struct, frozen=True):
    """A case after a step, the timeline's new entry, and whether the thread should hear of it.

    Without an entry only the facts on the headline changed.
    """

    case: Case
    entry: Entry | None = None
    tell: bool = True


def with_signal(case: Case, signal: Signal) -> Case:
    """Put the signal into the case, in place of the one of its kind on its product."""
    others = [
        signal if (known.kind, known.asin) == (signal.kind, signal.asin) else known
        for known in case.signals
    ]
    if case.signal(signal.kind, signal.asin) is None:
        others.append(signal)
    return msgspec.structs.replace(case, signals=tuple(others))


def reopened(case: Case) -> Case:
    """Return the case as it is open again; somebody has to acknowledge it anew."""
    return msgspec.structs.replace(
        case,
        open=True,
        closed_at=None,
        closed_by=None,
        reason=None,
        note="",
        acknowledged_by=None,
        acknowledged_at=None,
    )


def turn(
    case: Case,
    kind: EntryKind,
    text: str,
    at: datetime,
    *,
    who: Person | None = None,
    tell: bool = True,
    of: Finding | None = None,
    facts: tuple[Fact, ...] = (),
) -> Turn:
    """Return the step with its entry, whose facts are those of the finding, where there is one."""
    counted = msgspec.structs.replace(case, entries=case.entries + 1)
    entry = Entry(
        case=case.key,
        place=counted.entries,
        at=at,
        day=at.date().isoformat(),
        kind=kind,
        text=text,
        who=who,
        severity=of.severity if of else Severity.INFO,
        facts=of.facts if of else facts,
        asin=of.asin if of else "",
        signal=of.signal if of else "",
        evidence=of.evidence if of else "",
    )
    return Turn(counted, entry, tell)
