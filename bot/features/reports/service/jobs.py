"""The job of making a report's packet."""

from __future__ import annotations

from datetime import timedelta

from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.job_handlers import JobHandler
from bot.core.store import Transaction
from bot.features.cases.service.working import note_failure
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.packets import PACKET
from bot.features.reports.models.reports import ReportState
from bot.features.reports.rules import steps
from bot.features.reports.service.packing import PacketJob
from bot.features.reports.service.reports import case_of, find_report, show

FAILED = "Could not make the evidence packet: {} The report is a draft again. Confirm it to retry."
LIMIT = timedelta(minutes=15)


def jobs(app: AppContext) -> dict[str, JobHandler]:
    """Return what does it."""

    async def gave_up(tx: Transaction, job: Job, why: str) -> None:
        """Make the report a draft again, or it would wait for its packet for ever."""
        report = await find_report(tx, job.ref)
        if report.state is ReportState.CONFIRMED:
            draft = steps.revoke(report)
            tx.put(REPORTS, draft)
            await show(app, tx, await case_of(tx, draft), draft)
        await note_failure(app, tx, report.case, job, FAILED.format(why))

    return {PACKET: JobHandler(PacketJob(app).run, limit=LIMIT, gave_up=gave_up)}
