"""The digest: what happened today, or since the last one was posted."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bot.app.collections import CASES, ENTRIES
from bot.app.desk import Desk
from bot.app.health import read_health
from bot.app.scenes import scene_for
from bot.domain.cases import Entry
from bot.ports import Transaction
from bot.ui.cards import Card
from bot.ui.views.team import digest_card

OPEN_SHOWN = 50
"""Open cases that are read for the digest; the rest is counted."""
ENTRIES_READ = 2000
"""Entries of one day that are read; a day with more is told as 'more than'."""
LONGEST = 7
"""Days that a digest looks back at the most."""


async def todays_digest(desk: Desk, tx: Transaction) -> Card:
    """Tell what happened since midnight in the team's zone."""
    local = (await desk.team(tx)).local(desk.clock())
    midnight = datetime.combine(local.date(), time(), local.tzinfo).astimezone(UTC)
    return await digest(desk, tx, midnight)


async def digest(desk: Desk, tx: Transaction, since: datetime) -> Card:
    """Tell what happened since a moment, and which cases are open."""
    opened = await desk.store.find(CASES, "open", value=True, limit=OPEN_SHOWN, newest=True)
    count = await desk.store.count(CASES, "open", value=True)
    scene = await scene_for(desk, tx, opened)
    entries = await _entries(desk, since, scene.now)
    return digest_card(opened, count, entries, await read_health(desk), scene, since)


async def _entries(desk: Desk, since: datetime, now: datetime) -> list[Entry]:
    entries: list[Entry] = []
    for back in range(min((now.date() - since.date()).days, LONGEST) + 1):
        day = (now.date() - timedelta(days=back)).isoformat()
        found = await desk.store.find(ENTRIES, "day", day, limit=ENTRIES_READ)
        entries += [entry for entry in found if entry.at >= since]
    return sorted(entries, key=lambda entry: entry.at)
