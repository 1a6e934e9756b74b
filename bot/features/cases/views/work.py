"""Who works on a case, and how far they are."""

from __future__ import annotations

from datetime import datetime

from bot.core.cards import Field
from bot.core.interface import tr
from bot.core.views.context import field
from bot.features.cases.models.cases import Case
from bot.features.cases.models.signals import Signal
from bot.features.cases.views.context import CaseContext


def state_fields(case: Case, view: CaseContext) -> tuple[Field, ...]:
    """Say how it stands, and who has it: an open case without an owner says so."""
    owner = case.assignee.name if case.assignee else tr("no one yet") if case.open else ""
    owned = (field(tr("Assigned to"), owner),) if owner else ()
    return (_state(case, view), *owned)


def report_fields(case: Case, view: CaseContext) -> tuple[Field, ...]:
    """Say how far the report is."""
    report = view.reports.get(case.key)
    if report is None:
        return ()
    told = tr("{report}: {state}.", report=report.label, state=report.said)
    return (field(tr("Report"), told),)


def word_fields(case: Case, view: CaseContext) -> tuple[Field, ...]:
    """Show the note with which it was closed, and what became of the case before it."""
    note = (field(tr("Note"), case.note, wide=True),) if case.note else ()
    earlier = view.earlier.get(case.key, "")
    return (*note, *((field(tr("Seen before"), earlier, wide=True),) if earlier else ()))


def evidence_fields(case: Case, view: CaseContext) -> tuple[Field, ...]:
    """Show what a report wants, and what of it is there, once there is any."""
    wanted = view.needs.get(case.key, ())
    if not case.open or not any(need.met for need in wanted):
        return ()
    lines = [f"{'✓' if need.met else '✗'} {need.label}" for need in wanted]
    return (field(tr("Evidence"), "\n".join(lines), wide=True),)


def _state(case: Case, view: CaseContext) -> Field:
    if not case.open:
        by = case.closed_by.name if case.closed_by else tr("someone")
        reason = case.reason.said if case.reason else tr("no reason given")
        said = tr("Closed by {name}: {reason}", name=by, reason=reason)
        return _dated(said, case.closed_at)
    if case.snoozed_until and case.snoozed(view.now):
        return field(tr("State"), tr("Snoozed until"), at=case.snoozed_until)
    if not case.going_on:
        return _over(case, view)
    if case.acknowledged_by:
        said = tr("Acknowledged by {name}", name=case.acknowledged_by.name)
        return _dated(said, case.acknowledged_at)
    return field(tr("State"), tr("New: not acknowledged yet"))


def _dated(said: str, at: datetime | None) -> Field:
    """Say what was done, and when, if that is known."""
    return field(tr("State"), f"{said} ·" if at else said, at=at)


def _over(case: Case, view: CaseContext) -> Field:
    """Say since when it is over, if all that went on is at hand."""
    known = view.affected.get(case.key, ())
    ends = [signal.ended_at for signal in Signal.in_order(known) if signal.ended_at is not None]
    if ends and len(known) >= case.tally.products:
        return field(tr("State"), tr("Over since"), at=max(ends))
    return field(tr("State"), tr("Over for now"))
