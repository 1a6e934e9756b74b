"""Removing the words of letters: their text, and what Amazon's support said."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.context import AppContext
from bot.core.redactable import FoundWords, Redactable, labeled, require_texts
from bot.core.removed_words import REMOVED, Removal
from bot.core.scanning import each_found
from bot.core.store import Place, Transaction
from bot.features.cases.models.cases import Case, Entry
from bot.features.cases.models.events import WordsRemoved
from bot.features.cases.service.redacting import entries_of, take_out
from bot.features.letters.collections import LETTERS
from bot.features.letters.models import letters as steps
from bot.features.letters.models.letters import Letter
from bot.features.letters.service.letters import case_of, find_letter, show_letter

ALSO = (
    "Removes its text and Amazon's answer, including from its case. Keeps Amazon's case ID and "
    "the order ID."
)


async def find_words(app: AppContext, tx: Transaction, name: str) -> FoundWords:
    """Return a letter's texts. Raises UserError: it has none, or is still to be sent."""
    letter = await find_letter(tx, name)
    told = await _answers(tx, letter, await case_of(tx, letter))
    by = letter.removed.line(await app.team(tx)) if letter.removed else ""
    in_case = [fact.value for entry in told for fact in entry.facts]
    texts = require_texts(letter.label, [*letter.texts, *in_case], by)
    steps.require_redactable(letter)
    return FoundWords(name=letter.label, called=letter.label, texts=texts, also=ALSO)


async def take_words_out(
    app: AppContext, tx: Transaction, found: FoundWords, removal: Removal
) -> Sequence[Place]:
    """Take the texts out of the letter, its card and its case. Raises UserError."""
    letter = await find_letter(tx, found.name)
    tx.put(LETTERS, steps.redact(letter, removal))
    places = [(LETTERS.name, letter.key)]
    case = await case_of(tx, letter)
    if case is not None:
        told = await _answers(tx, letter, case)
        places += await take_out(app, tx, case, told, found, removal)
    await show_letter(app, tx, await find_letter(tx, found.name), await case_of(tx, letter))
    return places


async def remove_words(app: AppContext, tx: Transaction, event: WordsRemoved) -> None:
    """Take out what Amazon's support said of the letter that the entry names."""
    told = {fact.value for fact in event.entry.facts}
    async for letter in each_found(tx, LETTERS, "case", event.case.key):
        named = event.entry.text.startswith(steps.answer_told(letter))
        if named and letter.words and letter.words in told:
            without = msgspec.structs.replace(letter, words=REMOVED)
            tx.put(LETTERS, without)
            await show_letter(app, tx, without, event.case)


async def _answers(tx: Transaction, letter: Letter, case: Case | None) -> list[Entry]:
    """Return the entries of its case that tell what Amazon's support said."""
    known = await entries_of(tx, case) if case else []
    told = steps.answer_told(letter)
    return [each for each in known if each.words and each.facts and each.text.startswith(told)]


LETTER_WORDS = Redactable(
    example="L-4", pattern=labeled("L"), find=find_words, remove=take_words_out
)
