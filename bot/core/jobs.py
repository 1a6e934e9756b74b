"""Jobs: long work that was asked for and has to be done, whatever happens to the process.

A job is written in the transaction that asks for it, and deleted in the one that brings its
result; in between it may be begun more than once. Kinds run side by side, one job of each: a
capture that hangs holds up other captures, and no packet.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping

from bot.core.cards import Card, Tone
from bot.core.collections import JOBS, Job
from bot.core.context import AppContext
from bot.core.job_handlers import JobHandler
from bot.core.job_queues import GiveUp, JobQueue
from bot.core.permissions import Person
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.core.text import clip
from bot.errors import UserError

WHY = 1000
"""Characters of the reason why a job came to nothing."""


def enqueue(
    app: AppContext, tx: Transaction, kind: str, ref: str, who: Person | None = None
) -> None:
    """Have the work done soon after the transaction has taken effect.

    A feature names the kinds that it does, and brings what does them in ``jobs=`` of its FEATURE.
    """
    now = app.clock()
    tx.put(JOBS, Job(kind=str(kind), ref=ref, asked_at=now, asked_by=who, due_at=now))


async def take_off(tx: Transaction, job: Job) -> bool:
    """End the job with this transaction.

    False: it is another one by now, asked for anew or claimed by another process, and that one
    brings the result. Then nothing may be written.
    """
    if await tx.get(JOBS, job.key) != job:
        return False
    tx.delete(JOBS, job.key)
    return True


async def in_parts(app: AppContext, part: Callable[[Transaction], Awaitable[bool]]) -> None:
    """Do a job in transactions of their own, until one returns that it was the last.

    What each tells is sent at once, and other work has its turn between them.
    """
    while await run_in_transaction(app.store, part):
        app.scheduler.trigger(Work.OUTBOX)
        await asyncio.sleep(0)
    app.scheduler.trigger(Work.OUTBOX)


class JobRunner:
    """Does what is due, side by side by kind."""

    def __init__(
        self,
        app: AppContext,
        jobs: Mapping[str, JobHandler],
        give_up: GiveUp,
        *,
        alone: bool = True,
    ) -> None:
        """Know what to do for each kind of job, and for one that comes to nothing.

        ``alone``: no other process works on this store, so whoever else claimed a job is dead.
        Otherwise another's claim holds until its lease is over.
        """
        self._app = app
        self._jobs = jobs
        self._give_up = give_up
        self._alone = alone
        self._owner = secrets.token_hex(8)
        self._queues: dict[str, JobQueue] = {}

    async def spread(self, _: str = "") -> None:
        """Have the scheduler do each kind that waits, under a key of its own."""
        for kind in await self._kinds():
            self._app.scheduler.trigger(Work.JOB, kind)

    async def tick(self, kind: str = "") -> None:
        """Do all that is due of a kind, one after another; without a kind, of all side by side."""
        kinds = [kind] if kind else await self._kinds()
        await asyncio.gather(*(self._queue(each).tick() for each in kinds))

    def _queue(self, kind: str) -> JobQueue:
        if kind not in self._queues:
            job = self._jobs.get(kind, JobHandler(_refuse))
            self._queues[kind] = JobQueue(
                self._app, kind, job, self._give_up, self._owner, alone=self._alone
            )
        return self._queues[kind]

    async def _kinds(self) -> list[str]:
        """Return the kinds of which any job waits, also those of another version."""
        return [str(kind) for kind in await self._app.store.values(JOBS, "kind")]


def job_runner(app: AppContext) -> JobRunner:
    """Return what does the jobs of all features."""
    handlers = app.features.jobs(app)

    async def give_up(job: Job, why: str) -> None:
        await run_in_transaction(app.store, lambda tx: end(tx, job, why))

    async def end(tx: Transaction, job: Job, why: str) -> None:
        # Of a job that only another version knows, it is not known what came to nothing.
        handler = handlers.get(job.kind)
        if await take_off(tx, job) and handler is not None and handler.gave_up is not None:
            await handler.gave_up(tx, job, why)

    return JobRunner(app, handlers, give_up)


def tell_channel(app: AppContext, tx: Transaction, job: Job, title: str, text: str) -> None:
    """Tell the channel of a job that came to nothing and that belongs to no case."""
    name = f"errand/{job.kind}-{job.ref}-{job.asked_at:%Y%m%d%H%M%S%f}"
    app.outbox.post(tx, name, Card(title=title, body=text, tone=Tone.WARNING))


def reason(why: str) -> str:
    """Return why a job came to nothing, as long as a card takes it."""
    return clip(why, WHY)


async def _refuse(job: Job) -> None:
    message = f"This version of Brandwarden cannot run jobs of kind {job.kind!r}. Update it."
    raise UserError(message)
