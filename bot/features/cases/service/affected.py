"""The products of a case: read one by one, the worst first, or all of them page by page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Protocol, TypeVar

import msgspec

from bot.core.scanning import each_found
from bot.core.store import Collection, Store, Transaction
from bot.features.cases.collections import AFFECTED
from bot.features.cases.models.cases import Case
from bot.features.cases.models.signals import RANKS, Affected

SHOWN = 12
"""So many of a case's worst products are read for its card."""
PAGE = 100
"""Products that are read before others have their turn."""

T = TypeVar("T", bound=msgspec.Struct)


class _Reads(Protocol):
    """A store or a transaction."""

    async def get(self, collection: Collection[T], key: str) -> T | None: ...

    async def find(
        self, collection: Collection[T], index: str, value: str | int | bool, *, limit: int = 100
    ) -> list[T]: ...


async def products_of(tx: _Reads, case: Case, asins: Iterable[str]) -> dict[str, Affected]:
    """Return the named products of the case, also those on which nothing was seen yet.

    Others have their turn between, where they are many.
    """
    found: dict[str, Affected] = {}
    for place, asin in enumerate(dict.fromkeys(asins), start=1):
        known = await tx.get(AFFECTED, Affected.key_of(case.key, asin))
        found[asin] = known or Affected.untouched(case.key, case.marketplace, asin)
        if place % PAGE == 0:
            await asyncio.sleep(0)
    return found


async def worst_of(tx: _Reads, case: str) -> tuple[Affected, ...]:
    """Return the dozen worst products of a case, the worst first, however many it has."""
    found: list[Affected] = []
    for rank in RANKS:
        if len(found) < SHOWN:
            found += await tx.find(AFFECTED, "rank", f"{case} {rank}", limit=SHOWN)
    return tuple(found[:SHOWN])


def all_of(store: Store | Transaction, case: str) -> AsyncIterator[Affected]:
    """Give every product of a case by its ASIN; others have their turn between."""
    return each_found(store, AFFECTED, "case", case)


async def cases_on(store: Store | Transaction, product: str) -> AsyncIterator[Affected]:
    """Give what goes on on a product in each of its cases; others have their turn between."""
    async for each in each_found(store, AFFECTED, "product", product):
        if each.active:
            yield each


async def asins_of(store: Store | Transaction, case: Case) -> tuple[str, ...]:
    """Return all products that a case touches, in the order in which they were hit."""
    if case.tally.products <= len(case.asins):
        return case.asins
    found = [(each.place, each.asin) async for each in all_of(store, case.key) if each.asin]
    return tuple(asin for _, asin in sorted(found))


def keep_products(tx: Transaction, changed: Iterable[Affected]) -> None:
    """Write products down as they came out last."""
    for each in {each.key: each for each in changed}.values():
        tx.put(AFFECTED, each)
