"""Removing the words of a case's entry from the attack that it told of."""

from __future__ import annotations

import msgspec

from bot.core.context import AppContext
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.features.attacks.collections import ATTACKS
from bot.features.attacks.models import SourceKind
from bot.features.cases.models.cases import REMOVED
from bot.features.cases.models.events import WordsRemoved


async def remove_words(_: AppContext, tx: Transaction, event: WordsRemoved) -> None:
    """Take out what it did, and an address behind it; a seller stays, who is no person's words."""
    told = {fact.value for fact in event.entry.facts}
    async for attack in each_found(tx, ATTACKS, "case", event.case.number):
        without = attack
        if attack.damage and attack.damage in told:
            without = msgspec.structs.replace(without, damage=REMOVED)
        if attack.source_kind is SourceKind.ADDRESS and attack.source in told:
            without = msgspec.structs.replace(without, source_kind=SourceKind.UNKNOWN, source="")
        if without != attack:
            tx.put(ATTACKS, without)
