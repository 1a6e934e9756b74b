"""Who is called when an alert stays unacknowledged: once each, and only so often a night.

Pure.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.core.findings import Severity
from bot.core.team import Team, at_work
from bot.features.cases.models.cases import Case
from bot.features.cases.models.escalations import CallNight, CallTarget, Escalation

HALF_A_DAY = timedelta(hours=12)


class NextCall(NamedTuple):
    """Who is to be called now."""

    target: CallTarget
    held: bool = False
    """There were enough calls this night: no more are made, and the digest says so."""
    at_night: bool = False


class CallMoment(NamedTuple):
    """What decides at this moment whether there is a call."""

    now: datetime
    waited: timedelta
    """How long nothing happened."""
    worst: Severity
    """How bad the worst case is."""
    tonight: CallNight
    same: bool = False
    """Who is on call is the person who has the duty: one call is enough."""


def waits(case: Case, team: Team) -> bool:
    """Tell whether the case should be acknowledged, and is not."""
    least = team.calls_from
    return unseen(case) and case.going_on and least is not None and case.severity >= least


def unseen(case: Case) -> bool:
    """Tell whether the case is open and not acknowledged."""
    return case.open and case.acknowledged_by is None


def next_call(known: Escalation, team: Team, moment: CallMoment) -> NextCall | None:
    """Return who is to be called now; None: no one, or not yet.

    In working hours that is who has the duty, and then who is on call; at other times who is on
    call alone.
    """
    after = team.escalates_after
    if after is None or moment.waited < after or (moment.same and known.called):
        return None
    if moment.worst < Severity.CRITICAL and team.quiet_until(moment.now) is not None:
        return None
    working = at_work(team, moment.now)
    wanted = (CallTarget.LEAD, CallTarget.ONCALL) if working else (CallTarget.ONCALL,)
    target = next((each for each in wanted if each in _reached(team) - known.called), None)
    if target is None:
        return None
    held = not working and moment.tonight.calls >= team.calls_a_night
    return NextCall(target, held=held, at_night=not working)


def night_of(team: Team, now: datetime) -> date:
    """Return the day on which the present night began, in the team's zone."""
    return (team.local(now) - HALF_A_DAY).date()


def _reached(team: Team) -> Set[CallTarget]:
    """Return who can be called: whoever is named."""
    lead = {CallTarget.LEAD} if team.duty else set()
    return lead | ({CallTarget.ONCALL} if team.oncall else set())
