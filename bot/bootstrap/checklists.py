"""What is asked of the team again and again, put together from files."""

from __future__ import annotations

import structlog

from adapters.scheduling.cadence import CronCadences
from bot.bootstrap.features import COMMAND_NAMES
from bot.core.context import ChecklistCatalog
from bot.features.training.texts.reading import read_lessons
from bot.settings import Settings
from checks.checklists import gather

log = structlog.get_logger(__name__)


def open_guard(settings: Settings) -> ChecklistCatalog:
    """Read checklists and lessons; a checklist of the team's own that is wrong is left out."""
    cadences = CronCadences()
    gathered = gather(settings.checklists, cadences, COMMAND_NAMES)
    for why in gathered.left_out:
        log.warning("checklist left out", why=why)
    return ChecklistCatalog(cadences, gathered.checklists, read_lessons())
