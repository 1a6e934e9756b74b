"""What runs when: every kind of work that the program does by itself, and its period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.core.clock_watch import ClockWatch
from bot.core.context import AppContext
from bot.core.disk_watch import DiskWatch
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.jobs import job_runner
from bot.core.scheduler import Scheduler
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
    """Register all work with the engine; nothing runs before the engine is started."""
    by_name = {sender.name: sender for sender in senders}

    async def send_all(_: str) -> None:
        for name in by_name:
            scheduler.trigger("send", name)

    scheduler.handle("send", lambda name: by_name[name].deliver(), "Sending messages")
    outages, clock = OutageWatch(app, outage_after), ClockWatch(app)
    clock.on_step(outages.clock_set)
    runner_of_jobs = job_runner(app)
    scheduler.handle("job", runner_of_jobs.tick, "Captures, packets and other jobs")
    periodic = (
        ("clock", clock.tick, CLOCK, "Watching the clock"),
        ("disk", disk.tick, DISK, "Watching the disk"),
        ("tick", runner.tick, TICK, "Checking products"),
        ("outbox", send_all, SENT_AGAIN, "Starting to send messages"),
        ("jobs", runner_of_jobs.spread, SENT_AGAIN, "Starting jobs"),
        ("calendar", Calendar(app).tick, CALENDAR, "Snoozes and the daily digest"),
        ("outages", outages.tick, CALENDAR, "Outage notices"),
        ("rounds", ChecklistJob(app).tick, CALENDAR, "Checklists"),
        ("lessons", Lessons(app).tick, CALENDAR, "Lessons"),
        ("reviews", Reviews(app).tick, CALENDAR, "Quarterly reviews"),
        ("follow-ups", FollowUps(app).tick, FOLLOW_UPS, "Follow-ups of reports"),
        ("retention", Retention(app).tick, HOURLY, "Deleting old evidence"),
        ("titles", runner.titles, HOURLY, "Product names"),
    )
    for name, work, period, label in periodic:
        scheduler.handle(name, work, label)
        scheduler.every(period, name)
