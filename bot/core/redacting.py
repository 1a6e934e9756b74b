"""Removing words of people for good: an admin names what has them, and they go everywhere.

What is the same for all that can be named stands here: forms that show the words, titles of
messages that were not delivered, the keys of the audit record, and the rewriting of the store.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.core.audit.texts import forget_texts
from bot.core.collections import SESSIONS, UNDELIVERED
from bot.core.context import AppContext
from bot.core.flows.sessions import FlowSession
from bot.core.forgetting import ask_compaction
from bot.core.permissions import Person
from bot.core.redactable import FoundWords, Redactable, TextsRemoved
from bot.core.references import next_number
from bot.core.removed_words import LONG, REMOVALS, Removal
from bot.core.scanning import each
from bot.core.store import Transaction
from bot.core.text import CUT, bare, one_line
from bot.errors import UserError

FLOW = "redact"
"""The flow that asks why; its subject is the name of what is redacted."""
BEGINNING = 40
"""Characters of a text by which a title is known that begins with it, however it was cut."""


def named(app: AppContext, typed: str) -> tuple[str, str]:
    """Return the name at the beginning of what was typed, and the words behind it.

    Raises:
        UserError: nothing is named.
    """
    first, *others = typed.split() or [""]
    text = " ".join([bare(first), *others])
    name = _pattern_of(app, text)[1]
    return name, text[len(name) :].strip()


async def find_words(app: AppContext, tx: Transaction, name: str) -> FoundWords:
    """Return the words of what is named. Raises UserError: there is none such, or it has none."""
    return await _pattern_of(app, name)[0].find(app, tx, name)


async def remove_words(
    app: AppContext, tx: Transaction, who: Person, name: str, why: str
) -> FoundWords:
    """Take the words of what is named out of everything that has them, for good.

    Raises:
        UserError: there is none such, or it holds no words of people.
    """
    redactable, _ = _pattern_of(app, name)
    found = await redactable.find(app, tx, name)
    removal = Removal(who=who, at=app.clock(), why=why)
    await next_number(tx, REMOVALS)
    places = tuple(await redactable.remove(app, tx, found, removal))
    await app.tell(tx, TextsRemoved(found.quoted, places, removal, found.name))
    await _drop_forms(app, tx, found)
    await _drop_titles(app, tx, found.texts)
    await forget_texts(app.store, tx, places, *found.texts)
    ask_compaction(app, tx)
    return found


def _pattern_of(app: AppContext, text: str) -> tuple[Redactable, str]:
    """Return what the text names first, and that name."""
    for redactable in app.features.redactable:
        found = redactable.pattern.match(text)
        if found is not None:
            return redactable, found[0]
    labels = ", ".join(each.example for each in reversed(app.features.redactable[:-1]))
    message = (
        "Type it like this: /redact CASE ENTRY [why]. /case NUMBER shows the numbers of entries. "
        f"All else goes by its label: {labels}."
    )
    raise UserError(message)


async def _drop_forms(app: AppContext, tx: Transaction, found: FoundWords) -> None:
    """End other forms that ask about it, and those in which the words stand."""
    async for session in each(app.store, SESSIONS):
        about = session.flow == FLOW and session.subject == found.name
        if about or _shows(session, found.texts):
            tx.delete(SESSIONS, session.key)


def _shows(session: FlowSession, texts: Sequence[str]) -> bool:
    """Tell whether one of the texts stands in the form: as all of an answer, as a line, or long."""
    told = [*_strings((session.facts, session.answers, session.errors))]
    lines = {line.strip() for answer in told for line in (answer, *answer.splitlines())}
    long = [text for text in texts if len(text) >= LONG]
    return any(text.strip() in lines for text in texts) or any(
        text in answer for text in long for answer in told
    )


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for each_value in value.values():
                yield from _strings(each_value)
        case list() | tuple():
            for each_value in value:
                yield from _strings(each_value)


async def _drop_titles(app: AppContext, tx: Transaction, texts: Sequence[str]) -> None:
    """Forget that a message with these words was not delivered: its title is kept."""
    lines = [one_line(text, len(text)) for text in texts]
    async for gone in each(app.store, UNDELIVERED):
        title = gone.title.removesuffix(CUT)
        if any(title in line or _begins(line, title) for line in lines):
            tx.delete(UNDELIVERED, gone.key)


def _begins(line: str, title: str) -> bool:
    return len(line) >= LONG and line[:BEGINNING] in title
