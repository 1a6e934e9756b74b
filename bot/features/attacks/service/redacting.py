"""Removing the words that people wrote of an attack."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.context import AppContext
from bot.core.redactable import FoundWords, Redactable, TextsRemoved, labeled, require_texts
from bot.core.references import find_numbered
from bot.core.removed_words import Removal
from bot.core.scanning import each_found
from bot.core.store import Place, Transaction
from bot.errors import UserError
from bot.features.attacks.collections import ATTACKS
from bot.features.attacks.models import Attack, attack_key
from bot.features.attacks.rules.raising import tells_of
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import case_key
from bot.features.cases.models.events import WordsRemoved
from bot.features.cases.service.redacting import entries_of, take_out

ALSO = (
    "Removes the description of the damage and the attacker's address, including from the case and "
    "reviews. Keeps the attack's kind, day, products and seller."
)


async def find_attack(tx: Transaction, text: str) -> Attack:
    """Return the attack named by ``A-3``. Raises UserError: there is none."""
    found = await find_numbered(tx, ATTACKS, text, "A", attack_key)
    if found is None:
        message = f"There is no attack {text[:20]!r}. Type /attacks list to see all attacks."
        raise UserError(message)
    return found


async def find_words(app: AppContext, tx: Transaction, name: str) -> FoundWords:
    """Return what people wrote of an attack. Raises UserError: there is none, or it has none."""
    attack = await find_attack(tx, name)
    by = attack.removed.line(await app.team(tx)) if attack.removed else ""
    texts = require_texts(attack.label, attack.words, by)
    return FoundWords(
        name=attack.label,
        called=attack.label,
        texts=texts,
        quoted=tuple(filter(None, [attack.address])),
        also=ALSO,
    )


async def take_words_out(
    app: AppContext, tx: Transaction, found: FoundWords, removal: Removal
) -> Sequence[Place]:
    """Take them out of the attack, and of what its case tells of it. Raises UserError."""
    attack = await find_attack(tx, found.name)
    case = await tx.get(CASES, case_key(attack.case)) if attack.case else None
    left = None if case else removal
    without = attack.without_damage.without_address
    tx.put(ATTACKS, msgspec.structs.replace(without, removed=left))
    places = [(ATTACKS.name, attack.key)]
    if case is not None:
        entries = [
            entry
            for entry in await entries_of(tx, case)
            if entry.words and tells_of(entry.facts, attack)
        ]
        places += await take_out(app, tx, case, entries, found, removal)
    return places


async def remove_words(app: AppContext, tx: Transaction, event: WordsRemoved) -> None:
    """Take the words out of the attack that the entry tells of; others may quote its address."""
    async for attack in each_found(tx, ATTACKS, "case", event.case.number):
        if not tells_of(event.entry.facts, attack):
            continue
        without = attack.without_damage.without_address
        if attack.address:
            place = (ATTACKS.name, attack.key)
            removal = Removal(who=event.who, at=app.clock(), why=event.why)
            await app.tell(tx, TextsRemoved((attack.address,), (place,), removal, attack.label))
        if without != attack:
            tx.put(ATTACKS, without)


ATTACK_WORDS = Redactable(
    example="A-2", pattern=labeled("A"), find=find_words, remove=take_words_out
)
