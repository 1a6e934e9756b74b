"""Mentions: who is called by a message. They come from settings, duties and assignments alone."""

from __future__ import annotations

import enum
from collections.abc import Iterable

import msgspec

from bot.core.permissions import Identities, Person

ONCALL, OFF, ME = "oncall", "off", "me"
"""The setting, and what may follow it besides a name."""


class MentionKind(enum.StrEnum):
    """What is called."""

    PERSON = "person"
    GROUP = "group"
    """Several people whom a chat calls by one name."""


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whom a chat calls; no text ever becomes one."""

    chat: str
    """The chat that knows them by this id."""
    id: str
    name: str
    """What people see where the chat cannot call the person."""
    kind: MentionKind = MentionKind.PERSON


class Colleague(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of the team, as a chat knows them: they can get work and be called."""

    id: str
    name: str
    chat: str

    @property
    def person(self) -> Person:
        """The same without the chat."""
        return Person(self.id, self.name)


def mentions_of(
    person: Person, colleagues: Iterable[Colleague], identities: Identities
) -> tuple[Mention, ...]:
    """Return how a person is called in each chat that knows them, once in each."""
    ids = identities.of(person.id)
    theirs = [each for each in colleagues if each.id.upper() in ids]
    # Of several ids in one chat the one that was named counts.
    theirs.sort(key=lambda each: each.id == person.id)
    found = {each.chat: each for each in theirs}
    return tuple(Mention(chat=each.chat, id=each.id, name=each.name) for each in found.values())


def called(mentions: Iterable[Mention]) -> str:
    """Return the names of all that are called, each once: ``Ana, Ben``."""
    return ", ".join(dict.fromkeys(mention.name for mention in mentions))


def target_in(command: str, text: str) -> str:
    """Return what is written of who is to be on call, for the chat to look up; empty: nothing."""
    setting, _, target = text.strip().partition(" ")
    asks = command.lower() == "settings" and setting.lower() == ONCALL
    return target.strip() if asks and target.strip().lower() not in (OFF, ME) else ""
