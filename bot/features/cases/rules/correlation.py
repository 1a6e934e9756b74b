"""What a finding does to a case, and whether its thread hears of it. Pure.

A step that says nothing new returns None.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from bot.core.findings import Finding
from bot.features.cases.models.cases import TRUSTING, Case, CloseReason, EntryKind
from bot.features.cases.models.signals import Affected, Signal
from bot.features.cases.models.steps import Transition

COOLDOWN = timedelta(minutes=10)
"""A signal that only changes is told to the thread this often at the most."""

FLIPS = 6
"""A signal that comes and goes is told so often in an hour; then it changes silently."""

WINDOW = timedelta(hours=1)

REJOIN = timedelta(hours=1)
"""What begins again so soon after a case was closed opens that case again."""

GRACE = timedelta(days=1)
"""So long after somebody said that it is over, a seller who is still there is no news."""
SAID_OVER = frozenset({CloseReason.GONE, CloseReason.REPORTED, CloseReason.SOLVED})
"""Reasons that believe that it is over; the others know that it goes on."""


def open_case(number: int, finding: Finding, earlier: int | None = None) -> Transition:
    """Open a case on a finding; ``earlier`` is the closed case on the same culprit."""
    case = Case(
        number=number,
        fingerprint=finding.fingerprint,
        marketplace=finding.marketplace,
        seller=finding.seller,
        opened_at=finding.at,
        earlier=earlier,
    )
    on = Affected.untouched(case.key, case.marketplace, finding.asin)
    case, after = case.with_signal(on, _signal(finding))
    at, text = finding.at, finding.headline
    return Transition.of(case, EntryKind.OPENED, text, at, finding=finding).changing(after)


def correlate(
    case: Case, on: Affected, finding: Finding, cooldown: timedelta = COOLDOWN
) -> Transition | None:
    """Add a finding on a product to an open case; None when it is no news."""
    known = on.signal(finding.signal)
    if finding.ended:
        return _ended(case, on, known, finding)
    signal = _signal(finding, known)
    same = known is not None and known.active and known.mark == finding.mark
    if known is not None and same and finding.severity <= known.severity:
        return None if signal == known else _changed(case, on, signal)
    rested = known is None or _rested(known, finding.at)
    worse = finding.severity > case.severity and rested
    tell = worse or (_due(known, finding, cooldown) and not case.snoozed(finding.at))
    if worse:
        # Whoever asked for quiet did not know this.
        case = msgspec.structs.replace(case, snoozed_until=None)
    told = _told(signal, known, finding.at) if tell else signal
    return _raised(*case.with_signal(on, told), finding, tell=tell)


def take_in_closed(case: Case, on: Affected, finding: Finding) -> Transition | None:
    """Note on a closed case that a signal ended, so that its return is seen as a return."""
    known = on.signal(finding.signal)
    if not finding.ended or known is None or not known.active:
        return None
    return _changed(case, on, msgspec.structs.replace(known, ended_at=finding.at))


def settled(case: Case, known: Signal | None, finding: Finding) -> bool:
    """Tell whether a person closed the case knowing what the finding says.

    ``known`` is the case's signal of that kind on that product.
    """
    if case.closed_at is None or known is None or finding.severity > known.severity:
        return False
    if case.reason in TRUSTING:
        # Rules are silent about a seller as long as the team trusts them: it does no longer.
        return False
    if case.reason in SAID_OVER and abs(finding.at - case.closed_at) > GRACE:
        return False
    if finding.since is not None:
        # What ended and is back began after it was closed, whatever the clock said then.
        return known.active and finding.since <= case.closed_at
    return known.active and known.mark == finding.mark


def rejoins(case: Case, finding: Finding) -> bool:
    """Tell whether the finding belongs to a case that was closed only a moment before it."""
    if case.closed_at is None or case.reason in TRUSTING:
        return False
    return timedelta() <= finding.at - case.closed_at < REJOIN


def begin_again(case: Case, on: Affected, finding: Finding) -> Transition:
    """Open a case again that was closed a moment ago, because it goes on."""
    known = on.signal(finding.signal)
    signal = _told(_signal(finding, known), known, finding.at)
    return _raised(*case.reopened().with_signal(on, signal), finding)


def _raised(case: Case, on: Affected, finding: Finding, *, tell: bool = True) -> Transition:
    at, text = finding.at, finding.headline
    return Transition.of(case, EntryKind.SIGNAL, text, at, tell=tell, finding=finding).changing(on)


def _changed(case: Case, on: Affected, signal: Signal) -> Transition:
    """Change facts alone, of which nobody is told."""
    case, after = case.with_signal(on, signal)
    return Transition(case, tell=False, affected=(after,))


def _ended(case: Case, on: Affected, known: Signal | None, finding: Finding) -> Transition | None:
    if known is None or not known.active:
        return None
    over = msgspec.structs.replace(known, ended_at=finding.at)
    tell = _rested(known, finding.at) and not case.snoozed(finding.at)
    case, after = case.with_signal(on, _told(over, known, finding.at) if tell else over)
    at, text = finding.at, finding.headline
    return Transition.of(case, EntryKind.ENDED, text, at, tell=tell, finding=finding).changing(
        after
    )


def _due(known: Signal | None, finding: Finding, cooldown: timedelta) -> bool:
    """Tell whether the thread should hear of a signal that began, returned or changed."""
    if known is None:
        return True
    if not known.active or finding.severity > known.severity:
        return _rested(known, finding.at)
    return known.told_at is None or abs(finding.at - known.told_at) >= cooldown


def _rested(known: Signal, at: datetime) -> bool:
    """Tell whether a signal that comes and goes was not told too often lately."""
    return known.told < FLIPS or known.told_from is None or abs(at - known.told_from) >= WINDOW


def _told(signal: Signal, known: Signal | None, at: datetime) -> Signal:
    """Note on the signal that the thread hears of it now."""
    begun = known.told_from if known else None
    fresh = begun is None or at - begun >= WINDOW
    return msgspec.structs.replace(
        signal,
        told_at=at,
        told=1 if fresh or known is None else known.told + 1,
        told_from=at if fresh else begun,
    )


def _signal(finding: Finding, known: Signal | None = None) -> Signal:
    running = known is not None and known.active
    return Signal(
        kind=finding.signal,
        asin=finding.asin,
        headline=finding.headline,
        brief=finding.brief,
        severity=finding.severity,
        since=known.since if known is not None and running else finding.since or finding.at,
        mark=finding.mark,
        facts=finding.facts,
        daily_loss=finding.daily_loss,
        told_at=known.told_at if known else finding.at,
        told=known.told if known else 1,
        told_from=known.told_from if known else finding.at,
    )


CROWD = 10
"""Up to so many products, a thread hears of each finding at once."""


def gathers(case: Case, at: datetime) -> bool:
    """Tell whether a finding waits for others, to be told in one line with them.

    A case on many products tells its thread of findings once in a while. What makes it worse, and
    its end, never wait.
    """
    return crowded(case) and case.going_on and _fresh(case, at)


def crowded(case: Case) -> bool:
    """Tell whether the case is about many products."""
    return case.tally.products > CROWD


def due(case: Case, at: datetime) -> bool:
    """Tell whether findings that were held back are to be told now."""
    return case.open and case.held > 0 and not case.snoozed(at) and not _fresh(case, at)


def _fresh(case: Case, at: datetime) -> bool:
    # A clock that was set back must not keep findings back.
    return case.told_at is not None and abs(at - case.told_at) < COOLDOWN
