"""Outside time-stamps over an entry of a case's custody log: an errand."""

from __future__ import annotations

from functools import partial

import msgspec

from bot.app.collections import CUSTODY, ERRANDS, STAMPS, Errand
from bot.app.desk import Desk
from bot.app.evidence import log_deed
from bot.app.transact import transact
from bot.domain.evidence.custody import CustodyEntry, Deed
from bot.domain.evidence.packets import Stamp
from bot.errors import StampError
from bot.ports import TimestampAuthority, Transaction


class Stamping:
    """Asks every authority about an entry, which stands for all before it."""

    def __init__(self, desk: Desk) -> None:
        """Work on the desk."""
        self._desk = desk

    async def run(self, errand: Errand) -> None:
        """Have the entry stamped by every authority that has not stamped it yet.

        Raises:
            StampError: one of them did not answer; the others' stamps are kept.
        """
        entry = await self._desk.store.get(CUSTODY, errand.ref)
        silent: list[str] = []
        for authority in self._desk.tools.authorities:
            if entry is None:
                break
            try:
                await self._stamp(entry, authority)
            except StampError as error:
                silent.append(str(error))
        if silent:
            raise StampError(" ".join(silent))
        async with self._desk.store.transaction() as tx:
            tx.delete(ERRANDS, errand.key)

    async def _stamp(self, entry: CustodyEntry, authority: TimestampAuthority) -> None:
        desk = self._desk
        stamp = Stamp(
            case=entry.case,
            number=entry.number,
            authority=authority.name,
            token="",
            at=desk.clock(),
        )
        if await desk.store.get(STAMPS, stamp.key) is not None:
            return
        answer = await authority.stamp(bytes.fromhex(entry.hash))
        facts = {"kind": "time-stamp", "authority": authority.name, "at": stamp.at.isoformat()}
        token = await desk.evidence.keep(answer, facts)
        await transact(desk.store, partial(self._write, entry, stamp, token))

    async def _write(self, entry: CustodyEntry, stamp: Stamp, token: str, tx: Transaction) -> None:
        desk = self._desk
        tx.put(STAMPS, msgspec.structs.replace(stamp, token=token))
        says = f"entry {entry.number} by {stamp.authority}"
        await log_deed(desk, tx, entry.case, None, Deed.STAMPED, token, says)
