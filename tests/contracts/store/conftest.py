"""The stores under test. A new store adds one line to `_STORES`."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from adapters.storage.tinydb import TinyStore
from bot.core.store import Store
from tests.contracts.store.notes import COLLECTIONS, Open


async def _open_tinydb(folder: Path) -> Store:
    return await TinyStore.open(folder, COLLECTIONS)


async def _open_cold(folder: Path) -> Store:
    return await TinyStore.open(folder, [replace(each, cold=True) for each in COLLECTIONS])


async def _open_packed(folder: Path) -> Store:
    """Open a store that packs its documents whenever it may."""
    packed = [replace(each, packed=True) for each in COLLECTIONS]
    return await TinyStore.open(folder, packed, compact_from=1)


_STORES: dict[str, Callable[[Path], Awaitable[Store]]] = {
    "tinydb": _open_tinydb,
    "tinydb, documents in the log": _open_cold,
    "tinydb, documents in packs": _open_packed,
}


@pytest.fixture(scope="module", params=_STORES)
def fresh(request: pytest.FixtureRequest) -> Iterator[Callable[[], Open]]:
    """Return what gives an `Open` that has no data yet."""
    opened = _STORES[request.param]
    with tempfile.TemporaryDirectory() as folder:

        def opener() -> Open:
            place = Path(tempfile.mkdtemp(dir=folder))
            return lambda: opened(place)

        yield opener


@pytest.fixture
def reopen(fresh: Callable[[], Open]) -> Open:
    return fresh()


@pytest.fixture
async def store(reopen: Open) -> AsyncIterator[Store]:
    opened = await reopen()
    yield opened
    await opened.close()
