"""Taking words of people, and names of deleted files, out of a case: timeline and messages."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import msgspec

from bot.core.context import AppContext
from bot.core.dispatch.redacting import redact_message
from bot.core.findings import Fact
from bot.core.naming import named, without
from bot.core.redactable import FoundWords, Redactable
from bot.core.removed_words import REMOVED, Removal, without_texts
from bot.core.scanning import each_found
from bot.core.store import Place, Transaction
from bot.features.cases.collections import AFFECTED, ENTRIES
from bot.features.cases.models.cases import Case, Entry, EntryKind, entry_key
from bot.features.cases.models.events import WordsRemoved
from bot.features.cases.models.signals import Affected, Signal
from bot.features.cases.models.steps import Transition
from bot.features.cases.rules.redacting import place_of, require_words, texts_of
from bot.features.cases.service.contexts import case_context
from bot.features.cases.service.keeping import record
from bot.features.cases.service.lookup import require_case
from bot.features.cases.service.messages import thread_of, told_in
from bot.features.cases.views.timeline import entries_card
from bot.features.cases.views.title import capital

ALSO = (
    "Removes this text from the case, its evidence and Brandwarden's messages in every chat. If a "
    "letter or report quotes it, redact that too, by its label. Sealed packets still contain it."
)


async def find_entry(tx: Transaction, name: str) -> tuple[Case, Entry]:
    """Return the case and the entry that ``C-1 5`` names. Raises UserError: it has no words."""
    number, _, place = name.partition(" ")
    case = await require_case(tx, number)
    return case, require_words(await tx.get(ENTRIES, entry_key(case.key, place_of(place))))


async def find_words(_: AppContext, tx: Transaction, name: str) -> FoundWords:
    """Return the words of an entry. Raises UserError: there is no such entry, or it has none."""
    case, entry = await find_entry(tx, name)
    return FoundWords(
        name=f"{case.label} {entry.place}",
        called=f"entry {entry.place}",
        texts=texts_of(entry),
        also=ALSO,
    )


async def remove_words(
    app: AppContext, tx: Transaction, found: FoundWords, removal: Removal
) -> Sequence[Place]:
    """Take the words of an entry out of its case. Raises UserError: it has none."""
    case, entry = await find_entry(tx, found.name)
    return await take_out(app, tx, case, [entry], found, removal)


ENTRY_WORDS = Redactable(
    example="12 5",
    pattern=re.compile(r"\S+ \S+"),
    find=find_words,
    remove=remove_words,
)


async def entries_of(tx: Transaction, case: Case) -> list[Entry]:
    """Return all entries of the case."""
    return [each async for each in each_found(tx, ENTRIES, "case", case.key)]


async def take_out(
    app: AppContext,
    tx: Transaction,
    case: Case,
    entries: Sequence[Entry],
    found: FoundWords,
    removal: Removal,
) -> list[Place]:
    """Take the words out of entries, the headline, and messages that wait or were posted.

    Whoever keeps them besides hears of it. The timeline says who removed what ``found`` names, when
    and why. Returns where the words stood.
    """
    told = await _told_with(tx, case, entries)
    for each in told:
        tx.put(ENTRIES, _redacted(each, found.quoted))
    if case.note and any(_closed(case, each) for each in told):
        case = msgspec.structs.replace(case, note=REMOVED)
    who = removal.who
    text = f"{who.name} removed the text of {found.called}: {removal.why}"
    step = Transition.of(case, EntryKind.ACTION, text, app.clock(), who=who)
    case = await record(
        app, tx, case, [step.changing(*await _without(tx, case, told, found.quoted))]
    )
    await _show_without(app, tx, case, told, found.quoted)
    for entry in entries:
        await app.tell(tx, WordsRemoved(case, entry, who, removal.why))
    return [(ENTRIES.name, each.key) for each in told]


def _closed(case: Case, entry: Entry) -> bool:
    """Tell whether the case was closed with this entry."""
    return entry.at == case.closed_at and Fact("Note", case.note) in entry.facts


def _redacted(entry: Entry, texts: Sequence[str]) -> Entry:
    """Return the entry without its words, and without what its few words quote of others'."""
    return msgspec.structs.replace(entry.redacted, brief=without_texts(entry.brief, texts))


async def _told_with(tx: Transaction, case: Case, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries, and those that were told with them.

    On many products one message told of all, and the words stand on each.
    """
    known = await entries_of(tx, case)
    groups = {_group(entry) for entry in entries}
    return [each for each in known if _group(each) in groups]


def _group(entry: Entry) -> object:
    """Return what the entries share that one message told of."""
    return (entry.at, entry.signal, entry.facts) if entry.signal else entry.place


async def _show_without(
    app: AppContext, tx: Transaction, case: Case, told: Sequence[Entry], texts: Sequence[str]
) -> None:
    """Have each message that told of them show what is left."""
    view = await case_context(app, tx, [case])
    thread = thread_of(case)
    for group in dict.fromkeys(_group(each) for each in told):
        of_one = [each for each in told if _group(each) == group]
        card = entries_card(case, [_redacted(each, texts) for each in of_one], view)
        await redact_message(app, tx, told_in(case, of_one[0].place), card, thread=thread)


async def _without(
    tx: Transaction, case: Case, told: Sequence[Entry], texts: Sequence[str]
) -> list[Affected]:
    """Return the products without the words that a person told as what goes on with them."""
    changed: list[Affected] = []
    async for on in each_found(tx, AFFECTED, "case", case.key):
        after = on
        for signal in on.signals:
            if any((signal.kind, signal.facts) == (each.signal, each.facts) for each in told):
                after = after.with_signal(_silent(signal, texts))
        if after != on:
            changed.append(after)
    return changed


def _silent(signal: Signal, texts: Sequence[str]) -> Signal:
    brief = without_texts(signal.brief, texts)
    return msgspec.structs.replace(
        signal,
        brief=brief,
        headline=capital(brief) or REMOVED,
        facts=tuple(Fact(fact.label, REMOVED) for fact in signal.facts),
    )


async def let_go(tx: Transaction, case: str, contents: Collection[str]) -> None:
    """Let no entry of the case name these bytes; what it says of them stays."""
    async for entry in each_found(tx, ENTRIES, "case", case):
        if any(name in contents for name in named(entry)):
            tx.put(ENTRIES, without(entry, contents))
