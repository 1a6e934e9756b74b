"""What runs when: what features do by themselves, and what the core and the checks do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from bot.core.clock_watch import ClockWatch
from bot.core.context import AppContext
from bot.core.disk_watch import DiskWatch
from bot.core.dispatch.dispatcher import OutboxDispatcher
from bot.core.interface import speak
from bot.core.jobs import job_runner
from bot.core.scheduler import Scheduler, Work
from checks.monitor import ListingMonitor
from checks.push import PushListener

Tick = Callable[[str], Awaitable[None]]

TICK = timedelta(milliseconds=500)
PUSH = timedelta(milliseconds=500)
CLOCK = timedelta(seconds=1)
DISK = timedelta(seconds=1)
SENT_AGAIN = timedelta(seconds=2)
TITLES = timedelta(hours=1)
SKUS = timedelta(hours=1)
ACCOUNT = timedelta(hours=1)


def schedule(
    scheduler: Scheduler,
    app: AppContext,
    monitor: ListingMonitor,
    dispatchers: Sequence[OutboxDispatcher],
    disk: DiskWatch,
    push: PushListener | None = None,
) -> None:
    """Register all work in the order of ``Work``; nothing runs before the scheduler is started."""
    by_name = {dispatcher.name: dispatcher for dispatcher in dispatchers}

    def spoken(work: Tick) -> Tick:
        """Have the work speak the team's language, as whatever it posts is for them."""

        async def speaking(key: str) -> None:
            with speak(await app.language()):
                await work(key)

        return speaking

    async def send_all(_: str) -> None:
        for name in by_name:
            scheduler.trigger(Work.SEND, name)

    scheduler.handle(Work.SEND, spoken(lambda name: by_name[name].deliver()), Work.SEND.label)
    jobs = job_runner(app)
    scheduler.handle(Work.JOB, spoken(jobs.tick), Work.JOB.label)
    periodic: dict[Work, tuple[Tick, timedelta]] = {
        Work.CLOCK: (ClockWatch(app).tick, CLOCK),
        Work.DISK: (disk.tick, DISK),
        Work.TICK: (monitor.tick, TICK),
        **({Work.PUSH: (push.tick, PUSH)} if push else {}),
        Work.OUTBOX: (send_all, SENT_AGAIN),
        Work.JOBS: (jobs.spread, SENT_AGAIN),
        Work.TITLES: (monitor.catalog.tick, TITLES),
        Work.SKUS: (monitor.skus.tick, SKUS),
        Work.ACCOUNT: (monitor.account.tick, ACCOUNT),
        **{each.work: (each.make(app).tick, each.period) for each in app.features.periodic},
    }
    for work in (each for each in Work if each in periodic):
        run, period = periodic[work]
        scheduler.handle(work, spoken(run), work.label)
        scheduler.every(period, work)
