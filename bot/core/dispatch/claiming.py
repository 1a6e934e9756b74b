"""Claiming rows of the outbox: which may go now, and whose they are while they are sent."""

from __future__ import annotations

import dataclasses
import secrets
from collections import deque
from collections.abc import Sequence
from datetime import timedelta

import msgspec

from bot.core.clocks import Ages, ClockReading
from bot.core.collections import OUTBOX
from bot.core.context import AppContext
from bot.core.dispatch.breaker import NEVER, ChatBreaker, pause_after
from bot.core.dispatch.choosing import SendingState, choose, join_lines, joined
from bot.core.dispatch.messages import Op, OutboxMessage, OutboxState
from bot.core.dispatch.places import Places
from bot.core.scanning import each_found
from bot.core.store import Transaction, run_in_transaction

PROBED = 2
"""So many of the last probes are passed over for the next one."""
LEASE = timedelta(minutes=10)
"""So long a claim holds; one message takes far less, with all its files."""


class Claims:
    """What one process claims of one chat's rows.

    The store keeps when a row was tried; the deadline of its next try is kept here, by a clock that
    only grows, so that a clock that is set delays nothing.
    """

    def __init__(self, app: AppContext, chat: str, breaker: ChatBreaker, *, alone: bool) -> None:
        """Claim rows of the chat. ``alone``: whatever is claimed already was left behind."""
        self._app = app
        self._chat = chat
        self._breaker = breaker
        self._places = Places(chat, app.store)
        self._alone = alone
        self._owner = secrets.token_hex(4)
        self._due_at: dict[str, float] = {}
        self._paused: dict[Op, float] = {}
        self._leases = Ages()
        self._put_off: dict[Op, float] = {}
        self._probed: deque[OutboxMessage] = deque(maxlen=PROBED)

    async def claim(self, limit: int) -> list[OutboxMessage]:
        """Mark at most so many rows that go next as being sent, and return them in order."""
        rows = await self._free()
        return await self._mark(self._next(rows, await self._moment(), limit))

    async def claim_elsewhere(self, limit: int) -> list[OutboxMessage]:
        """Claim what goes past the channel for alerts, which takes nothing now.

        Without a route that is nothing: what waits is not even looked at.
        """
        room = await self._places.binding()
        if room is None or not room.routed:
            return []
        rows, moment = await self._free(), await self._moment()
        able = {row.sequence for row in rows if await self._places.elsewhere(row)}
        past = dataclasses.replace(moment, due=lambda row: row.sequence in able and moment.due(row))
        return await self._mark(choose(rows, past, limit) if able else ())

    async def _free(self) -> list[OutboxMessage]:
        rows = await self._waiting()
        self._leases.keep(row.sequence for row in rows)
        # What was left behind waits its turn like the rest: the head of its thread, which was put
        # back, may be among what is pending.
        return [row for row in rows if row.state is OutboxState.PENDING or self._left_over(row)]

    async def _mark(self, chosen: Sequence[OutboxMessage]) -> list[OutboxMessage]:
        return await run_in_transaction(self._app.store, lambda tx: self._take(tx, chosen))

    async def release(self) -> None:
        """Let what was left behind wait like the rest, with the doubt that it may be there."""
        left = [row.sequence for row in await self._waiting() if self._left_over(row)]
        if left:
            await run_in_transaction(self._app.store, lambda tx: self._release(tx, left))

    async def _release(self, tx: Transaction, sequences: Sequence[str]) -> None:
        for sequence in sequences:
            row = await tx.get(OUTBOX, sequence)
            if row is not None and row.state is OutboxState.SENDING:
                tx.put(OUTBOX, msgspec.structs.replace(_doubted(row), state=OutboxState.PENDING))

    async def put_back(self, row: OutboxMessage) -> None:
        """Give up the claim; the row waits as it did."""
        async with self._app.store.transaction() as tx:
            tx.put(OUTBOX, msgspec.structs.replace(row, state=OutboxState.PENDING))

    def paused(self, op: Op) -> bool:
        """Tell whether the chat asked to wait with everything of that kind."""
        return self._app.monotonic() < self._paused.get(op, NEVER)

    def pause(self, op: Op, seconds: float) -> None:
        """Wait with everything of that kind."""
        now = self._app.monotonic()
        self._paused[op] = now + seconds
        self._put_off.setdefault(op, now)

    def put_off(self, op: Op) -> float:
        """Tell for how many seconds the chat has asked again and again to wait with that kind."""
        now = self._app.monotonic()
        return now - self._put_off.get(op, now)

    def went(self, op: Op) -> None:
        """Something of that kind was taken."""
        self._put_off.pop(op, None)

    def retry_in(self, sequence: str, seconds: float) -> None:
        """Let a row wait so long for its next try."""
        self._due_at[sequence] = self._app.monotonic() + seconds

    def forget(self, sequence: str) -> None:
        """A row is done with."""
        self._due_at.pop(sequence, None)

    def _next(
        self, rows: Sequence[OutboxMessage], moment: SendingState, limit: int
    ) -> list[OutboxMessage]:
        # Where a first message decides where alerts go, everything else waits for it.
        if proofs := [row for row in rows if row.channel and moment.due(row)]:
            return proofs[:1]
        if not self._breaker.out:
            return choose(rows, moment, limit)
        return self._choose_probe(rows, moment, limit)

    def _choose_probe(
        self, rows: Sequence[OutboxMessage], moment: SendingState, limit: int
    ) -> list[OutboxMessage]:
        """Choose one row: it may be the row that is at fault, so another one has its turn too."""
        if not self._breaker.rotates:
            # What goes first when it is over, however lately it was tried.
            return choose(rows, dataclasses.replace(moment, due=self._may_go), 1)
        keys = {row.ordering_key for row in self._probed}
        chosen = choose(rows, moment, limit)
        others = [row for row in chosen if row.ordering_key not in keys]
        probe = (others or chosen)[:1]
        self._probed.extend(probe)
        return probe

    async def _waiting(self) -> list[OutboxMessage]:
        waiting = each_found(self._app.store, OUTBOX, "chat", self._chat)
        return [row async for row in waiting]

    async def _moment(self) -> SendingState:
        now = self._app.clock()
        team = await self._app.team()
        return SendingState(now, quiet=team.quiet_until(now) is not None, due=self._is_due)

    def _may_go(self, row: OutboxMessage) -> bool:
        return not self.paused(row.op)

    def _is_due(self, row: OutboxMessage) -> bool:
        if self.paused(row.op):
            return False
        if not row.attempts or row.tried_at is None:
            return True
        if row.sequence not in self._due_at:
            # It was tried by an earlier process, whose deadline went with it.
            passed = max(0.0, (self._app.clock() - row.tried_at).total_seconds())
            self.retry_in(row.sequence, max(0.0, pause_after(row.attempts) - passed))
        return self._app.monotonic() >= self._due_at[row.sequence]

    def _left_over(self, row: OutboxMessage) -> bool:
        if row.state is not OutboxState.SENDING:
            return False
        return self._alone or row.owner == self._owner or self._expired(row)

    def _expired(self, row: OutboxMessage) -> bool:
        """Tell whether another process had its time, by the clock that only grows."""
        if row.leased_until is None:
            return False
        now = ClockReading(self._app.clock(), self._app.monotonic())
        return self._leases.of(row.sequence, row.leased_until - LEASE, now) >= LEASE

    async def _take(self, tx: Transaction, chosen: Sequence[OutboxMessage]) -> list[OutboxMessage]:
        """Claim rows as they are now, and make one message of lines that belong together."""
        found = [await tx.get(OUTBOX, row.sequence) for row in chosen]
        claimed: list[OutboxMessage] = []
        for group in join_lines([_doubted(row) for row in found if row is not None]):
            row = msgspec.structs.replace(
                joined(group),
                state=OutboxState.SENDING,
                owner=self._owner,
                leased_until=self._app.clock() + LEASE,
            )
            tx.put(OUTBOX, row)
            for other in group[1:]:
                tx.delete(OUTBOX, other.sequence)
            claimed.append(row)
        return claimed


def _doubted(row: OutboxMessage) -> OutboxMessage:
    """Note that nothing is known of what came of a claim that was left behind."""
    return msgspec.structs.replace(row, doubted=True) if row.state is OutboxState.SENDING else row
