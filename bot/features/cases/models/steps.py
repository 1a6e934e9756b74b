"""What every step of a case comes to: the case after it, and the entry that tells of it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.core.findings import Fact, Finding, Severity
from bot.core.permissions import Person
from bot.errors import UserError
from bot.features.cases.models.cases import ASINS, Case, Entry, EntryKind
from bot.features.cases.models.signals import Affected, Signal, put_signal


class Transition(msgspec.Struct, frozen=True):
    """A case after a step, the timeline's new entry, and whether the thread should hear of it.

    Without an entry only the facts on the headline changed.
    """

    case: Case
    entry: Entry | None = None
    tell: bool = True
    affected: tuple[Affected, ...] = ()
    """The products that changed with it."""

    def changing(self, *affected: Affected) -> Transition:
        """Return the same step with the products that it changed."""
        return msgspec.structs.replace(self, affected=affected)


def with_signal(case: Case, on: Affected, signal: Signal) -> tuple[Case, Affected]:
    """Put the signal in place of the one of its kind on its product, and count it."""
    after = put_signal(on, signal)
    fresh = not on.signals
    tally = case.tally.with_change(None if fresh else on, after)
    if fresh and on.asin:
        after = msgspec.structs.replace(after, place=tally.products)
        if len(case.asins) < ASINS:
            case = msgspec.structs.replace(case, asins=(*case.asins, on.asin))
    return msgspec.structs.replace(case, tally=tally), after


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


def transition(
    case: Case,
    kind: EntryKind,
    text: str,
    at: datetime,
    *,
    who: Person | None = None,
    tell: bool = True,
    of: Finding | None = None,
    facts: tuple[Fact, ...] = (),
) -> Transition:
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
        brief=of.brief if of else "",
        evidence=of.evidence if of else "",
    )
    return Transition(counted, entry, tell)


def require_open(case: Case) -> None:
    """Refuse work on a closed case. Raises UserError, saying who closed it and why."""
    if not case.open:
        by = case.closed_by.name if case.closed_by else "Somebody"
        reason = f" ({case.reason.inside})" if case.reason else ""
        raise UserError(f"{by} closed {case.label} meanwhile{reason}. Re-open it to go on.")
