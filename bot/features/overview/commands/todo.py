"""/todo: what waits for somebody, the asker's own cases first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.choices import choose
from bot.core.context import view_context
from bot.core.findings import Severity
from bot.core.interactions import Post, Reply
from bot.core.page_links import PAGE_LINKS
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, HelpGroup, Param, RequestContext
from bot.core.scanning import each_found, each_page_found
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.cases.service.assigning import has_case
from bot.features.cases.service.contexts import case_context
from bot.features.overview.service.due_dates import all_due
from bot.features.overview.views.due_dates import due_card
from bot.features.overview.views.todo import SHOWN, SNOOZES, OpenCases, todo_card
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import Report, ReportState
from bot.features.watchlist.service.health import read_health

CALENDAR = "calendar"
HOW = "Type /todo, or /todo calendar."


async def todo(ctx: RequestContext) -> Sequence[Reply]:
    """Show what waits: cases, ends of snoozes, products that are not seen."""
    if ctx.words:
        choose(ctx.words[0].lower(), {CALENDAR: ""}, "word", HOW)
        return await _calendar(ctx)
    now = ctx.app.clock()
    cases = await _cases(ctx, now)
    view = await case_context(ctx.app, ctx.tx, cases.awake)
    reports = await _waiting(ctx, now)
    health = await read_health(ctx.app)
    others = [
        item
        for provide in ctx.app.features.todo
        for item in await provide(ctx.app, ctx.tx, ctx.who)
    ]
    return [Post(card=todo_card(cases, reports, others, health, view))]


async def _calendar(ctx: RequestContext) -> Sequence[Reply]:
    """Show what is due next, and where the calendar file is."""
    known, address = await all_due(ctx.app, ctx.tx), ctx.app.resources[PAGE_LINKS].address
    view = await view_context(ctx.app, ctx.tx)
    return [Post(card=due_card(known, address, view))]


async def _cases(ctx: RequestContext, now: datetime) -> OpenCases:
    """Go through all open cases and keep what is shown."""
    awake: list[Case] = []
    asleep: list[Case] = []
    sleeping, worst = 0, Severity.INFO
    async for page in each_page_found(ctx.app.store, CASES, "open", value=True):
        waiting = [case for case in page if not case.snoozed(now)]
        sleepers = [case for case in page if case.snoozed(now)]
        awake = sorted([*awake, *waiting], key=lambda case: _urgency(ctx, case))[:SHOWN]
        asleep = sorted([*asleep, *sleepers], key=_wakes)[:SNOOZES]
        sleeping += len(sleepers)
        worst = max([worst, *(case.severity for case in waiting)])
    total = await ctx.app.store.count(CASES, "open", value=True)
    return OpenCases(
        awake=awake, waiting=total - sleeping, worst=worst, asleep=asleep, sleeping=sleeping
    )


def _wakes(case: Case) -> tuple[datetime | None, str]:
    return case.snoozed_until, case.label


async def _waiting(ctx: RequestContext, now: datetime) -> list[Report]:
    """Return the reports on which something is to be done: drafts, and what is due."""
    known = each_found(ctx.app.store, REPORTS, "open", value=True, newest=True)
    early = (ReportState.DRAFT, ReportState.CONFIRMED)
    due = [
        report
        async for report in known
        if report.state in early or (report.due_at and report.due_at <= now)
    ]
    return sorted(due, key=lambda report: report.due_at or now)


def _urgency(ctx: RequestContext, case: Case) -> tuple[bool, bool, int, int]:
    """Return what sorts first: one's own, then nobody's, then the worst, then the oldest."""
    own = has_case(ctx.app, case, ctx.who)
    return not own, bool(case.assignee_id), -case.severity, case.number


COMMANDS = (
    CommandSpec(
        "todo",
        "/todo [calendar]",
        "See what needs attention, yours first.",
        Permission.READ,
        todo,
        (
            Param(
                "what", "calendar: what is due, and when. Leave empty for all.", options=(CALENDAR,)
            ),
        ),
        group=HelpGroup.CASES,
        rank=2,
        alone=True,
    ),
)
