"""Removing words of people for good: an admin names what has them, and they go everywhere.

A feature lists in its ``FEATURE`` what of it can be named, how its words are found and how they are
taken out. What is the same for all stands here: forms that show the words, titles of messages that
were not delivered, the keys of the audit record, and the rewriting of the store.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from bot.core.audit.texts import forget_texts
from bot.core.collections import SESSIONS, UNDELIVERED
from bot.core.context import AppContext
from bot.core.flows.sessions import FlowSession
from bot.core.forgetting import ask_compaction
from bot.core.permissions import Person
from bot.core.removed_words import SHORTEST, Removal
from bot.core.scanning import each
from bot.core.store import Place, Transaction
from bot.core.text import CUT, one_line
from bot.errors import UserError

FLOW = "redact"
"""The flow that asks why; its subject is the name of what is redacted."""
BEGINNING = 40
"""Characters of a text by which a title is known that begins with it, however it was cut."""
DIGITS = 6


class FoundWords(msgspec.Struct, frozen=True, kw_only=True):
    """Words of people that can be removed."""

    name: str
    """By which they are found again, such as ``L-4``."""
    called: str
    """What has them, inside of a sentence."""
    texts: tuple[str, ...]
    """Each text by itself, the one that people know it by first."""
    quoted: tuple[str, ...] = ()
    """Those of them that other features may quote."""
    also: str = ""
    """What goes with them, and what stays, in sentences."""


class TextsRemoved(msgspec.Struct, frozen=True):
    """Texts were taken out of the documents at these places: who quotes them takes them out."""

    texts: tuple[str, ...]
    places: tuple[Place, ...]
    removal: Removal


Find = Callable[[AppContext, Transaction, str], Awaitable[FoundWords]]
"""Returns the words of what is named. Raises UserError: there is none such, or it has none."""

Remove = Callable[[AppContext, Transaction, FoundWords, Removal], Awaitable[Sequence[Place]]]
"""Takes them out of documents and messages, says who did that and why; returns their places."""


@dataclass(frozen=True, kw_only=True)
class Redactable:
    """Something whose words an admin can have removed for good, by what people call it."""

    example: str
    """What is typed, such as ``L-4``."""
    pattern: re.Pattern[str]
    """What of that kind looks like at the beginning of what is typed."""
    find: Find
    remove: Remove


def labeled(letter: str) -> re.Pattern[str]:
    """Return what labels of that letter look like, with any kind of dash: ``L-4``."""
    return re.compile(rf"{letter}[-\u2010-\u2015\u2212][0-9]{{1,{DIGITS}}}(?!\S)", re.IGNORECASE)


def named(app: AppContext, typed: str) -> tuple[str, str]:
    """Return the name at the beginning of what was typed, and the words behind it.

    Raises:
        UserError: nothing is named.
    """
    text = " ".join(typed.split())
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
    places = tuple(await redactable.remove(app, tx, found, removal))
    await app.tell(tx, TextsRemoved(found.quoted, places, removal))
    await _drop_forms(app, tx, found)
    await _drop_titles(app, tx, found.texts)
    await forget_texts(app.store, tx, places, *found.texts)
    ask_compaction(app, tx)
    return found


def require_texts(name: str, texts: Sequence[str], removal: str = "") -> tuple[str, ...]:
    """Return the texts that are there.

    Raises:
        UserError: there are none; ``removal`` says who removed them, if that is known.
    """
    there = tuple(dict.fromkeys(filter(None, texts)))
    if not there:
        by = f" They were removed by {removal}" if removal else ""
        message = f"{name} holds no words of people.{by}"
        raise UserError(message)
    return there


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
    kept = (session.facts, session.answers, session.errors)
    return any(
        text == told.strip() or (len(text) >= SHORTEST and text in told)
        for told in _strings(kept)
        for text in texts
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
    return len(line) >= SHORTEST and line[:BEGINNING] in title
