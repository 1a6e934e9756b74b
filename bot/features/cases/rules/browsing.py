"""What a list of cases is sorted, filtered and searched by."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.core.browse.arranging import searchable
from bot.core.browse.models import LONGEST_VALUE, RowMark, tag_of
from bot.core.labeled import LabeledEnum
from bot.core.text import one_line
from bot.features.cases.models.cases import LONGEST_SNOOZE, Case

STATE, SEVERITY, OWNER, MARKET, RUNNING = "state", "severity", "owner", "market", "running"
"""Names of filters; the last one is a tag alone."""
NO_OWNER = "-"
"""Stands for the owner of a case that is assigned to no one."""
YES, NO = "yes", "no"


class CaseState(LabeledEnum):
    """How a case is, as a list of cases is narrowed by it."""

    OPEN = "open", "All open"
    RUNNING = "running", "Going on"
    OVER = "over", "Over for now"
    SNOOZED = "snoozed", "Snoozed"
    CLOSED = "closed", "Closed"


def case_mark(case: Case, *names: str) -> RowMark:
    """Return what a row is found by; ``names`` are those of its product and its seller."""
    lead, loss = case.lead, case.daily_loss
    owner = one_line(case.assignee.name, LONGEST_VALUE) if case.assignee else ""
    return RowMark(
        key=case.key,
        sorts=(
            float(case.number),
            names[0].casefold() if names and names[0] else None,
            float(case.severity) if case.open else None,
            None,
            case.assignee.name.casefold() if case.assignee else None,
            case.opened_at.timestamp(),
            (loss.currency, float(loss.amount)) if loss and case.open else None,
            None,
        ),
        words=searchable(
            case.label,
            case.seller,
            case.marketplace,
            *(lead.headline, lead.brief) if lead else (),
            *case.asins,
            *names,
        ),
        tags=(
            tag_of(STATE, CaseState.OPEN if case.open else CaseState.CLOSED),
            tag_of(RUNNING, YES if case.going_on else NO),
            tag_of(SEVERITY, str(int(case.severity))),
            tag_of(OWNER, owner or NO_OWNER),
            tag_of(MARKET, case.marketplace),
        ),
        # For a case, this is when its snooze ends.
        seen_at=case.snoozed_until.timestamp() if case.snoozed_until else 0.0,
    )


def has_state(mark: RowMark, state: CaseState, now: datetime) -> bool:
    """Tell whether a case is so, at that moment: a snooze ends by the time alone."""
    is_open = tag_of(STATE, CaseState.OPEN) in mark.tags
    if state in (CaseState.OPEN, CaseState.CLOSED):
        return is_open is (state is CaseState.OPEN)
    left = timedelta(seconds=mark.seen_at - now.timestamp())
    snoozed = timedelta() < left < LONGEST_SNOOZE
    if state is CaseState.SNOOZED or not is_open or snoozed:
        return is_open and snoozed and state is CaseState.SNOOZED
    return (tag_of(RUNNING, YES) in mark.tags) is (state is CaseState.RUNNING)
