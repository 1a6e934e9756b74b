"""Going through many documents: in pages by key, with a turn for other work after each.

A store answers without waiting, so a plain loop over its pages would hold up everything else until
the last one. Whoever looks at all documents of a kind, however many there are, does it here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any, TypeVar

import msgspec

from bot.core.store import Collection, Indexed, Store, Transaction

T = TypeVar("T", bound=msgspec.Struct)
Item = TypeVar("Item")

AT_ONCE = 100
"""Documents that are read before other work has its turn."""


def each_page(
    store: Store,
    collection: Collection[T],
    *,
    after: str = "",
    newest: bool = False,
    at_once: int = AT_ONCE,
) -> AsyncIterator[list[T]]:
    """Give all documents behind the key ``after``, a page at a time; ``newest`` last key first.

    What is written meanwhile is seen if it comes behind the page that was read last.
    """

    async def read(after: str) -> list[T]:
        return await store.page(collection, after=after, limit=at_once, newest=newest)

    return _pages(read, collection, after)


def each_page_found(
    store: Store | Transaction,
    collection: Collection[T],
    index: str,
    value: Indexed,
    *,
    after: str = "",
    newest: bool = False,
    at_once: int = AT_ONCE,
) -> AsyncIterator[list[T]]:
    """Give all documents whose field has the value; as ``each_page`` does."""

    async def read(after: str) -> list[T]:
        return await store.find(collection, index, value, after=after, limit=at_once, newest=newest)

    return _pages(read, collection, after)


async def each(
    store: Store, collection: Collection[T], *, after: str = "", newest: bool = False
) -> AsyncIterator[T]:
    """Give the documents of ``each_page`` one by one."""
    async for page in each_page(store, collection, after=after, newest=newest):
        for document in page:
            yield document


async def each_found(
    store: Store | Transaction,
    collection: Collection[T],
    index: str,
    value: Indexed,
    *,
    after: str = "",
    newest: bool = False,
) -> AsyncIterator[T]:
    """Give the documents of ``each_page_found`` one by one."""
    pages = each_page_found(store, collection, index, value, after=after, newest=newest)
    async for page in pages:
        for document in page:
            yield document


async def in_turns(items: Sequence[Item]) -> AsyncIterator[Item]:
    """Give what was read already, also with a turn for other work now and then."""
    for start in range(0, len(items), AT_ONCE):
        for item in items[start : start + AT_ONCE]:
            yield item
        await asyncio.sleep(0)


async def first_of(pages: AsyncIterator[list[T]], number: int, key: Callable[[T], Any]) -> list[T]:
    """Return so many of all documents, those with the least key, in its order."""
    best: list[T] = []
    async for page in pages:
        best = sorted([*best, *page], key=key)[:number]
    return best


async def _pages(
    read: Callable[[str], Awaitable[list[T]]], collection: Collection[T], after: str
) -> AsyncIterator[list[T]]:
    while page := await read(after):
        after = collection.key(page[-1])
        yield page
        await asyncio.sleep(0)
