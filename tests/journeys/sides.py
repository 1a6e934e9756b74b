"""One of two chats: what people do and read there, and how it fails."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass

from bot.core.dispatch.dispatcher import OutboxDispatcher
from tests.journeys.refusal_table import Code

MARK = " SIMULATED MARKETPLACE:"
"""What Discord writes before a title; in Slack it stands below."""
EVER = 9999
SILENT_FOR = 600.0
"""Seconds until a silent chat answers; it does what it is asked at once."""
_HEAD = re.compile(r"^C-(\d+) · [A-Z]{2}\b", re.MULTILINE)


@dataclass(frozen=True)
class Shown:
    """A message in a channel as people see it, with the lines of its thread."""

    text: str
    lines: tuple[str, ...] = ()
    pings: int = 0
    """How many of all these call people."""
    plain: tuple[str, ...] = ()
    """Those of all these texts that have no form."""
    files: tuple[str, ...] = ()
    """The names of all their files."""

    @property
    def title(self) -> str:
        return self.text.partition("\n")[0].replace(MARK, "")

    @property
    def label(self) -> str:
        """The case that it is the card of."""
        found = _HEAD.search(self.text)
        return f"C-{found[1]}" if found else ""


class Side(ABC):
    """One of the two chats: what people do and read there, and how it fails."""

    name: str
    elsewhere: str
    """The id of a second channel."""

    def __init__(self, dispatcher: OutboxDispatcher) -> None:
        self.dispatcher = dispatcher

    @abstractmethod
    async def types(self, text: str, elsewhere: bool = False) -> str:
        """Type a command, and return what only she sees."""

    @abstractmethod
    async def presses(self, words: str, label: str) -> None:
        """Press a button of the newest message in the channel, or of what only she sees."""

    @abstractmethod
    def shown(self, elsewhere: bool = False) -> list[Shown]:
        """Read a channel with its threads."""

    @abstractmethod
    def asked(self) -> Counter[str]:
        """Count the requests of posting, editing, finding and probing so far."""

    @abstractmethod
    def fails(self, kind: str) -> None:
        """Take nothing from now on."""

    @abstractmethod
    def refuses(self, code: Code, times: int) -> None:
        """Refuse what the code is about so often."""

    @abstractmethod
    def works(self) -> None:
        """Take everything from now on."""

    @abstractmethod
    async def loses(self, way: str) -> None:
        """Let the channel for alerts be lost, and tell of it as the chat does."""

    @abstractmethod
    async def lets_in(self, way: str) -> None:
        """Mend the channel, and tell of it as the chat does."""

    @abstractmethod
    def broken_rules(self) -> list[str]:
        """Name what was sent against the platform's rules, and everybody who was called."""

    def card(self, label: str, elsewhere: bool = False) -> Shown:
        """Return the one card of a case."""
        [found] = [each for each in self.shown(elsewhere) if each.label == label]
        return found

    def titled(self, words: str) -> list[Shown]:
        return [each for each in self.shown() if words in each.title]
