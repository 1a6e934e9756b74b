"""/todo: what waits for somebody, the asker's own cases first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.app.call import Call, CommandSpec
from bot.app.chores import chores
from bot.app.collections import CASES, REPORTS
from bot.app.health import read_health
from bot.app.scenes import scene_for
from bot.domain.cases import Case
from bot.domain.people import Right
from bot.domain.reports.reports import Report, ReportState
from bot.ui.interactions import Post, Reply
from bot.ui.views.todo import todo_card

READ = 1000
"""Open cases among which the most urgent are chosen."""


async def todo(call: Call) -> Sequence[Reply]:
    """Show what waits: cases, ends of snoozes, products that are not seen."""
    opened = await call.desk.store.find(CASES, "open", value=True, limit=READ, newest=True)
    total = await call.desk.store.count(CASES, "open", value=True)
    now = call.desk.clock()
    ordered = sorted(opened, key=lambda case: _urgency(call, case))
    awake = [case for case in ordered if not case.snoozed(now)]
    asleep = [case for case in ordered if case.snoozed(now)]
    scene = await scene_for(call.desk, call.tx, awake)
    reports = await _waiting(call, now)
    health = await read_health(call.desk)
    others = await chores(call)
    return [Post(card=todo_card(awake, asleep, total, reports, others, health, scene))]


async def _waiting(call: Call, now: datetime) -> list[Report]:
    """Return the reports on which something is to be done: drafts, and what is due."""
    known = await call.desk.store.find(REPORTS, "open", value=True, limit=READ, newest=True)
    early = (ReportState.DRAFT, ReportState.CONFIRMED)
    due = [each for each in known if each.state in early or (each.due_at and each.due_at <= now)]
    return sorted(due, key=lambda each: each.due_at or now)


def _urgency(call: Call, case: Case) -> tuple[bool, bool, int, int]:
    """Return what sorts first: one's own, then nobody's, then the worst, then the oldest."""
    own = case.assignee_id == call.who.id
    return not own, bool(case.assignee_id), -case.severity, case.number


COMMANDS = (CommandSpec("todo", "/todo", "What waits for you and the team.", Right.READ, todo),)
