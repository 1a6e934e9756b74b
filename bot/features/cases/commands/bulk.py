"""What the buttons above a list of cases do: each asks first, and says how many cases it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.core.browse.models import ROWS_APART
from bot.core.flows.engine import Questions
from bot.core.flows.starting import start_flow
from bot.core.interactions import Reply
from bot.core.interface import tr
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, RequestContext
from bot.core.text import clip
from bot.features.cases.flows.bulk import (
    ACKNOWLEDGE_CASES,
    ASSIGN_CASES,
    CLOSE_CASES,
    SNOOZE_CASES,
    BulkForm,
)
from bot.features.cases.models.cases import Case
from bot.features.cases.service.assigning import has_case
from bot.features.cases.service.bulk import chosen_cases
from bot.features.cases.views.rows import ACKNOWLEDGE, ASSIGN, CLOSE, SNOOZE

OWNERS = 3
"""So many people are named who have some of them."""
LABELS = 300
"""Characters in which the chosen cases are named."""


async def acknowledge(ctx: RequestContext) -> Sequence[Reply]:
    """Ask whether all of them are acknowledged."""
    return await _ask(ctx, ACKNOWLEDGE_CASES)


async def assign(ctx: RequestContext) -> Sequence[Reply]:
    """Ask whether the person takes all of them."""
    return await _ask(ctx, ASSIGN_CASES)


async def snooze(ctx: RequestContext) -> Sequence[Reply]:
    """Ask for how long all of them are to be quiet."""
    return await _ask(ctx, SNOOZE_CASES)


async def close(ctx: RequestContext) -> Sequence[Reply]:
    """Ask why all of them can be closed."""
    return await _ask(ctx, CLOSE_CASES)


async def _ask(ctx: RequestContext, flow: Questions[BulkForm]) -> Sequence[Reply]:
    cases = await chosen_cases(ctx.tx, ctx.text)
    known = BulkForm(
        subject=ROWS_APART.join(case.key for case in cases),
        labels=clip(", ".join(case.label for case in cases), LABELS),
        owners=_owners(ctx, cases),
        closed=len(set(filter(None, ctx.text.split(ROWS_APART)))) - len(cases),
    )
    return [start_flow(ctx, flow, known)]


def _owners(ctx: RequestContext, cases: Sequence[Case]) -> str:
    """Name the others who have some of the cases, who has the most first: ``Ben (2), Carla``."""
    theirs = [case.assignee for case in cases if not has_case(ctx.app, case, ctx.who)]
    counts = Counter(person.name for person in theirs if person).most_common()
    shown = ", ".join(f"{name} ({count})" if count > 1 else name for name, count in counts[:OWNERS])
    more = len(counts) - OWNERS
    return tr("{names} and {more} more", names=shown, more=more) if more > 0 else shown


CLICKS = (
    ClickSpec(ACKNOWLEDGE, Permission.WORK_CASES, acknowledge),
    ClickSpec(ASSIGN, Permission.WORK_CASES, assign),
    ClickSpec(SNOOZE, Permission.WORK_CASES, snooze),
    ClickSpec(CLOSE, Permission.WORK_CASES, close),
)
