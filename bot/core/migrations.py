"""How documents that older versions of the program stored come to look like today's.

A field that is new and has a default needs no step here, nor does one that is gone. Steps are never
changed once they were released: a new one is added, with the next version.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from bot.core.collections import place_of, posted_key
from bot.core.ports import Fields, Migration, SplitDocument
from bot.features.cases.collections import AFFECTED
from bot.features.cases.models.cases import Case
from bot.features.cases.models.signals import Affected, Signal, lead_of, untouched
from bot.features.cases.models.steps import with_signal

PAGE = "web"
"""The one chat that there was before messages said to which they belong."""


def _posted_in_a_chat(key: str, posted: Fields) -> tuple[str, Fields]:
    if "chat" in posted:
        return key, posted
    message, ref = posted["message"], posted["ref"]
    place = place_of(PAGE, ref["channel"], ref["id"])
    return posted_key(PAGE, message), {**posted, "chat": PAGE, "place": place}


def _sent_to_a_chat(key: str, row: Fields) -> tuple[str, Fields]:
    if "chat" in row:
        return key, row
    return key, {**row, "chat": PAGE, "kept": not row.get("thread")}


SIGNALS = "signals"
"""Where a case held what went on in it, before each of its products had a document."""


def _without_signals(key: str, case: Fields) -> tuple[str, Fields]:
    if SIGNALS not in case:
        return key, case
    counted, affected = _split(case)
    kept = {name: value for name, value in case.items() if name != SIGNALS}
    sums = {"asins": counted.asins, "tally": counted.tally, "lead": lead_of(affected)}
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
        on = on or untouched(counted.key, counted.marketplace, signal.asin)
        counted, products[signal.asin] = with_signal(counted, on, signal)
    return counted, list(products.values())


def _plain(value: object) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


MIGRATIONS = (
    Migration(1, "posted", _posted_in_a_chat),
    Migration(1, "outbox", _sent_to_a_chat),
    Migration(2, "cases", _without_signals, _products),
)
