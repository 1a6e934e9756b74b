"""Every kind of job: who does it, and who is told if it comes to nothing."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.core.cards import Card, Tone
from bot.core.chart_jobs import ChartJob
from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.job_lanes import JobHandler
from bot.core.jobs import CAPTURE, DELETE, PACKET, PICTURES, REVIEW, STAMP, JobRunner, take_off
from bot.core.ports import Transaction
from bot.core.text import clip
from bot.core.transactions import run_in_transaction
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import EntryKind
from bot.features.cases.models.steps import turn
from bot.features.cases.service.recording import record
from bot.features.evidence.service.capturing import CaptureJob
from bot.features.evidence.service.deleting import DeletionJob
from bot.features.evidence.service.stamping import TimestampJob
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import ReportState
from bot.features.reports.rules import steps
from bot.features.reports.service.packing import PacketJob
from bot.features.reports.service.reports import case_of, find_report, show
from bot.features.reviews.service.reviewing import ReviewJob

FAILED = {
    CAPTURE: "The offer's page could not be captured: {} Try it again, or hand in a screenshot.",
    DELETE: "Deleted evidence is still on the disk: {} Look after the data folder.",
    PACKET: "The packet could not be made: {} The report is a draft again: confirm it once more.",
    STAMP: "Not every outside time-stamp could be had: {} The next evidence asks again.",
}
FAILED_IN_CHANNEL = {
    PICTURES: ("The pictures were not drawn", "{} Ask for them again; /health may say more."),
    REVIEW: ("The review was not made", "{} Type /review now to try again; /health may say more."),
}
"""Of jobs that belong to no case, a title and what to do."""
WHY = 1000
STAMP_TRIES = 12
"""An authority may be out for hours."""


def jobs(app: AppContext) -> JobRunner:
    """Return what does the jobs."""

    async def give_up(job: Job, why: str) -> None:
        await run_in_transaction(app.store, lambda tx: _tell(app, tx, job, why))

    changes = asyncio.Lock()
    jobs = {
        CAPTURE: JobHandler(CaptureJob(app, changes).run),
        DELETE: JobHandler(DeletionJob(app, changes).run),
        PACKET: JobHandler(PacketJob(app).run, limit=timedelta(minutes=15)),
        PICTURES: JobHandler(ChartJob(app).run),
        REVIEW: JobHandler(ReviewJob(app).run, limit=timedelta(minutes=5)),
        STAMP: JobHandler(TimestampJob(app).run, tries=STAMP_TRIES),
    }
    return JobRunner(app, jobs, give_up)


async def _case_of(tx: Transaction, job: Job) -> str:
    if job.kind == PACKET:
        return (await find_report(tx, job.ref)).case
    return job.ref.partition("-")[0]


async def _revoke(app: AppContext, tx: Transaction, job: Job) -> None:
    """Make the report a draft again, or it would wait for its packet for ever."""
    report = await find_report(tx, job.ref)
    if report.state is ReportState.CONFIRMED:
        draft = steps.revoke(report)
        tx.put(REPORTS, draft)
        await show(app, tx, await case_of(tx, draft), draft)


async def _tell(app: AppContext, tx: Transaction, job: Job, why: str) -> None:
    if not await take_off(tx, job):
        return
    if job.kind == PACKET:
        await _revoke(app, tx, job)
    if job.kind in FAILED_IN_CHANNEL:
        _tell_channel(app, tx, job, why)
        return
    # Of a job that only another version knows, nobody can say what came to nothing.
    case = await tx.get(CASES, await _case_of(tx, job)) if job.kind in FAILED else None
    if case is not None:
        text = FAILED[job.kind].format(why)
        step = turn(case, EntryKind.NOTE, text, app.clock())
        await record(app, tx, case, [step], asked=job.asked_by is not None)


def _tell_channel(app: AppContext, tx: Transaction, job: Job, why: str) -> None:
    title, text = FAILED_IN_CHANNEL[job.kind]
    name = f"errand/{job.kind}-{job.ref}-{job.asked_at:%Y%m%d%H%M%S%f}"
    card = Card(title=title, body=text.format(clip(why, WHY)), tone=Tone.WARNING)
    app.outbox.post(tx, name, card)
