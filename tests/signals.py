"""What goes on in cases, as tests invent it and look at it."""

from __future__ import annotations

import msgspec

from bot.core.store import Store
from bot.features.cases.collections import AFFECTED
from bot.features.cases.models.cases import Case
from bot.features.cases.models.signals import Affected, Lead, Signal
from bot.features.cases.service.affected import worst_of

ALL = 100_000


def with_signals(case: Case, *signals: Signal) -> tuple[Case, tuple[Affected, ...]]:
    """Put signals into a case; returns it with its products."""
    products: dict[str, Affected] = {}
    for signal in signals:
        on = products.get(signal.asin) or Affected.untouched(
            case.key, case.marketplace, signal.asin
        )
        case, products[signal.asin] = case.with_signal(on, signal)
    affected = tuple(products.values())
    return msgspec.structs.replace(case, lead=Lead.of(affected)), affected


async def signals_in(store: Store, case: Case) -> list[Signal]:
    """Return all signals of a case, by the order in which its products were hit."""
    found = await store.find(AFFECTED, "case", case.key, limit=ALL)
    return [each for on in sorted(found, key=lambda on: on.place) for each in on.signals]


async def active_in(store: Store, case: Case) -> list[Signal]:
    """Return what goes on in a case."""
    return [signal for signal in await signals_in(store, case) if signal.active]


async def led_by(store: Store, case: Case) -> bool:
    """Tell whether the case is called by the worst that goes on in it."""
    return case.lead == Lead.of(await worst_of(store, case.key))
