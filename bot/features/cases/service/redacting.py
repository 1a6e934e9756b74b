"""Taking the words of an entry out of everything that has them, for good."""

from __future__ import annotations

import msgspec

from bot.core.audit.texts import forget_texts
from bot.core.collections import SESSIONS, UNDELIVERED
from bot.core.context import AppContext
from bot.core.dispatch.redacting import redact_message
from bot.core.findings import Fact
from bot.core.forgetting import ask_compaction
from bot.core.permissions import Person
from bot.core.scanning import each, each_found
from bot.core.store import Transaction
from bot.core.text import CUT, one_line
from bot.features.cases.collections import AFFECTED, ENTRIES
from bot.features.cases.models.cases import REMOVED, Case, Entry, EntryKind, entry_key
from bot.features.cases.models.events import WordsRemoved
from bot.features.cases.models.signals import Affected
from bot.features.cases.models.steps import Transition
from bot.features.cases.rules.redacting import RedactInput, require_words
from bot.features.cases.service.contexts import case_context
from bot.features.cases.service.keeping import head_of, record
from bot.features.cases.service.lookup import require_case
from bot.features.cases.views.timeline import entries_card
from bot.features.cases.views.title import capital

FLOW = "redact"


async def find_entry(tx: Transaction, case: Case, place: int) -> Entry:
    """Return an entry that holds words of people. Raises UserError: there is none."""
    return require_words(await tx.get(ENTRIES, entry_key(case.key, place)))


async def redact(app: AppContext, tx: Transaction, who: Person, asked: RedactInput) -> Entry:
    """Take the words out of timeline and headline, and of messages that wait or were posted.

    Whoever keeps them besides hears of it. That somebody removed them, when and why, stays.

    Raises:
        UserError: there is no such entry, or it holds no words of people.
    """
    case = await require_case(tx, asked.case)
    entry = await find_entry(tx, case, asked.place)
    told = await _told_with(tx, entry)
    for each_told in told:
        tx.put(ENTRIES, each_told.redacted)
    if case.note and any(fact.value == case.note for fact in entry.facts):
        case = msgspec.structs.replace(case, note=REMOVED)
    text = f"{who.name} removed the words of entry {entry.place}: {asked.why}"
    step = Transition.of(case, EntryKind.ACTION, text, app.clock(), who=who)
    case = await record(app, tx, case, [step.changing(*await _without(tx, entry))])
    left = [each_told.redacted for each_told in told]
    card = entries_card(case, left, await case_context(app, tx, [case]))
    thread = case.alert_group or head_of(case)
    await redact_message(app, tx, f"{head_of(case)}/{told[0].place}", card, thread=thread)
    await app.tell(tx, WordsRemoved(case, entry, who, asked.why))
    await _drop_forms(app, tx, entry)
    await _drop_titles(app, tx, entry)
    places = [(ENTRIES.name, each_told.key) for each_told in told]
    await forget_texts(app.store, tx, places, entry.words)
    ask_compaction(app, tx)
    return entry


async def _told_with(tx: Transaction, entry: Entry) -> list[Entry]:
    """Return the entries that one message told of: on many products, the words stand on each."""
    if not entry.signal:
        return [entry]
    known = each_found(tx, ENTRIES, "case", entry.case)
    same = (entry.at, entry.signal, entry.facts)
    return [each async for each in known if (each.at, each.signal, each.facts) == same]


async def _without(tx: Transaction, entry: Entry) -> list[Affected]:
    """Return the products without the words that a person told as what goes on with them."""
    changed: list[Affected] = []
    async for on in each_found(tx, AFFECTED, "case", entry.case):
        signal = on.signal(entry.signal)
        if signal is not None and signal.facts == entry.facts:
            facts = tuple(Fact(fact.label, REMOVED) for fact in signal.facts)
            headline = capital(signal.brief) or REMOVED
            changed.append(
                on.with_signal(msgspec.structs.replace(signal, headline=headline, facts=facts))
            )
    return changed


async def _drop_forms(app: AppContext, tx: Transaction, entry: Entry) -> None:
    """End other forms that ask about the entry: they show its first words."""
    async for session in each(app.store, SESSIONS):
        if session.flow == FLOW and session.subject == entry.key:
            tx.delete(SESSIONS, session.key)


async def _drop_titles(app: AppContext, tx: Transaction, entry: Entry) -> None:
    """Forget that a message with these words was not delivered: its title is kept."""
    words = one_line(entry.words, len(entry.words))
    async for gone in each(app.store, UNDELIVERED):
        if gone.title.removesuffix(CUT) in words:
            tx.delete(UNDELIVERED, gone.key)
