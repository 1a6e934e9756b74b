"""What is asked of the team again and again, put together from files."""

from __future__ import annotations

import structlog

from bot.app.desk import Guard
from bot.settings import Settings
from bot.texts.lessons import read_lessons
from checks.cadence import CronCadences
from checks.checklists import gather

log = structlog.get_logger(__name__)


def open_guard(settings: Settings) -> Guard:
    """Read checklists and lessons; a checklist of the team's own that is wrong is left out."""
    cadences = CronCadences()
    gathered = gather(settings.checklists, cadences)
    for why in gathered.left_out:
        log.warning("checklist left out", why=why)
    return Guard(cadences, gathered.checklists, read_lessons())
