"""Gathers what a review is drafted from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from bot.core.context import AppContext
from bot.core.scanning import each, each_page
from bot.core.store import Collection, Store
from bot.features.attacks.service.incidents import past_attacks
from bot.features.checklists.collections import DECISIONS, ITEM_STATUSES, RUNS, SCORES
from bot.features.checklists.models.decisions import Decision
from bot.features.checklists.models.definitions import Checklist
from bot.features.checklists.models.runs import Run, item_status_key
from bot.features.checklists.resources import CHECKLISTS
from bot.features.letters.collections import LETTERS
from bot.features.reports.collections import REPORTS
from bot.features.reviews.models.facts import Day, Facts, Unseen
from bot.features.reviews.models.quarters import Quarter, Span, span_of
from bot.features.rights.collections import BRAND_RIGHTS, RIGHTS_DOCUMENTS
from bot.features.training.collections import LEARNINGS
from bot.features.training.resources import LESSONS
from bot.features.watchlist.service.health import read_health

OVERDUE = "overdue for a check"
INSTANT = timedelta(microseconds=1)

T = TypeVar("T", bound=msgspec.Struct)


async def gather(app: AppContext, quarter: Quarter) -> Facts:
    """Return all that is known about the quarter, as far as it is over."""
    team, store, now = await app.team(), app.store, app.clock()
    zone = ZoneInfo(team.zone)
    span = span_of(quarter, now, zone)
    attacks = await past_attacks(app, quarter.since, span.ends - INSTANT, zone)
    health = await read_health(app)
    return Facts(
        span=span,
        now=now,
        zone=team.zone,
        incidents=attacks.incidents,
        bursts=attacks.bursts,
        runs=await _runs(store, span),
        item_statuses=await _all(store, ITEM_STATUSES),
        titles=_titles(app.resources[CHECKLISTS]),
        reports=await _all(store, REPORTS),
        letters=await _all(store, LETTERS),
        lessons=app.resources[LESSONS],
        learnings=await _all(store, LEARNINGS),
        rights=await _all(store, BRAND_RIGHTS),
        documents=await _all(store, RIGHTS_DOCUMENTS),
        scores=await _scores(store, quarter.since, span.until),
        watched=health.watched,
        unseen=[
            Unseen(watch.name, status.failure or OVERDUE) for watch, status in health.unchecked
        ],
        decisions=await _decisions(store, span),
    )


async def _all(store: Store, collection: Collection[T]) -> list[T]:
    return [document async for document in each(store, collection)]


async def _runs(store: Store, span: Span) -> list[Run]:
    """Return the runs that were posted then; their numbers follow the time."""
    found: list[Run] = []
    async for some in each_page(store, RUNS, newest=True):
        found += [run for run in some if run.posted_at in span]
        if some[-1].posted_at < span.begins:
            break
    return found[::-1]


async def _decisions(store: Store, span: Span) -> list[Decision]:
    """Return what was decided before and was still open in the quarter."""
    known = each(store, DECISIONS)
    return [decision async for decision in known if decision.open or decision.done_at in span]


async def _scores(store: Store, since: date, until: date) -> list[Day]:
    """Return the quarter's scores, by day."""
    found: list[Day] = []
    async for point in each(store, SCORES, after=(since - timedelta(days=1)).isoformat()):
        if point.day > until.isoformat():
            break
        if point.of:
            day = date.fromisoformat(point.day)
            found.append(Day(day, point.got, point.of, point.alarmed))
    return found


def _titles(checklists: Sequence[Checklist]) -> dict[str, str]:
    titles = {checklist.id: checklist.title for checklist in checklists}
    for checklist in checklists:
        titles |= {item_status_key(checklist.id, item.id): item.title for item in checklist.items}
    return titles
