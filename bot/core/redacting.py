"""Removing words of people for good: an admin names what has them, and they go everywhere.

What is the same for all that can be named stands here: forms that show the words, titles of
messages that were not delivered, the keys of the audit record, and the rewriting of the store.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from bot.core.audit.texts import forget_texts
from bot.core.collections import SESSIONS, UNDELIVERED
from bot.core.context import AppContext
from bot.core.dispatch.giving_up import notice_card
from bot.core.dispatch.redacting import redact_message
from bot.core.flows.sessions import FlowSession
from bot.core.forgetting import ask_compaction
from bot.core.permissions import Person
from bot.core.redactable import FoundWords, Redactable, TextsRemoved
from bot.core.references import next_number
from bot.core.removed_words import LONG, REMOVALS, REMOVED, SHORTEST, Removal, cut_short
from bot.core.scanning import each
from bot.core.store import Place, Transaction
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
    await _drop_forms(app, tx, found, places)
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
        "Type it like this: /redact CASE ENTRY [why]. /case NUMBER shows the entry numbers. "
        f"For anything else, type its label: {labels}."
    )
    raise UserError(message)


async def _drop_forms(
    app: AppContext, tx: Transaction, found: FoundWords, places: Sequence[Place]
) -> None:
    """End other forms that ask about it, and those in which the words stand."""
    documents = [key for _, key in places]
    async for session in each(app.store, SESSIONS):
        about = session.flow == FLOW and session.subject == found.name
        if about or _shows(session, found.texts) or _drafts(session, found.texts, documents):
            tx.delete(SESSIONS, session.key)


def _shows(session: FlowSession, texts: Sequence[str]) -> bool:
    """Tell whether a long text stands in the form, whole or cut: no other text is the same."""
    told = [_line(each) for each in _strings((session.facts, session.answers, session.errors))]
    long = [line for line in map(_line, texts) if len(line) >= LONG]
    return any(line in shown or cut_short(shown, line) for line in long for shown in told)


def _drafts(session: FlowSession, texts: Sequence[str], documents: Sequence[str]) -> bool:
    """Tell whether the form is about one of the documents, and a text is all of a line in it.

    Shorter texts may stand elsewhere by chance: they may be the name of a choice.
    """
    if re.split("[/-]", session.subject)[0] not in documents:
        return False
    lines = {line.strip() for told in _strings(session.answers) for line in told.splitlines()}
    return any(len(text) >= SHORTEST and text.strip() in lines for text in texts)


def _line(text: str) -> str:
    return one_line(text, len(text))


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
    """Take the words out of what is kept of a message that was not delivered: its title.

    Other chats show it too, in the message that says so.
    """
    lines = [_line(text) for text in texts]
    async for gone in each(app.store, UNDELIVERED):
        title = _untitled(gone.title, lines)
        if title != gone.title:
            silent = msgspec.structs.replace(gone, title=title)
            tx.put(UNDELIVERED, silent)
            if gone.notice:
                card = notice_card(silent)
                await redact_message(app, tx, gone.notice, card, thread=gone.thread)


def _untitled(title: str, lines: Sequence[str]) -> str:
    """Return the title without the texts: shorter ones go where they are all before a colon.

    After one, too: titles join texts like that, and elsewhere a short text stands by chance.
    """
    shown = title.removesuffix(CUT)
    for line in lines:
        inside = len(shown) >= LONG and shown in line
        if inside or title == line or (len(line) >= LONG and line[:BEGINNING] in title):
            return REMOVED
    short = "|".join(re.escape(line) for line in lines if len(line) >= SHORTEST)
    return re.sub(rf"(?:^|(?<=: ))(?:{short})(?=$|: )", REMOVED, title) if short else title
