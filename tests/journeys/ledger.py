"""What outlives every process: what the team sent and heard, and what the chat was given."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from bot.core.cards import Card
from bot.core.chat import MessageRef, Outgoing
from bot.core.interactions import AnyInteraction
from bot.errors import StoreError

T = TypeVar("T")


class Sent(msgspec.Struct, frozen=True, tag="sent"):
    """The team sent something: its interface will send it again until it hears an answer."""

    case: str
    step: str
    interaction: AnyInteraction


class Heard(msgspec.Struct, frozen=True, tag="heard"):
    """The team was told what came of it."""

    id: str
    text: str


class Posted(msgspec.Struct, frozen=True, tag="posted"):
    """The chat took a message; it asked for the bytes of its files, as chats do."""

    message: Outgoing
    unreadable: tuple[str, ...] = ()
    """Files that could not be handed over."""


class Edited(msgspec.Struct, frozen=True, tag="edited"):
    """The chat shows another card."""

    key: str
    card: Card


Line = Sent | Heard | Posted | Edited


class Ledger:
    """A file of lines, each written in one piece."""

    def __init__(self, path: Path) -> None:
        """Go on where the last process left it."""
        self.lines = read_ledger(path)
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def write(self, line: Line) -> None:
        os.write(self._file, msgspec.json.encode(line) + b"\n")
        self.lines.append(line)

    def close(self) -> None:
        os.close(self._file)


def read_ledger(path: Path) -> list[Line]:
    if not path.exists():
        return []
    return [msgspec.json.decode(line, type=Line) for line in path.read_bytes().splitlines()]


def of_kind(lines: list[Line], kind: type[T]) -> list[T]:
    return [line for line in lines if isinstance(line, kind)]


class LedgerChat:
    """A chat whose memory is the ledger; see `bot.core.chat.Chat`. ``passing`` hears of each."""

    def __init__(
        self,
        ledger: Ledger,
        read: Callable[[str], Awaitable[bytes]],
        passing: Callable[[Outgoing, bool], None],
    ) -> None:
        self._ledger = ledger
        self._read = read
        self._passing = passing
        self._known = {line.message.key for line in of_kind(ledger.lines, Posted)}

    async def post(self, message: Outgoing) -> MessageRef:
        self._passing(message, False)
        unreadable = [file.name for file in message.files if not await self._readable(file.shown)]
        self._ledger.write(Posted(message, tuple(unreadable)))
        self._known.add(message.key)
        self._passing(message, True)
        return MessageRef(message.channel, message.key)

    async def edit(self, ref: MessageRef, card: Card, *, plain: bool = False) -> None:
        self._ledger.write(Edited(ref.id, card))

    async def find(self, messages: Sequence[Outgoing]) -> Mapping[str, MessageRef]:
        known = [each for each in messages if each.key in self._known]
        return {each.key: MessageRef(each.channel, each.key) for each in known}

    async def close_thread(self, head: MessageRef) -> None:
        pass

    async def _readable(self, content: str) -> bool:
        try:
            await self._read(content)
        except StoreError:
            return False
        return True
