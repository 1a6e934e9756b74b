"""What may happen to a case, as pure steps: each takes a case and returns the next one.

A step that says nothing new returns None; one that a person may not take now raises UserError
with the reason, which is also the answer to the second of two people who press at once.
"""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime, timedelta

import msgspec

from bot.domain.cases import Case, CloseReason, Entry, EntryKind, Signal
from bot.domain.findings import BUY_BOX, SELLER, Fact, Finding, Severity
from bot.domain.people import Person
from bot.errors import UserError

COOLDOWN = timedelta(minutes=10)
"""A signal that only wobbles is told to the thread this often at the most."""


class Turn(msgspec.Struct, frozen=True):
    """A case after a step, the timeline's new entry, and whether the thread should hear of it."""

    case: Case
    entry: Entry
    tell: bool = True


def open_case(number: int, finding: Finding, earlier: int | None = None) -> Turn:
    """Open a case on a finding; ``earlier`` is the closed case on the same culprit."""
    case = Case(
        number=number,
        fingerprint=finding.fingerprint,
        marketplace=finding.marketplace,
        seller=finding.seller,
        opened_at=finding.at,
        earlier=earlier,
        signals=(_signal(finding, finding.at),),
    )
    return _turn(case, EntryKind.OPENED, finding.headline, finding.at, of=finding)


def take_in(case: Case, finding: Finding, cooldown: timedelta = COOLDOWN) -> Turn | None:
    """Add a finding to an open case; None when it is no news."""
    known = case.signal(finding.signal, finding.asin)
    if finding.ended:
        return _ended(case, known, finding)
    fresh = known is None or not known.active
    if known is not None and not fresh and known.mark == finding.mark:
        return None
    worse = known is not None and finding.severity > known.severity
    due = known is None or known.told_at is None or finding.at - known.told_at >= cooldown
    tell = (fresh or worse or due) and not case.snoozed(finding.at)
    told_at = finding.at if fresh or worse or due else known.told_at if known else None
    changed = _with_signal(case, _signal(finding, told_at, known))
    return _turn(changed, EntryKind.SIGNAL, finding.headline, finding.at, tell=tell, of=finding)


def take_in_closed(case: Case, finding: Finding) -> Case | None:
    """Note on a closed case that a signal ended, so that its return is seen as a return."""
    known = case.signal(finding.signal, finding.asin)
    if not finding.ended or known is None or not known.active:
        return None
    return _with_signal(case, msgspec.structs.replace(known, ended_at=finding.at))


def settled(case: Case, finding: Finding) -> bool:
    """Tell whether a person closed the case knowing what the finding says."""
    known = case.signal(finding.signal, finding.asin)
    if case.closed_at is None or known is None:
        return False
    if finding.since is not None:
        return finding.since <= case.closed_at
    return known.active and known.mark == finding.mark


def acknowledge(case: Case, who: Person, at: datetime) -> Turn:
    """Say that somebody has seen it."""
    demand_open(case)
    if case.acknowledged_by is not None:
        raise UserError(f"{case.acknowledged_by.name} has acknowledged {case.label} already.")
    changed = msgspec.structs.replace(case, acknowledged_by=who, acknowledged_at=at)
    return _turn(changed, EntryKind.ACTION, f"{who.name} acknowledged it.", at, who=who)


def assign(case: Case, who: Person, at: datetime) -> Turn:
    """Give the case to the person who asks for it; pressing again takes it over."""
    demand_open(case)
    if case.assignee == who:
        raise UserError(f"{case.label} is yours already.")
    before = f" from {case.assignee.name}" if case.assignee else ""
    changed = msgspec.structs.replace(
        case,
        assignee=who,
        assignee_id=who.id,
        acknowledged_by=case.acknowledged_by or who,
        acknowledged_at=case.acknowledged_at or at,
    )
    return _turn(changed, EntryKind.ACTION, f"{who.name} took it{before}.", at, who=who)


def snooze(case: Case, who: Person, at: datetime, until: datetime, shown: str) -> Turn:
    """Keep the thread quiet until a moment; ``shown`` is that moment for people."""
    demand_open(case)
    if until <= at:
        raise UserError("That moment has passed. Choose a later one.")
    changed = msgspec.structs.replace(case, snoozed_until=until, snoozed_after=case.entries + 1)
    return _turn(changed, EntryKind.ACTION, f"{who.name} snoozed it until {shown}.", at, who=who)


def wake(case: Case, at: datetime, missed: int) -> Turn:
    """End a snooze, and say how much happened meanwhile."""
    changed = msgspec.structs.replace(case, snoozed_until=None)
    news = {0: "nothing new happened", 1: "one thing happened"}.get(
        missed, f"{missed} things happened"
    )
    return _turn(changed, EntryKind.NOTE, f"The snooze is over; meanwhile {news}.", at)


def close(case: Case, who: Person, at: datetime, reason: CloseReason, note: str) -> Turn:
    """Close the case with a reason."""
    demand_open(case)
    changed = msgspec.structs.replace(
        case,
        open=False,
        closed_at=at,
        closed_by=who,
        reason=reason,
        note=note,
        snoozed_until=None,
    )
    facts = (Fact("Note", note),) if note else ()
    text = f"{who.name} closed it: {reason.inside}."
    return _turn(changed, EntryKind.ACTION, text, at, who=who, facts=facts)


def trust(case: Case, who: Person, at: datetime, covered: Container[str]) -> Turn | None:
    """End what the seller's mere presence raised on the covered products; None when nothing did.

    A price below the floor goes on: it is told of trusted sellers too.
    """
    over = [
        signal
        for signal in case.active
        if signal.kind in (SELLER, BUY_BOX) and signal.asin in covered
    ]
    if not over:
        return None
    changed = case
    for signal in over:
        changed = _with_signal(changed, msgspec.structs.replace(signal, ended_at=at, told_at=at))
    asins = ", ".join(dict.fromkeys(signal.asin for signal in over))
    text = f"{who.name} authorised the seller on {asins}."
    return _turn(changed, EntryKind.ACTION, text, at, who=who)


def reopen(case: Case, who: Person, at: datetime) -> Turn:
    """Take up a closed case again."""
    if case.open:
        raise UserError(f"{case.label} is open already.")
    changed = msgspec.structs.replace(
        case, open=True, closed_at=None, closed_by=None, reason=None, note=""
    )
    return _turn(changed, EntryKind.ACTION, f"{who.name} opened it again.", at, who=who)


def demand_open(case: Case) -> None:
    """Refuse work on a closed case. Raises UserError, saying who closed it and why."""
    if not case.open:
        by = case.closed_by.name if case.closed_by else "Somebody"
        reason = f" ({case.reason.inside})" if case.reason else ""
        raise UserError(f"{by} closed {case.label} meanwhile{reason}. Re-open it to go on.")


def _ended(case: Case, known: Signal | None, finding: Finding) -> Turn | None:
    if known is None or not known.active:
        return None
    over = msgspec.structs.replace(known, ended_at=finding.at, told_at=finding.at)
    changed = _with_signal(case, over)
    tell = not case.snoozed(finding.at)
    return _turn(changed, EntryKind.ENDED, finding.headline, finding.at, tell=tell, of=finding)


def _signal(finding: Finding, told_at: datetime | None, known: Signal | None = None) -> Signal:
    running = known is not None and known.active
    since = known.since if known is not None and running else finding.since or finding.at
    return Signal(
        kind=finding.signal,
        asin=finding.asin,
        headline=finding.headline,
        brief=finding.brief,
        severity=finding.severity,
        since=since,
        mark=finding.mark,
        facts=finding.facts,
        daily_loss=finding.daily_loss,
        told_at=told_at,
    )


def _with_signal(case: Case, signal: Signal) -> Case:
    others = [
        signal if (known.kind, known.asin) == (signal.kind, signal.asin) else known
        for known in case.signals
    ]
    if case.signal(signal.kind, signal.asin) is None:
        others.append(signal)
    return msgspec.structs.replace(case, signals=tuple(others))


def _turn(
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
    counted = msgspec.structs.replace(case, entries=case.entries + 1)
    entry = Entry(
        case=case.key,
        place=counted.entries,
        at=at,
        kind=kind,
        text=text,
        who=who,
        severity=of.severity if of else Severity.INFO,
        facts=of.facts if of else facts,
        evidence=of.evidence if of else "",
    )
    return Turn(counted, entry, tell)
