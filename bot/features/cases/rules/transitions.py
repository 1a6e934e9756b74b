"""What people do with a case, as pure steps: each takes a case and returns the next one.

A step that may not be taken now raises UserError with the reason, which is also the answer to
the second of two people who press at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from bot.core.findings import ENDED_BY_TRUST, NOT_NEW, PAGE_CHANGES, SOLVABLE, Fact
from bot.core.interface import noted, tr
from bot.core.permissions import Person
from bot.errors import UserError
from bot.features.cases.models.cases import Case, CloseReason, EntryKind
from bot.features.cases.models.signals import Affected, Signal
from bot.features.cases.models.steps import Transition

NAMED = 20
"""So many products an entry names; the rest is counted."""
MISSED_SHOWN = 5
"""So much of what a snooze kept quiet is shown at its end."""


def note(case: Case, who: Person, at: datetime, words: str) -> Transition:
    """Write down what somebody wants the team to know; a closed case takes notes too."""
    return Transition.of(case, EntryKind.NOTE, f"{who.name}: {words}", at, who=who)


def acknowledge(case: Case, who: Person, at: datetime) -> Transition:
    """Say that somebody has seen it."""
    case.require_open()
    if case.acknowledged_by is not None:
        message = tr(
            "{name} already acknowledged {case}.", name=case.acknowledged_by.name, case=case.label
        )
        raise UserError(message)
    changed = msgspec.structs.replace(case, acknowledged_by=who, acknowledged_at=at)
    text = noted("{who} acknowledged it.", who=who.name)
    return Transition.of(changed, EntryKind.ACTION, text, at, who=who)


def assign(case: Case, who: Person, at: datetime, to: Person | None = None) -> Transition:
    """Give the case to a person, or to the one who asks; who assigns it has seen it."""
    case.require_open()
    assignee = to or who
    if case.assignee == assignee:
        if assignee == who:
            raise UserError(tr("{case} is already assigned to you.", case=case.label))
        message = tr("{case} is already assigned to {name}.", case=case.label, name=assignee.name)
        raise UserError(message)
    changed = msgspec.structs.replace(
        case,
        assignee=assignee,
        assignee_id=assignee.id,
        acknowledged_by=case.acknowledged_by or who,
        acknowledged_at=case.acknowledged_at or at,
    )
    text = _assigned(case.assignee, who, assignee)
    return Transition.of(changed, EntryKind.ACTION, text, at, who=who)


def _assigned(before: Person | None, who: Person, to: Person) -> str:
    if to == who:
        if before:
            return noted("{who} took it from {before}.", who=who.name, before=before.name)
        return noted("{who} took it.", who=who.name)
    if before:
        return noted(
            "{who} reassigned it from {before} to {assignee}.",
            who=who.name,
            before=before.name,
            assignee=to.name,
        )
    return noted("{who} assigned it to {assignee}.", who=who.name, assignee=to.name)


def snooze(case: Case, who: Person, at: datetime, until: datetime, shown: str) -> Transition:
    """Keep the thread quiet until a moment; ``shown`` is that moment for people."""
    case.require_open()
    if until <= at:
        raise UserError(tr("That time has passed. Choose a later one."))
    changed = msgspec.structs.replace(case, snoozed_until=until, snoozed_after=case.entries + 1)
    text = noted("{who} snoozed it until {time}.", who=who.name, time=shown)
    return Transition.of(changed, EntryKind.ACTION, text, at, who=who)


def wake(case: Case, at: datetime, missed: Sequence[str]) -> Transition:
    """End a snooze, and say what happened meanwhile."""
    changed = msgspec.structs.replace(case, snoozed_until=None)
    news = {0: "nothing new", 1: "1 update"}.get(len(missed), f"{len(missed)} updates")
    facts = tuple(Fact("While snoozed", text) for text in missed[-MISSED_SHOWN:])
    text = f"The snooze is over: {news}."
    return Transition.of(changed, EntryKind.NOTE, text, at, facts=facts)


def close(case: Case, who: Person, at: datetime, reason: CloseReason, note: str) -> Transition:
    """Close the case with a reason."""
    case.require_open()
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
    text = noted("{who} closed it: {reason}.", who=who.name, reason=reason.inside)
    return Transition.of(changed, EntryKind.ACTION, text, at, who=who, facts=facts)


def trust(case: Case, products: Iterable[Affected], who: Person, at: datetime) -> Transition | None:
    """End what the seller's mere presence raised on these products; None when nothing did.

    A price below the floor goes on: it is told of trusted sellers too.
    """
    over = [(on, [each for each in on.active if each.kind in ENDED_BY_TRUST]) for on in products]
    asins = [on.asin for on, signals in over if signals]
    return _settle(case, over, who, at, f"{who.name} trusts the seller on {_named(asins)}.")


def unwatch(case: Case, on: Affected, who: Person, at: datetime) -> Transition | None:
    """End what was seen on a product that nobody looks at any more; None when nothing was.

    What people told goes on until they say that it is over.
    """
    over = [each for each in on.active if each.kind not in SOLVABLE]
    text = f"{who.name} stopped watching {on.asin}, so its status is unknown."
    return _settle(case, [(on, over)], who, at, text)


def own_change(case: Case, on: Affected, who: Person, at: datetime) -> Transition | None:
    """End what was told of a product's page, which the team changed itself; None when nothing was.

    What else goes on there goes on.
    """
    over = [each for each in on.active if each.kind in PAGE_CHANGES]
    text = noted("{who} said that it was your own change.", who=who.name)
    return _settle(case, [(on, over)], who, at, text)


def narrow(case: Case, on: Affected, who: Person, at: datetime) -> Transition | None:
    """End what was seen of offers that are not looked for any more; None when nothing was."""
    over = [each for each in on.active if each.kind in NOT_NEW]
    text = f"{who.name} limited {on.asin} to new offers, so the status of the others is unknown."
    return _settle(case, [(on, over)], who, at, text)


def resume(
    case: Case,
    products: Iterable[tuple[Affected, Sequence[Signal]]],
    who: Person,
    at: datetime,
    text: str,
    *,
    closed: bool,
) -> Transition | None:
    """Let signals go on whose end was undone, and open a case again that it closed.

    None: nothing of it was ended. ``products`` are each with its signals that go on; ``closed``
    tells whether what was undone had closed the case, which is then as it was before.
    """
    changed: list[Affected] = []
    for on, signals in products:
        after = on
        for signal in signals:
            case, after = case.with_signal(after, msgspec.structs.replace(signal, ended_at=None))
        if signals:
            changed.append(after)
    if closed:
        case = msgspec.structs.replace(
            case, open=True, closed_at=None, closed_by=None, reason=None, note=""
        )
    if not (changed or closed):
        return None
    return Transition.of(case, EntryKind.ACTION, text, at, who=who).changing(*changed)


def _settle(
    case: Case,
    over: Iterable[tuple[Affected, Sequence[Signal]]],
    who: Person,
    at: datetime,
    text: str,
) -> Transition | None:
    changed: list[Affected] = []
    for on, signals in over:
        after = on
        for signal in signals:
            ended = msgspec.structs.replace(signal, ended_at=at)
            case, after = case.with_signal(after, ended)
        if signals:
            changed.append(after)
    if not changed:
        return None
    return Transition.of(case, EntryKind.ACTION, text, at, who=who).changing(*changed)


def _named(asins: Sequence[str]) -> str:
    named = ", ".join(asins[:NAMED])
    return f"{named} and {len(asins) - NAMED:,} more" if len(asins) > NAMED else named


def reopen(case: Case, who: Person, at: datetime) -> Transition:
    """Take up a closed case again; somebody has to acknowledge it anew."""
    if case.open:
        raise UserError(tr("{case} is already open.", case=case.label))
    text = noted("{who} reopened it.", who=who.name)
    return Transition.of(case.reopened(), EntryKind.ACTION, text, at, who=who)
