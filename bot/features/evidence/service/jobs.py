"""The jobs of evidence: captures, drawings and timestamps."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.job_handlers import JobHandler
from bot.core.store import Transaction
from bot.features.cases.service.working import note_failure
from bot.features.evidence.models.items import EvidenceJob
from bot.features.evidence.service.capturing import CaptureJob
from bot.features.evidence.service.deleting import LeftToTheSweep
from bot.features.evidence.service.drawing import DrawingJob
from bot.features.evidence.service.stamping import TimestampJob

FAILED: Mapping[str, str] = {
    EvidenceJob.CAPTURE: (
        "Could not take a screenshot of the offer page: {} Try again, or attach a screenshot."
    ),
    EvidenceJob.GRID: "Could not draw the grid on the photos: {} Attach other photos.",
    EvidenceJob.MARKS: (
        "The differences are saved, but could not be drawn on the photos: {} Attach other photos."
    ),
    EvidenceJob.STAMP: (
        "Some trusted timestamps are missing: {} Brandwarden tries again when you add evidence."
    ),
}
STAMP_TRIES = 12
"""Tries of a timestamp: an authority may be out for hours."""


def jobs(app: AppContext) -> dict[str, JobHandler]:
    """Return the handler of each kind of job."""

    async def gave_up(tx: Transaction, job: Job, why: str) -> None:
        case = job.ref.partition("-")[0]
        await note_failure(app, tx, case, job, FAILED[job.kind].format(why))

    return {
        EvidenceJob.CAPTURE: JobHandler(CaptureJob(app).run, gave_up=gave_up),
        EvidenceJob.GRID: JobHandler(DrawingJob(app).run, gave_up=gave_up),
        EvidenceJob.MARKS: JobHandler(DrawingJob(app).run, gave_up=gave_up),
        EvidenceJob.DELETE: JobHandler(LeftToTheSweep(app).run),
        EvidenceJob.STAMP: JobHandler(TimestampJob(app).run, tries=STAMP_TRIES, gave_up=gave_up),
    }
