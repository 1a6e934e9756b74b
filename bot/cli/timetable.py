"""What runs when: every kind of work that the program does by itself, and its period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.app.calendar import Calendar
from bot.app.checklists.rounds import Rounds
from bot.app.clock_watch import ClockWatch
from bot.app.desk import Desk
from bot.app.disk import DiskWatch
from bot.app.dispatch.dispatcher import OutboxDispatcher
from bot.app.evidence.deleting import Retention
from bot.app.follow_ups import FollowUps
from bot.app.outages import OutageWatch
from bot.app.reviews.reviewing import Reviews
from bot.app.training import Lessons
from bot.app.work import errands
from bot.ports import Engine
from checks.runner import Runner

TICK = timedelta(milliseconds=500)
CLOCK = timedelta(seconds=1)
DISK = timedelta(seconds=1)
SENT_AGAIN = timedelta(seconds=2)
CALENDAR = timedelta(seconds=20)
FOLLOW_UPS = timedelta(minutes=5)
HOURLY = timedelta(hours=1)


def schedule(
    engine: Engine,
    desk: Desk,
    runner: Runner,
    senders: Sequence[OutboxDispatcher],
    outage_after: timedelta,
    disk: DiskWatch,
) -> None:
    """Register all work with the engine; nothing runs before the engine is started."""
    by_name = {sender.name: sender for sender in senders}

    async def send_all(_: str) -> None:
        for name in by_name:
            engine.kick("send", name)

    engine.handle("send", lambda name: by_name[name].deliver())
    outages, clock = OutageWatch(desk, outage_after), ClockWatch(desk)
    clock.on_step(outages.clock_set)
    errand_work = errands(desk)
    engine.handle("errand", errand_work.tick)
    periodic = (
        ("clock", clock.tick, CLOCK),
        ("disk", disk.tick, DISK),
        ("tick", runner.tick, TICK),
        ("outbox", send_all, SENT_AGAIN),
        ("errands", errand_work.spread, SENT_AGAIN),
        ("calendar", Calendar(desk).tick, CALENDAR),
        ("outages", outages.tick, CALENDAR),
        ("rounds", Rounds(desk).tick, CALENDAR),
        ("lessons", Lessons(desk).tick, CALENDAR),
        ("reviews", Reviews(desk).tick, CALENDAR),
        ("follow-ups", FollowUps(desk).tick, FOLLOW_UPS),
        ("retention", Retention(desk).tick, HOURLY),
        ("titles", runner.titles, HOURLY),
    )
    for name, work, period in periodic:
        engine.handle(name, work)
        engine.every(period, name)
