"""The daily digest: what happened today."""

from __future__ import annotations

from datetime import UTC, datetime, time

from bot.app.collections import CASES, ENTRIES
from bot.app.desk import Desk
from bot.app.health import read_health
from bot.app.scenes import scene_for
from bot.domain.cases import Entry
from bot.ports import Transaction
from bot.ui.cards import Card
from bot.ui.views.team import digest_card

CASES_READ = 200
ENTRIES_READ = 100


async def todays_digest(desk: Desk, tx: Transaction) -> Card:
    """Gather what happened since midnight in the team's zone."""
    opened = await desk.store.find(CASES, "open", value=True, limit=CASES_READ, newest=True)
    recent = await desk.store.page(CASES, limit=CASES_READ, newest=True)
    cases = {case.key: case for case in (*opened, *recent)}
    scene = await scene_for(desk, tx, opened)
    local = scene.team.local(scene.now)
    midnight = datetime.combine(local.date(), time(), local.tzinfo).astimezone(UTC)
    entries: list[Entry] = []
    for key in cases:
        latest = await desk.store.find(ENTRIES, "case", key, limit=ENTRIES_READ, newest=True)
        entries += [entry for entry in latest if entry.at >= midnight]
    entries.sort(key=lambda entry: entry.at)
    return digest_card(opened, entries, await read_health(desk), scene)
