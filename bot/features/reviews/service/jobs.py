"""The job of making a review."""

from __future__ import annotations

from datetime import timedelta

from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.job_handlers import JobHandler
from bot.core.jobs import reason, tell_channel
from bot.core.store import Transaction
from bot.features.reviews.models.reviews import REVIEW
from bot.features.reviews.service.reviewing import ReviewJob

LIMIT = timedelta(minutes=5)
TITLE = "Could not create the review"
FAILED = "{} Type /review now to try again, or /health to see what is wrong."


def jobs(app: AppContext) -> dict[str, JobHandler]:
    """Return what does it."""

    async def gave_up(tx: Transaction, job: Job, why: str) -> None:
        tell_channel(app, tx, job, TITLE, FAILED.format(reason(why)))

    return {REVIEW: JobHandler(ReviewJob(app).run, limit=LIMIT, gave_up=gave_up)}
