"""Errands: long work that was asked for and has to be done, whatever happens to the process.

An errand is written in the transaction that asks for it, and deleted in the one that brings its
result; in between it may be begun more than once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

import msgspec
import structlog

from bot.app.collections import ERRANDS, Errand
from bot.app.desk import Desk
from bot.domain.clocks import PARTED
from bot.domain.people import Person
from bot.errors import BrandwardenError, UserError
from bot.ports import Transaction

log = structlog.get_logger(__name__)

CAPTURE = "capture"
PACKET = "packet"
STAMP = "stamp"
DELETE = "delete"
PICTURES = "pictures"
REVIEW = "review"

ERRANDS_AT_ONCE = 100
TRIES = {STAMP: 12}
FEW = 3
"""So often an errand is tried before people are told that it came to nothing."""
FIRST_PAUSE = timedelta(seconds=20)
DOUBLINGS = 11
"""So often the pause doubles, to half a day."""

Run = Callable[[Errand], Awaitable[None]]
"""Does an errand; its own transaction deletes it."""
GiveUp = Callable[[Errand, str], Awaitable[None]]
"""Tells people that an errand came to nothing, and why; its transaction deletes it."""


def ask_errand(desk: Desk, tx: Transaction, kind: str, ref: str, who: Person | None = None) -> None:
    """Have the work done soon after the transaction has taken effect."""
    now = desk.clock()
    tx.put(ERRANDS, Errand(kind=kind, ref=ref, asked_at=now, asked_by=who, due_at=now))


class Errands:
    """Does what is due, one after the other."""

    def __init__(self, desk: Desk, runs: Mapping[str, Run], give_up: GiveUp) -> None:
        """Know what to do for each kind of errand."""
        self._desk = desk
        self._runs = runs
        self._give_up = give_up

    async def tick(self, _: str = "") -> None:
        """Do all that is due."""
        now = self._desk.clock()
        waiting = await self._desk.store.page(ERRANDS, limit=ERRANDS_AT_ONCE)
        for errand in waiting:
            if _due(errand, now):
                await self._do(errand)
                self._desk.engine.kick("outbox")

    async def _do(self, errand: Errand) -> None:
        try:
            await self._runs[errand.kind](errand)
        except UserError as error:
            # A person has to do something first, so they hear of it before the next try, not after.
            await self._failed(errand, str(error), hopeless=True)
        except BrandwardenError as error:
            await self._failed(errand, str(error))
        except Exception as error:
            # One errand that breaks must not stop the others.
            log.exception("errand broke", kind=errand.kind, ref=errand.ref)
            await self._failed(errand, f"something broke here ({type(error).__name__})")

    async def _failed(self, errand: Errand, why: str, *, hopeless: bool = False) -> None:
        log.warning("errand failed", kind=errand.kind, ref=errand.ref, why=why)
        enough = hopeless or errand.tries + 1 >= TRIES.get(errand.kind, FEW)
        if enough and await self._gave_up(errand, why):
            return
        later = self._desk.clock() + _pause(errand.tries)
        async with self._desk.store.transaction() as tx:
            tx.put(ERRANDS, msgspec.structs.replace(errand, tries=errand.tries + 1, due_at=later))

    async def _gave_up(self, errand: Errand, why: str) -> bool:
        try:
            await self._give_up(errand, why)
        except Exception:
            # It stays and is tried again, ever more rarely; the others go on.
            log.exception("errand not given up", kind=errand.kind, ref=errand.ref)
            return False
        return True


def _pause(failures: int) -> timedelta:
    """Return the pause after one more failure."""
    pause: timedelta = FIRST_PAUSE * 2 ** min(failures, DOUBLINGS)
    return pause


def _due(errand: Errand, now: datetime) -> bool:
    """Tell whether to do it now; what is put off beyond its pause, a clock that was ahead put."""
    longest = _pause(errand.tries - 1) if errand.tries else timedelta()
    return errand.due_at <= now or errand.due_at - now > longest + PARTED
