"""How cases that older versions of the program stored come to look like today's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from bot.core.store import Fields, Migration, SplitDocument
from bot.features.cases.collections import AFFECTED
from bot.features.cases.models.cases import Case
from bot.features.cases.models.signals import Affected, Lead, Signal

SIGNALS = "signals"
"""Where a case held what went on in it, before each of its products had a document."""


def _without_signals(key: str, case: Fields) -> tuple[str, Fields]:
    if SIGNALS not in case:
        return key, case
    counted, affected = _split(case)
    kept = {name: value for name, value in case.items() if name != SIGNALS}
    sums = {"asins": counted.asins, "tally": counted.tally, "lead": Lead.of(affected)}
    return key, {**kept, **_plain(sums)}


def _products(_: str, case: Fields) -> Iterable[SplitDocument]:
    if SIGNALS not in case:
        return []
    return [SplitDocument(AFFECTED.name, each.key, _plain(each)) for each in _split(case)[1]]


def _split(case: Fields) -> tuple[Case, list[Affected]]:
    """Put the signals into the case one by one, as they would come today."""
    rest = {name: value for name, value in case.items() if name != SIGNALS}
    counted = msgspec.convert(rest, Case)
    products: dict[str, Affected] = {}
    for signal in msgspec.convert(case[SIGNALS], tuple[Signal, ...]):
        on = products.get(signal.asin)
        on = on or Affected.untouched(counted.key, counted.marketplace, signal.asin)
        counted, products[signal.asin] = counted.with_signal(on, signal)
    return counted, list(products.values())


def _plain(value: object) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


MIGRATIONS = (Migration(2, "cases", _without_signals, _products),)
