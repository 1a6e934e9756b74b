"""The jobs about products that look like ours."""

from __future__ import annotations

from bot.core.context import AppContext
from bot.core.job_handlers import JobHandler
from bot.features.copycats.service.asking import CopycatJob
from bot.features.copycats.service.searching import LIMIT, CopycatSearching


def jobs(app: AppContext) -> dict[str, JobHandler]:
    """Return the handler of each kind of job."""
    searching = CopycatSearching(app)
    return {
        CopycatJob.SEARCH: JobHandler(searching.run, limit=LIMIT, gave_up=searching.gave_up),
    }
