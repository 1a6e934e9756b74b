"""Removing the words of a case's entry from the letter that it told of."""

from __future__ import annotations

import msgspec

from bot.core.context import AppContext
from bot.core.scanning import each_found
from bot.core.store import Transaction
from bot.features.cases.models.cases import REMOVED
from bot.features.cases.models.events import WordsRemoved
from bot.features.letters.collections import LETTERS
from bot.features.letters.service.letters import show_letter


async def remove_words(app: AppContext, tx: Transaction, event: WordsRemoved) -> None:
    """Take out what Amazon's support said, where the entry told it."""
    told = {fact.value for fact in event.entry.facts}
    async for letter in each_found(tx, LETTERS, "case", event.case.key):
        if letter.words and letter.words in told:
            without = msgspec.structs.replace(letter, words=REMOVED)
            tx.put(LETTERS, without)
            await show_letter(app, tx, without, event.case)
