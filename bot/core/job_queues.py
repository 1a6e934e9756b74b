"""A queue of jobs: all of one kind, one after another, each claimed and with a time limit."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import msgspec
import structlog

from bot.core.clocks import Ages, ClockReading
from bot.core.collections import JOBS, Job
from bot.core.context import AppContext
from bot.core.job_handlers import JobHandler
from bot.core.scanning import each_found
from bot.core.scheduler import Work
from bot.core.store import Transaction, run_in_transaction
from bot.errors import BrandwardenError, UserError

log = structlog.get_logger(__name__)

DEATHS = 10
"""So often the program may end in the middle of a job before the job itself is blamed."""
FORGIVEN = 3
"""After so many it waits as after a failure: the rest of the program gets a chance first."""
FIRST_PAUSE = timedelta(seconds=20)
DOUBLINGS = 11
"""So often the pause doubles, to half a day."""
BROKE = "Something went wrong. Look for 'job broke' in the log."
LEASE = 2
"""A claim holds for so many time limits. Its owner ends the job within one, if it lives."""

GiveUp = Callable[[Job, str], Awaitable[None]]
"""Tells people that a job came to nothing, and why; its transaction ends it."""


class JobQueue:
    """Does the jobs of one kind.

    The store keeps moments of the wall clock. How long ago they were is worked out once, when they
    are met; from then on the steady clock counts, so that a clock that is set delays nothing.
    """

    def __init__(
        self,
        app: AppContext,
        kind: str,
        job: JobHandler,
        give_up: GiveUp,
        owner: str,
        *,
        alone: bool,
    ) -> None:
        """Claim jobs of the kind as ``owner``. ``alone``: every other owner is dead."""
        self._app = app
        self._kind = kind
        self._job = job
        self._give_up = give_up
        self._owner = owner
        self._alone = alone
        self._ages = Ages()
        self._busy = asyncio.Lock()

    async def tick(self) -> None:
        """Do all that is due, unless that is under way."""
        if self._busy.locked():
            return
        async with self._busy:
            met: list[str] = []
            async for job in each_found(self._app.store, JOBS, "kind", self._kind):
                met.append(job.key)
                if self._is_due(job):
                    await self._do(job)
                    self._app.scheduler.trigger(Work.OUTBOX)
            self._ages.keep(met)

    def _is_due(self, job: Job) -> bool:
        now = ClockReading(self._app.clock(), self._app.monotonic())
        if self._lost(job):
            # Its owner died, or cannot be asked: then its claim holds until the lease is over.
            pause = _pause(job.tries, job.deaths + 1)
            pause = pause if self._alone else max(pause, LEASE * self._job.limit)
            since = job.claimed_at or job.due_at
        else:
            pause = _pause(job.tries, job.deaths)
            since = job.due_at - pause
        return self._ages.of(job.key, since, now) >= pause

    def _lost(self, job: Job) -> bool:
        return job.owner not in ("", self._owner)

    async def _do(self, job: Job) -> None:
        claimed = await run_in_transaction(self._app.store, lambda tx: self._claim(tx, job.key))
        if claimed is None:
            return
        if claimed.deaths < DEATHS:
            await self._run(claimed)
        else:
            why = "Brandwarden stopped each time it worked on this."
            await self._failed(claimed, why, hopeless=True)

    async def _claim(self, tx: Transaction, key: str) -> Job | None:
        """Write down who does it; None if another took or ended it meanwhile."""
        found = await tx.get(JOBS, key)
        if found is None or not self._is_due(found):
            return None
        claimed = msgspec.structs.replace(
            found,
            owner=self._owner,
            claimed_at=self._app.clock(),
            deaths=found.deaths + self._lost(found),
        )
        tx.put(JOBS, claimed)
        return claimed

    async def _run(self, job: Job) -> None:
        limit = self._job.limit.total_seconds()
        time = asyncio.timeout(limit)
        try:
            async with time:
                await self._job.run(job)
        except UserError as error:
            # A person has to do something first, so they hear of it before the next try, not after.
            await self._failed(job, str(error), hopeless=True)
        except BrandwardenError as error:
            await self._failed(job, str(error))
        except Exception:
            if time.expired():
                await self._failed(job, f"It took longer than {limit:,.0f} seconds.")
                return
            # One job that breaks must not stop the others.
            log.exception("job broke", kind=job.kind, ref=job.ref)
            await self._failed(job, BROKE)

    async def _failed(self, job: Job, why: str, *, hopeless: bool = False) -> None:
        log.warning("job failed", kind=job.kind, ref=job.ref, why=why)
        enough = hopeless or job.tries + 1 >= self._job.tries
        if enough and await self._gave_up(job, why):
            return
        await run_in_transaction(self._app.store, lambda tx: self._put_off(tx, job))

    async def _put_off(self, tx: Transaction, job: Job) -> None:
        if await tx.get(JOBS, job.key) == job:
            tries = job.tries + 1
            due_at = self._app.clock() + _pause(tries, job.deaths)
            later = msgspec.structs.replace(
                job, tries=tries, due_at=due_at, owner="", claimed_at=None
            )
            tx.put(JOBS, later)

    async def _gave_up(self, job: Job, why: str) -> bool:
        try:
            await self._give_up(job, why)
        except Exception:
            # It stays and is tried again, ever more rarely; the others go on.
            log.exception("job not given up", kind=job.kind, ref=job.ref)
            return False
        return True


def _pause(tries: int, deaths: int) -> timedelta:
    """Return the pause after so many failed tries, and so many ends of the program."""
    steps = tries + max(0, deaths - FORGIVEN)
    if not steps:
        return timedelta()
    doubled: int = 2 ** min(steps - 1, DOUBLINGS)
    return FIRST_PAUSE * doubled
