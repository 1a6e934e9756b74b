"""Outside time-stamps over an entry of a case's custody log: a job.

Between an authority's answer and the transaction that enters it the process may be killed: then it
is asked once more, and the first answer stays in the vault, where nothing names it.
"""

from __future__ import annotations

import asyncio
from functools import partial

from bot.core.collections import Job
from bot.core.context import AppContext
from bot.core.jobs import take_off
from bot.core.scanning import each_found
from bot.core.store import Transaction, run_in_transaction
from bot.core.text import one_line
from bot.core.vault import TimestampAuthority
from bot.errors import StampError
from bot.features.evidence.collections import CUSTODY, STAMPS
from bot.features.evidence.models.custody import CustodyAction, CustodyEntry, Stamp
from bot.features.evidence.resources import AUTHORITIES
from bot.features.evidence.service.evidence import log_deed

LONGEST_ROOT = 200
"""How many characters of a root certificate's name the custody log takes."""
UNCHECKED = "its signature was not checked because the authority's root certificate is unknown"


class TimestampJob:
    """Asks every authority about an entry, which stands for all before it."""

    def __init__(self, app: AppContext) -> None:
        """Work with the application."""
        self._app = app

    async def run(self, job: Job) -> None:
        """Have the entry stamped by every authority that has not stamped it yet, or a later one.

        Raises:
            StampError: one of them did not answer; the others' stamps are kept.
        """
        entry = await self._app.store.get(CUSTODY, job.ref)
        if entry is not None:
            authorities = self._app.resources[AUTHORITIES]
            # Together, so that a silent one does not hold up the others.
            silent = await asyncio.gather(*(self._asked(entry, each) for each in authorities))
            if any(silent):
                raise StampError(" ".join(filter(None, silent)))
        await run_in_transaction(self._app.store, lambda tx: take_off(tx, job))

    async def _asked(self, entry: CustodyEntry, authority: TimestampAuthority) -> str:
        """Have the entry stamped, and return what went wrong."""
        try:
            await self._stamp(entry, authority)
        except StampError as error:
            return str(error)
        return ""

    async def _stamp(self, entry: CustodyEntry, authority: TimestampAuthority) -> None:
        app = self._app
        async for stamp in each_found(app.store, STAMPS, "case", entry.case, newest=True):
            if _covers(stamp, entry, authority.name):
                return
        answer = await authority.stamp(bytes.fromhex(entry.hash))
        at = app.clock()
        facts = {"kind": "time-stamp", "authority": authority.name, "at": at.isoformat()}
        had = Stamp(
            case=entry.case,
            number=entry.number,
            authority=authority.name,
            token=await app.evidence.keep(answer, facts),
            at=at,
        )
        says = f"entry {entry.number} by {authority.name}; {_checked(authority, answer)}"
        await run_in_transaction(app.store, partial(self._write, had, says))

    async def _write(self, stamp: Stamp, says: str, tx: Transaction) -> None:
        if await tx.get(STAMPS, stamp.key) is None:
            tx.put(STAMPS, stamp)
            await log_deed(
                self._app, tx, stamp.case, None, CustodyAction.STAMPED, stamp.token, says
            )


def _covers(stamp: Stamp, entry: CustodyEntry, authority: str) -> bool:
    return stamp.authority == authority and stamp.number >= entry.number


def _checked(authority: TimestampAuthority, answer: bytes) -> str:
    """Say for the custody log how far the signature was checked."""
    root = authority.root_of(answer)
    return f"its signature chains to {one_line(root, LONGEST_ROOT)}" if root else UNCHECKED
