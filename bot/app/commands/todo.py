"""/todo: what waits for somebody, the asker's own cases first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.app.call import Call, CommandSpec
from bot.app.collections import CASES
from bot.app.health import read_health
from bot.app.scenes import scene_for
from bot.domain.cases import Case
from bot.domain.people import Right
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
    return [Post(card=todo_card(awake, asleep, total, await read_health(call.desk), scene))]


def _urgency(call: Call, case: Case) -> tuple[bool, bool, int, int]:
    """Return what sorts first: one's own, then nobody's, then the worst, then the oldest."""
    own = case.assignee_id == call.who.id
    return not own, bool(case.assignee_id), -case.severity, case.number


COMMANDS = (CommandSpec("todo", "/todo", "What waits for you and the team.", Right.READ, todo),)
