"""The decisions of reviews: they come back as items of a run until they are done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

import msgspec

from bot.core.context import AppContext
from bot.core.references import next_number
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.core.team import Team, is_work_day
from bot.features.checklists.collections import DECISIONS, RUNS
from bot.features.checklists.models.decisions import Decision
from bot.features.checklists.models.runs import Answer, Run, run_key
from bot.features.checklists.rules.planning import DECISIONS as CHECKLIST
from bot.features.checklists.rules.planning import decision_due, decision_item, plan_decisions
from bot.features.checklists.service.items import item_statuses_of
from bot.features.checklists.service.posting import post, replace

ITEMS = 12
"""Decisions that one run asks for; the others wait for its answers, or for the next work day."""


def asking_time(team: Team, now: datetime) -> bool:
    """Tell whether it is a work day, and the digest's hour has come."""
    return is_work_day(team, now) and team.local(now).hour >= team.digest_hour


async def ask_decisions(app: AppContext, tx: Transaction) -> bool:
    """Post a run with the decisions that are due, if any; it replaces those that asked before."""
    now, team = app.clock(), await app.team(tx)
    today = team.local(now).date()
    due = await _due(tx, team, today)
    if not due:
        return False
    statuses = await item_statuses_of(tx, CHECKLIST.id, map(decision_item, due))
    number = await next_number(tx, "runs")
    planned = datetime.combine(today, time(team.digest_hour), team.local(now).tzinfo)
    run = Run(
        number=number,
        checklist=CHECKLIST.id,
        title=f"{CHECKLIST.title}, {today.day} {today:%b}",
        area=CHECKLIST.area,
        duty=CHECKLIST.owner,
        planned_at=planned.astimezone(UTC),
        posted_at=now,
        tasks=plan_decisions(due, statuses),
    )
    await post(app, tx, run)
    for before in sorted({decision.run for decision in due if decision.run}):
        await replace(app, tx, before, number)
    for decision in due:
        tx.put(DECISIONS, msgspec.structs.replace(decision, run=number))
    return True


async def add_decision(tx: Transaction, decision: Decision) -> Decision:
    """Number a decision and keep it."""
    numbered = msgspec.structs.replace(decision, number=await next_number(tx, "decisions"))
    tx.create(DECISIONS, numbered)
    return numbered


async def note_decision(tx: Transaction, item: str, answer: Answer, at: datetime) -> None:
    """Close the decision that is done or given up; one that meets a problem stays open."""
    number = int(item.removeprefix("D-"))
    decision = await tx.get(DECISIONS, f"{number:06d}")
    if decision is None:
        return
    over = answer in (Answer.DONE, Answer.NOT_OURS)
    done_at = at if answer is Answer.DONE else None
    tx.put(DECISIONS, msgspec.structs.replace(decision, open=not over, done_at=done_at))


async def _due(tx: Transaction, team: Team, today: date) -> list[Decision]:
    opened = each_found(tx, DECISIONS, "open", value=True)
    candidates = [decision async for decision in opened if decision.due <= today]
    asked = await _asked_on(tx, team, {decision.run for decision in candidates if decision.run})
    if today in asked.values():
        return []
    due = [each for each in candidates if decision_due(each, asked.get(each.run or 0), today)]
    return sorted(due, key=lambda decision: (decision.due, decision.number))[:ITEMS]


async def _asked_on(tx: Transaction, team: Team, runs: set[int]) -> Mapping[int, date]:
    found = [await tx.get(RUNS, run_key(number)) for number in sorted(runs)]
    return {run.number: team.local(run.posted_at).date() for run in found if run}
