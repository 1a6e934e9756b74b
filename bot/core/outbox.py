"""The outbox: messages are written with the change they tell of, and sent afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from bot.core.cards import Card
from bot.core.clocks import Clock
from bot.core.collections import OUTBOX
from bot.core.dispatch.messages import Op, OutboxMessage, OutboxState, Rank
from bot.core.files import Upload
from bot.core.mentions import Mention
from bot.core.store import Store, Transaction

ROWS_OF_ONE = 50
"""Rows of one message that are looked through for one that waits."""


class Outbox:
    """Writes messages into transactions, one for each chat; marks every card when simulated."""

    def __init__(
        self, clock: Clock, chats: Sequence[str], *, simulated: bool, epoch: str = ""
    ) -> None:
        """Number messages on from the clock, so that they sort behind those of earlier runs.

        ``epoch`` is the life of the data: after a restore it is another one, so that a new message
        is never taken for an old one of the same name.
        """
        self._clock = clock
        self._last = int(clock().timestamp() * 1_000_000)
        self.chats = tuple(chats)
        self._simulated = simulated
        self._epoch = epoch

    def post(  # noqa: PLR0913 (what a message may ask for, each by its name)
        self,
        tx: Transaction,
        message: str,
        card: Card,
        *,
        thread: str = "",
        ping: bool = False,
        quiet: bool = False,
        note: bool = False,
        mentions: Sequence[Mention] = (),
        files: tuple[Upload, ...] = (),
        carries: tuple[str, ...] = (),
        threads: tuple[str, ...] = (),
        only: Sequence[str] | None = None,
        changes: bool = False,
        routed: Mapping[str, str] | None = None,
    ) -> None:
        """Send a new message once the transaction has taken effect.

        A name with a slash is part of another message: it heads no thread, and is edited only if it
        ``changes``.
        A ``quiet`` one waits for the end of the quiet hours; a ``note`` is what a person wrote.
        It calls those of the ``mentions`` that a chat knows there. It ``carries`` the words of
        other messages, by their names, and leads to the ``threads`` that others head. ``only``
        names the chats that it is for, where that is not all of them. ``routed`` names channels by
        chat, where it is not to go to the one for alerts; a thread stays where its head is.
        """
        for chat in self.chats if only is None else only:
            row = self._row(chat, Op.POST, message, card)
            row = msgspec.structs.replace(
                row,
                thread=thread,
                editable=changes or "/" not in message,
                rank=_rank(message, thread, ping=ping),
                ping=ping,
                mentions=tuple(each for each in mentions if each.chat == chat),
                quiet=quiet,
                note=note,
                files=files,
                carries=carries,
                threads=threads,
                routed=(routed or {}).get(chat, ""),
            )
            tx.create(OUTBOX, row)

    def tell(self, tx: Transaction, message: str, card: Card, to: Mention, *, thread: str) -> None:
        """Send a message that one person reads, in private where their chat has that.

        Where it cannot, the ``thread`` hears it, and they are called there.
        """
        row = self._row(to.chat, Op.POST, message, card)
        told = msgspec.structs.replace(
            row, thread=thread, private=to.id, mentions=(to,), quiet=True, rank=Rank.THREAD
        )
        tx.create(OUTBOX, told)

    def try_channel(
        self, tx: Transaction, message: str, card: Card, *, chat: str, channel: str
    ) -> None:
        """Post in a channel, wherever alerts go now: if that works, they move there."""
        row = self._row(chat, Op.POST, message, card)
        tx.create(
            OUTBOX, msgspec.structs.replace(row, channel=channel, editable=True, rank=Rank.ALERT)
        )

    def post_again(self, tx: Transaction, message: str, card: Card, *, chat: str) -> None:
        """Post in one chat what it had in another channel; it is no news, so alerts go before."""
        row = self._row(chat, Op.POST, message, card)
        tx.create(OUTBOX, msgspec.structs.replace(row, editable=True, rank=Rank.HEADLINE))

    async def edit(
        self,
        tx: Transaction,
        message: str,
        card: Card,
        *,
        thread: str = "",
        urgent: bool = False,
        only: Sequence[str] | None = None,
        routed: Mapping[str, str] | None = None,
    ) -> None:
        """Have a message show another card; of several edits that wait, the newest goes out.

        A chat that never saw the message gets it as a new one, in its ``thread``, or where it is
        ``routed``, as with ``post``. ``urgent`` also releases a message that waits for the end of
        the quiet hours.
        """
        waiting = await tx.find(OUTBOX, "message", message, limit=ROWS_OF_ONE)
        pending = {
            row.chat: row
            for row in waiting
            if row.state is OutboxState.PENDING and row.op is not Op.CLOSE
        }
        for chat in self.chats if only is None else only:
            row = pending.get(chat)
            if row is None:
                new = self._row(chat, Op.EDIT, message, card)
                changed = msgspec.structs.replace(
                    new,
                    thread=thread,
                    editable=True,
                    rank=Rank.HEADLINE,
                    routed=(routed or {}).get(chat, ""),
                )
            else:
                changed = msgspec.structs.replace(
                    row,
                    card=self.marked(card),
                    plain=False,
                    quiet=row.quiet and not urgent,
                    ping=row.ping or urgent,
                    rank=Rank.ALERT if urgent else row.rank,
                )
            tx.put(OUTBOX, changed)

    def redact(
        self,
        tx: Transaction,
        message: str,
        card: Card,
        *,
        thread: str,
        waiting: Iterable[OutboxMessage],
    ) -> None:
        """Have a message show this card in every chat that has it or is yet to get it.

        ``waiting`` are all rows that have its words.
        """
        for row in waiting:
            tx.put(OUTBOX, msgspec.structs.replace(row, card=self.marked(card)))
        for chat in self.chats:
            row = self._row(chat, Op.REDACT, message, card)
            tx.create(OUTBOX, msgspec.structs.replace(row, thread=thread))

    async def withdraw(self, tx: Transaction, message: str) -> bool:
        """Take back a message from each chat that was not asked to post it yet: it is over.

        Tells whether no chat was: then it is as if it had never been written.
        """
        found = await tx.find(OUTBOX, "message", message, limit=ROWS_OF_ONE)
        rows = [row for row in found if row.state is OutboxState.PENDING and not row.doubted]
        for row in rows:
            tx.delete(OUTBOX, row.sequence)
        return len(rows) == len(self.chats)

    def close(self, tx: Transaction, message: str, card: Card) -> None:
        """Let chats that can have only so many threads open fold this one away."""
        for chat in self.chats:
            tx.create(OUTBOX, self._row(chat, Op.CLOSE, message, card))

    def _row(self, chat: str, op: Op, message: str, card: Card) -> OutboxMessage:
        return OutboxMessage(
            chat=chat,
            sequence=self._sequence(),
            message=message,
            op=op,
            card=self.marked(card),
            written_at=self._clock(),
            epoch=self._epoch,
        )

    def _sequence(self) -> str:
        self._last += 1
        return f"{self._last:020d}"

    async def resume(self, store: Store) -> None:
        """Number on behind all that waits: the clock may have been set back since then."""
        for row in await store.page(OUTBOX, limit=1, newest=True):
            self._last = max(self._last, int(row.sequence))

    def marked(self, card: Card) -> Card:
        """Return the card with the mark of a simulated marketplace, where it is one."""
        return msgspec.structs.replace(card, simulated=True) if self._simulated else card


def _rank(message: str, thread: str, *, ping: bool) -> Rank:
    """Let what heads a thread of its own go first: people cannot write such a message."""
    part = "/" in message
    if ping or not (part or thread):
        return Rank.ALERT
    return Rank.THREAD if part and thread else Rank.HEADLINE
