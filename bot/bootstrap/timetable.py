"""What runs when: every kind of work that the program does by itself, and its period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.core.clock_watch import ClockWatch
from bot.core.context import AppContext
from bot.core.disk_watch import DiskWatch
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.jobs import job_runner
from bot.core.scheduler import Scheduler, Work
from bot.features.checklists.service.rounds import ChecklistJob
from bot.features.evidence.service.deleting import Retention
from bot.features.overview.service.calendar import Calendar
from bot.features.reports.service.follow_ups import FollowUps
from bot.features.reviews.service.reviewing import Reviews
from bot.features.training.service import Lessons
from bot.features.watchlist.service.outages import OutageWatch
from checks.monitor import ListingMonitor

TICK = timedelta(milliseconds=500)
CLOCK = timedelta(seconds=1)
DISK = timedelta(seconds=1)
SENT_AGAIN = timedelta(seconds=2)
CALENDAR = timedelta(seconds=20)
FOLLOW_UPS = timedelta(minutes=5)
HOURLY = timedelta(hours=1)


def schedule(
    scheduler: Scheduler,
    app: AppContext,
    runner: ListingMonitor,
    senders: Sequence[OutboxDispatcher],
    outage_after: timedelta,
    disk: DiskWatch,
) -> None:
    """Register all work; nothing runs before the scheduler is started."""
    by_name = {sender.name: sender for sender in senders}

    async def send_all(_: str) -> None:
        for name in by_name:
            scheduler.trigger(Work.SEND, name)

    scheduler.handle(Work.SEND, lambda name: by_name[name].deliver(), Work.SEND.label)
    outages, clock = OutageWatch(app, outage_after), ClockWatch(app)
    runner_of_jobs = job_runner(app)
    scheduler.handle(Work.JOB, runner_of_jobs.tick, Work.JOB.label)
    periodic = (
        (Work.CLOCK, clock.tick, CLOCK),
        (Work.DISK, disk.tick, DISK),
        (Work.TICK, runner.tick, TICK),
        (Work.OUTBOX, send_all, SENT_AGAIN),
        (Work.JOBS, runner_of_jobs.spread, SENT_AGAIN),
        (Work.CALENDAR, Calendar(app).tick, CALENDAR),
        (Work.OUTAGES, outages.tick, CALENDAR),
        (Work.ROUNDS, ChecklistJob(app).tick, CALENDAR),
        (Work.LESSONS, Lessons(app).tick, CALENDAR),
        (Work.REVIEWS, Reviews(app).tick, CALENDAR),
        (Work.FOLLOW_UPS, FollowUps(app).tick, FOLLOW_UPS),
        (Work.RETENTION, Retention(app).tick, HOURLY),
        (Work.TITLES, runner.titles, HOURLY),
    )
    for work, run, period in periodic:
        scheduler.handle(work, run, work.label)
        scheduler.every(period, work)
