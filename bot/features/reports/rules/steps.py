"""What people do with a report, as pure steps: each takes a report and returns the next one.

A step that may not be taken now raises UserError with the reason.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import msgspec

from bot.core.interface import together, tr
from bot.core.permissions import Person
from bot.core.reminding import put_off
from bot.core.removed_words import REMOVED
from bot.errors import UserError
from bot.features.reports.models.reports import (
    ANSWERED,
    OVER,
    TO_BE_FILED,
    WITH_AMAZON,
    Packet,
    RejectionReason,
    Report,
    ReportState,
    Version,
)
from bot.features.reports.rules.followups import due

VERSIONS = 20
"""Versions of a text that are kept; the first and the newest ones."""


def edit(report: Report, who: Person, at: datetime, text: str) -> Report:
    """Write another version of the text; whoever confirmed the one before must do so again."""
    _require(report, TO_BE_FILED, tr("{label} can't be changed now.", label=report.label))
    if text == report.text:
        message = tr(
            "The text of {label} has not changed. Edit it, then save again.", label=report.label
        )
        raise UserError(message)
    kept = report.versions[:1] + report.versions[1:][-(VERSIONS - 2) :]
    return msgspec.structs.replace(
        report,
        versions=(*kept, Version(text, at, who)),
        state=ReportState.DRAFT,
        confirmed_at=None,
        confirmed_by=None,
        packet=None,
        due_at=None,
        reminded=0,
    )


def authors(report: Report) -> tuple[Person, ...]:
    """Return whose words it has: who drafted it, and who wrote it last."""
    return report.drafted_by, *(version.by for version in report.versions[-1:])


def own_words(report: Report) -> str:
    """Say to its author why they cannot confirm it."""
    return tr(
        "You wrote {label}, so someone else must confirm it. An admin can change this "
        "with /settings confirm one.",
        label=report.label,
    )


def confirm(report: Report, who: Person, at: datetime, *, two_persons: bool) -> Report:
    """Say that it may be filed; with ``two_persons`` nobody confirms their own words."""
    late = tr("{label} can't be confirmed now.", label=report.label)
    _require(report, {ReportState.DRAFT}, late)
    if two_persons and who.id in {author.id for author in authors(report)}:
        raise UserError(own_words(report))
    confirmed = msgspec.structs.replace(
        report, state=ReportState.CONFIRMED, confirmed_at=at, confirmed_by=who
    )
    return _scheduled(confirmed, at)


def revoke(report: Report) -> Report:
    """Take the confirmation back: what it said is true no more, or no packet can be made of it."""
    late = tr("{label} can't be turned back into a draft now.", label=report.label)
    _require(report, {ReportState.CONFIRMED}, late)
    return msgspec.structs.replace(
        report,
        state=ReportState.DRAFT,
        confirmed_at=None,
        confirmed_by=None,
        packet=None,
        due_at=None,
        reminded=0,
    )


def pack(report: Report, packet: Packet, evidence: Collection[str]) -> Report:
    """Note the packet that was made, and which kinds of evidence are in it."""
    kinds = tuple(sorted(set(evidence)))
    return msgspec.structs.replace(report, packet=packet, packet_deleted_at=None, evidence=kinds)


def file(report: Report, who: Person, at: datetime, complaint: str) -> Report:
    """Note that a person filed it at Amazon; the complaint ID may follow later."""
    late = tr("{label} can't be filed now.", label=report.label)
    _require(report, {ReportState.CONFIRMED, ReportState.FILED}, late)
    filed = msgspec.structs.replace(
        report,
        state=ReportState.FILED,
        filed_at=report.filed_at or at,
        filed_by=report.filed_by or who,
        # A form that was opened before the ID was known must not wipe it out.
        complaint=complaint or report.complaint,
    )
    return _scheduled(filed, at)


def answer(
    report: Report, at: datetime, state: ReportState, refusal: RejectionReason | None = None
) -> Report:
    """Note what Amazon said."""
    late = tr("{label} can't be answered now.", label=report.label)
    _require(report, WITH_AMAZON | ANSWERED, late)
    answered = msgspec.structs.replace(
        report,
        state=state,
        answered_at=at if state in ANSWERED else report.answered_at,
        verdict=state if state in ANSWERED else report.verdict,
        refusal=refusal if state in (ReportState.REFUSED, ReportState.PARTLY) else None,
        open=True,
    )
    return _scheduled(answered, at)


def retract(report: Report) -> Report:
    """Take it back; a filed one has to be retracted at Amazon by a person, too."""
    filed = report.filed_at is not None
    if report.state in OVER:
        raise _late(
            report,
            tr("{label} can't be retracted now.", label=report.label)
            if filed
            else tr("{label} can't be discarded now.", label=report.label),
        )
    over = ReportState.RETRACTED if filed else ReportState.DISCARDED
    return msgspec.structs.replace(report, state=over, open=False, due_at=None)


def discard(report: Report) -> Report:
    """Drop it before it is filed."""
    late = tr("{label} can't be discarded now.", label=report.label)
    _require(report, TO_BE_FILED, late)
    return retract(report)


def close(report: Report) -> Report:
    """Be done with it."""
    if report.state in OVER:
        raise _late(report, tr("{label} can't be closed now.", label=report.label))
    return msgspec.structs.replace(report, state=ReportState.CLOSED, open=False, due_at=None)


def redact(report: Report) -> Report:
    """Take out all texts but one that is still to be filed; whose they were and when stays."""
    gone = report.removable
    versions = tuple(
        msgspec.structs.replace(each, text=REMOVED) if each in gone else each
        for each in report.versions
    )
    filed = report.state not in TO_BE_FILED
    no_orders = report.no_orders and REMOVED if filed else report.no_orders
    return msgspec.structs.replace(report, versions=versions, no_orders=no_orders)


def removed(report: Report, at: datetime) -> Report | None:
    """Note that the offer is gone; None where that says nothing about the report."""
    if not _followed(report) or (report.removed_at is not None and report.returned_at is None):
        return None
    first = report.removed_at or at
    gone = msgspec.structs.replace(report, removed_at=first, away_at=at, returned_at=None)
    return _scheduled(gone, at)


def returned(report: Report, since: datetime, at: datetime) -> Report | None:
    """Note that the seller is back ``since`` then, after the offer was gone; None: no return."""
    if not _followed(report) or report.removed_at is None or report.returned_at is not None:
        return None
    away = report.away_at or report.removed_at
    back = msgspec.structs.replace(report, away_at=away, returned_at=since, trusted=False)
    return _scheduled(back, at)


def trust(report: Report, at: datetime, *, trusted: bool) -> Report | None:
    """Note whether the team trusts the seller who is back; None where that is no news."""
    if report.returned_at is None or report.trusted is trusted:
        return None
    return _scheduled(msgspec.structs.replace(report, trusted=trusted), at)


def _followed(report: Report) -> bool:
    """Tell whether it says something about the report when its offer goes or comes."""
    closed = report.state is ReportState.CLOSED and report.accepted
    return report.filed_at is not None and (closed or report.state not in OVER)


def remind(report: Report, at: datetime) -> Report:
    """Note that the team was reminded, and when it is to be again."""
    reminded = msgspec.structs.replace(report, reminded=report.reminded + 1)
    return msgspec.structs.replace(reminded, due_at=due(reminded, at))


def brought_forward(report: Report, at: datetime) -> Report | None:
    """Return the report as if its state began now; None where no clock was ahead."""
    anew = due(report, at)
    return msgspec.structs.replace(report, due_at=anew) if put_off(report.due_at, anew) else None


def _scheduled(report: Report, at: datetime) -> Report:
    fresh = msgspec.structs.replace(report, reminded=0)
    return msgspec.structs.replace(fresh, due_at=due(fresh, at))


def _require(report: Report, states: Collection[ReportState], late: str) -> None:
    """Refuse a step that may not be taken now; ``late`` says which."""
    if report.state not in states:
        raise _late(report, late)


def _late(report: Report, late: str) -> UserError:
    state = report.state.said
    advice = tr("Its status is '{state}'. Type /reports to see it.", state=state)
    return UserError(together(late, advice))
