"""Writes to a store as fast as it can and prints what was acknowledged, until it is killed.

Each transaction of a worker makes a new ticket and raises the worker's tally, in two collections:
one is packed by compactions, the other is held in memory.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import msgspec

from adapters.storage.tinydb import TinyStore
from bot.core.store import Collection

WORKERS = 8


class Ticket(msgspec.Struct, frozen=True):
    name: str
    worker: int


class Tally(msgspec.Struct, frozen=True):
    worker: str
    tickets: int = 0
    padding: str = "p" * 500
    """What is written again and again makes the log wasteful, so that it is compacted."""


TICKETS = Collection[Ticket](
    "tickets", Ticket, lambda ticket: ticket.name, ("worker",), packed=True
)
TALLIES = Collection[Tally]("tallies", Tally, lambda tally: tally.worker)


async def open_store(folder: Path) -> TinyStore:
    return await TinyStore.open(folder, (TICKETS, TALLIES), compact_from=100_000)


async def work(store: TinyStore, worker: int) -> None:
    while True:
        async with store.transaction() as tx:
            tally = await tx.get(TALLIES, str(worker)) or Tally(str(worker))
            name = f"{worker}-{tally.tickets}"
            tx.create(TICKETS, Ticket(name, worker))
            tx.put(TALLIES, Tally(str(worker), tally.tickets + 1))
        os.write(1, f"{name}\n".encode())


async def main(folder: Path) -> None:
    store = await open_store(folder)
    await asyncio.gather(*(work(store, worker) for worker in range(WORKERS)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
