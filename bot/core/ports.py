"""What the core asks of the outside world. Adapters give it; tests give fakes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from bot.core.cards import Card
from bot.core.charts import Chart
from bot.core.files import Upload
from bot.core.listing import Snapshot, Watch
from bot.errors import SourceError, StoreError
from bot.features.evidence.models.capture import Capture
from bot.features.reports.models.dossier import Dossier
from bot.features.reports.models.packets import Archived, Bundle
from bot.features.reviews.models.reviews import Review

T = TypeVar("T", bound=msgspec.Struct)

Indexed = str | int | bool | datetime
"""What an indexed field holds."""


class Collection(msgspec.Struct, Generic[T], frozen=True):
    """Documents of one type. A document's key is its own property; an index is a field's name.

    Fields that are indexed hold values of one type; what has None there is not in the index.
    """

    name: str
    type: type[T]
    key: Callable[[T], str]
    indexes: tuple[str, ...] = ()
    cold: bool = False
    """There are ever more of them, most are seldom read: a store need not keep them in memory."""
    packed: bool = False
    """They are cold, and hardly ever change: a store may press many into one."""


Fields = dict[str, Any]
"""A stored document, read without knowing its type."""


class SplitDocument(msgspec.Struct, frozen=True):
    """What was part of a document and becomes one of its own."""

    collection: str
    key: str
    fields: Fields


def no_parts(_: str, __: Fields) -> Iterable[SplitDocument]:
    """Leave the document whole."""
    return ()


class Migration(msgspec.Struct, frozen=True):
    """How documents of a collection come to look as they do from a version of the schema on.

    ``change`` is pure. From a document's key and fields it makes those of the new version, or None
    where there is none any more. ``parts`` is pure too: what of those key and fields becomes
    documents of other collections, as these look in the new version. One document at which a step
    fails is set aside whole.
    """

    version: int
    """From 1; never changed once it was released."""
    collection: str
    change: Callable[[str, Fields], tuple[str, Fields] | None]
    parts: Callable[[str, Fields], Iterable[SplitDocument]] = no_parts


class Transaction(Protocol):
    """Reads and writes that take effect together or not at all.

    Every document that was read by key, and every found one that is then written, is checked
    when the transaction ends: if another one changed it meanwhile, nothing is written and
    Conflict is raised. Reads see what this transaction wrote before. The end waits until all of
    it would survive a crash.
    """

    async def get(self, collection: Collection[T], key: str) -> T | None:
        """Return the document, or None."""
        ...

    async def find(
        self,
        collection: Collection[T],
        index: str,
        value: Indexed,
        *,
        after: str = "",
        limit: int = 100,
        newest: bool = False,
    ) -> list[T]:
        """Return documents whose field has the value, by key; see `Store.find`."""
        ...

    def put(self, collection: Collection[T], document: T) -> None:
        """Write the document under its own key, new or in place of the old one."""
        ...

    def create(self, collection: Collection[T], document: T) -> None:
        """Write a document that must not exist yet, else the transaction ends in Conflict."""
        ...

    def delete(self, collection: Collection[T], key: str) -> None:
        """Remove the document, if it is there."""
        ...

    @property
    def wrote(self) -> bool:
        """Tell whether anything would be written."""
        ...


class Store(Protocol):
    """Documents by collection and key, kept safe."""

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """Begin a transaction; leaving the block writes it, an exception drops it.

        Raises:
            Conflict: on leaving, if a document that was read or created changed meanwhile.
            DiskError: on leaving, if the disk did not take it; nothing was changed.
            StoreError: on leaving, if it could not be written for another reason.
        """
        ...

    @property
    def failure(self) -> str:
        """Why the last change could not be written; empty while changes are taken."""
        ...

    @property
    def dead(self) -> bool:
        """Tell whether no change is taken any more, until the program starts again."""
        ...

    async def failed(self) -> str:
        """Wait until a change could not be written; return why. Returns at once meanwhile."""
        ...

    @property
    def set_aside(self) -> int:
        """How many documents could not be read and were set aside when the data was opened."""
        ...

    async def get(self, collection: Collection[T], key: str) -> T | None:
        """Return the document, or None."""
        ...

    async def find(
        self,
        collection: Collection[T],
        index: str,
        value: Indexed,
        *,
        after: str = "",
        skip: int = 0,
        limit: int = 100,
        newest: bool = False,
    ) -> list[T]:
        """Return documents whose field has the value, by key, ``newest`` last key first.

        ``after`` continues behind a key of the page before; ``skip`` passes over so many more,
        which are not read. To go through all of them, see `bot.core.scanning`.
        """
        ...

    async def page(
        self,
        collection: Collection[T],
        *,
        after: str = "",
        skip: int = 0,
        limit: int = 100,
        newest: bool = False,
    ) -> list[T]:
        """Return documents of the collection by key, as ``find`` does."""
        ...

    async def values(self, collection: Collection[T], index: str) -> Sequence[Indexed]:
        """Return what the documents have in that field, each value once, the least first.

        So what is due by a time is found without looking at what is not.
        """
        ...

    async def count(self, collection: Collection[T], index: str = "", value: Indexed = "") -> int:
        """Return how many documents there are, or how many have the value in that field."""
        ...

    async def close(self) -> None:
        """Finish what is being written and let go of the data."""
        ...


class MessageRef(msgspec.Struct, frozen=True):
    """Where a chat put a message: the channel and the chat's own id of the message."""

    channel: str
    id: str


class Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    """A message on its way to the chat."""

    key: str
    """The same at every try, so that a chat or its history can tell that it was posted."""
    channel: str
    card: Card
    thread: MessageRef | None = None
    """The first message of the thread that it belongs to."""
    ping: bool = False
    """It is worth a person's attention now."""
    files: tuple[Upload, ...] = ()
    carries: tuple[str, ...] = ()
    """The keys of other messages whose words are in this one."""
    plain: bool = False
    """Its text alone, without what makes it a card: the chat refused its form."""
    beside: MessageRef | None = None
    """The alert that it belongs to, which can have no thread: it stands in the channel and links
    to that."""
    written: datetime | None = None
    """When it was written, where that is known: it was not posted before."""


class Chat(Protocol):
    """A platform on which the team talks."""

    async def post(self, message: Outgoing) -> MessageRef:
        """Post a message.

        Raises:
            MessageGone: the thread's first message was deleted.
            ChatError: its ``refusal`` says what it means. After a refusal of the
                form, the thread or the room it is surely not there; after any other ``find``
                decides.
        """
        ...

    async def edit(self, ref: MessageRef, card: Card, *, plain: bool = False) -> None:
        """Show another card in the message's place; ``plain`` as in Outgoing.

        Raises:
            MessageGone: somebody deleted it.
            ChatError: it was not changed; its ``refusal`` says what that means.
        """
        ...

    async def find(self, messages: Sequence[Outgoing]) -> Mapping[str, MessageRef]:
        """Ask the platform which of these were posted already; return where, by their keys.

        All of them are for one channel and one thread, whose history is read once. Files that
        failed after a message that is there are posted now. Raises ChatError.
        """
        ...

    async def close_thread(self, head: MessageRef) -> None:
        """Fold the message's thread away, where the chat limits how many are open.

        The next message in it opens it again. Raises ChatError.
        """
        ...


class Reading(msgspec.Struct, frozen=True):
    """What came of looking at one watch: a snapshot, or why there is none."""

    watch: Watch
    result: Snapshot | SourceError
    raw: bytes = b""
    """The answer as it came, for the evidence."""


class OfferSource(Protocol):
    """Where offers come from."""

    simulated: bool
    """The marketplace is a simulation; every card must say so."""

    async def read(self, watches: Sequence[Watch]) -> list[Reading]:
        """Look at the watches; one reading for each, in their order. Never raises SourceError."""
        ...

    async def titles(self, asins: Iterable[str], code: str) -> dict[str, str]:
        """Return titles by ASIN in the marketplace with that code, as far as they are known.

        Raises:
            SourceError: nobody could tell.
        """
        ...


class Scheduler(Protocol):
    """Decides when work runs; embedded in the process, or spread over several."""

    def handle(self, name: str, work: Callable[[str], Awaitable[None]]) -> None:
        """Register the work behind a name; it is called with a key."""
        ...

    def every(self, period: timedelta, name: str) -> None:
        """Run the named work with an empty key in every period, never twice at once."""
        ...

    def trigger(self, name: str, key: str = "") -> None:
        """Run the named work for the key soon: at most one running and one waiting for each key."""
        ...


class Evidence(Protocol):
    """Bytes that must never change, kept under the SHA-256 of their content."""

    async def keep(self, content: bytes, facts: Mapping[str, str]) -> str:
        """Store the bytes durably and return their SHA-256 in hexadecimal.

        Raises:
            DiskError: the disk refused.
            StoreError: it could not be written down what is kept.
        """
        ...

    async def keep_all(
        self, several: Sequence[tuple[bytes, Mapping[str, str]]]
    ) -> list[StoreError | None]:
        """Store each of these as ``keep`` does; return for each why it was not kept, or None."""
        ...

    async def forget(self, content: str, facts: Mapping[str, str]) -> None:
        """Delete the bytes with that SHA-256; that they were there stays written down.

        Raises:
            StoreError: they cannot be deleted.
        """
        ...

    async def read(self, content: str) -> bytes:
        """Return the bytes with that SHA-256.

        Raises:
            StoreError: they are not there, or are not what they were.
        """
        ...


class PageCapture(Protocol):
    """Takes pictures of Amazon's pages, or of the simulated marketplace's."""

    async def take(self, url: str) -> Capture:
        """Return the page as a visitor who is not logged in sees it now.

        Raises:
            CaptureError: it could not be loaded, or is a login wall, a captcha, an error page or
                not there: none of these is proof of an offer. The message says what happened.
            UserError: there is no Chromium; the message says how to get it.
        """
        ...


class Pictures(Protocol):
    """Makes copies of pictures for readers; the original's bytes never change."""

    async def copy(self, content: bytes) -> bytes:
        """Return the picture without the place where it was taken and all else that hides in it.

        Raises:
            UserError: it cannot be read as a picture.
        """
        ...


class TimestampAuthority(Protocol):
    """Somebody outside who confirms that something existed (RFC 3161)."""

    name: str
    """The authority's host."""

    async def stamp(self, digest: bytes) -> bytes:
        """Return the authority's answer over a SHA-256.

        Raises:
            StampError: it did not answer, or not with a time-stamp over this digest.
        """
        ...

    def root_of(self, answer: bytes) -> str:
        """Return the name of the root that the answer's signature leads to; empty: none known."""
        ...


class Packer(Protocol):
    """Makes the two files of a packet."""

    async def archive(self, bundle: Bundle) -> Archived:
        """Write the sealed archive and keep it as evidence.

        Raises:
            StoreError: a piece is not what was kept, or the disk refused.
        """
        ...

    async def print(self, dossier: Dossier) -> bytes:
        """Return the PDF."""
        ...


class Printer(Protocol):
    """Draws charts, and prints the quarterly review."""

    async def chart(self, chart: Chart) -> bytes:
        """Return the chart as a PNG.

        Raises:
            BrandwardenError: it could not be drawn.
        """
        ...

    async def review(self, review: Review, charts: Sequence[Chart], brand: str) -> bytes:
        """Return the review as a PDF.

        Raises:
            BrandwardenError: it could not be set in type.
        """
        ...


class Cadences(Protocol):
    """Reads cron words."""

    def following(self, cadence: str, zone: str, after: datetime) -> datetime:
        """Return the first moment of the cadence after another one, in UTC.

        An hour that a clock change leaves out is made up for; one that comes twice counts once.

        Raises:
            UserError: the words make no cadence, or one that never comes.
        """
        ...


Clock = Callable[[], datetime]
"""Tells the present moment, in UTC."""
