"""Time that passes while the program is stopped, or dead: what it knows grows older."""

from __future__ import annotations

import signal
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from adapters.storage.tinydb import TinyStore
from adapters.web.messages import COLLECTIONS as WEB_COLLECTIONS
from bot.bootstrap.application import STORE
from bot.bootstrap.features import COLLECTIONS
from bot.core.store import Collection
from tests.journeys.office import Office


class Moved(NamedTuple):
    """Documents that grow older."""

    collection: Collection[Any]
    length: timedelta
    only: str = ""
    """The key of the one that does; empty: all do."""


async def days_pass(
    office: Office, *moved: Moved, seconds: float = 0, by: signal.Signals = signal.SIGTERM
) -> None:
    """End the program, let time pass and the marketplace's world go on, and start it again."""
    assert await office.end(by) == (-by if by is signal.SIGKILL else 0)
    await office.in_slack(lambda: not office.slack.connected)
    await office.in_discord(lambda: not office.discord.connected)
    office.world.advance(seconds)
    await grow_older(office.folder / "data", moved)
    await office.start()


async def grow_older(folder: Path, moved: Iterable[Moved]) -> None:
    """Make documents in the data of a program that is stopped so much older."""
    store = await TinyStore.open(folder / STORE, (*COLLECTIONS, *WEB_COLLECTIONS))
    try:
        async with store.transaction() as tx:
            for collection, length, only in moved:
                for document in await store.page(collection, limit=10_000):
                    if only in ("", collection.key(document)):
                        tx.put(collection, _older(document, length))
    finally:
        await store.close()


def _older(document: msgspec.Struct, length: timedelta) -> msgspec.Struct:
    plain = msgspec.to_builtins(document, builtin_types=(datetime, date))
    return msgspec.convert(_shifted(plain, length), type(document))


def _shifted(value: object, length: timedelta) -> object:
    match value:
        case datetime() | date():
            return value - length
        case dict():
            return {name: _shifted(each, length) for name, each in value.items()}
        case list() | tuple():
            return [_shifted(each, length) for each in value]
        case _:
            return value
