"""The digest: what happened today, or since the last one was posted."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bot.core.cards import Card
from bot.core.context import AppContext
from bot.core.scanning import each_found, each_page_found, first_of
from bot.core.store import Transaction
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.cases.models.cases import Entry
from bot.features.cases.service.contexts import case_context
from bot.features.overview.views.team import WORST, digest_card
from bot.features.watchlist.service.health import read_health

LONGEST = 7
"""Days that a digest looks back at the most."""


async def todays_digest(app: AppContext, tx: Transaction) -> Card:
    """Tell what happened since midnight in the team's zone."""
    local = (await app.team(tx)).local(app.clock())
    midnight = datetime.combine(local.date(), time(), local.tzinfo).astimezone(UTC)
    return await digest(app, tx, midnight)


async def digest(app: AppContext, tx: Transaction, since: datetime) -> Card:
    """Tell what happened since a moment, and which cases are open."""
    now = app.clock()
    every = each_page_found(app.store, CASES, "open", value=True, newest=True)
    opened = await first_of(every, WORST, lambda case: (case.snoozed(now), -case.severity))
    count = await app.store.count(CASES, "open", value=True)
    view = await case_context(app, tx, opened)
    entries = await _entries(app, since, view.now)
    return digest_card(opened, count, entries, await read_health(app), view, since)


async def _entries(app: AppContext, since: datetime, now: datetime) -> list[Entry]:
    entries: list[Entry] = []
    for back in range(min((now.date() - since.date()).days, LONGEST) + 1):
        day = (now.date() - timedelta(days=back)).isoformat()
        found = each_found(app.store, ENTRIES, "day", day)
        entries += [entry async for entry in found if entry.at >= since]
    return sorted(entries, key=lambda entry: entry.at)
