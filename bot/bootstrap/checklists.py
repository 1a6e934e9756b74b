"""What is asked of the team again and again, put together from files."""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from bot.bootstrap.features import COMMAND_NAMES
from bot.core.cadences import Cadences
from bot.features.checklists.models.definitions import Checklist
from bot.settings import Settings
from checks.checklists import gather

log = structlog.get_logger(__name__)


def read_checklists(settings: Settings, cadences: Cadences) -> Sequence[Checklist]:
    """Return the checklists; one of the team's own that is wrong is left out."""
    gathered = gather(settings.checklists, cadences, COMMAND_NAMES)
    for why in gathered.left_out:
        log.warning("checklist left out", why=why)
    return gathered.checklists
