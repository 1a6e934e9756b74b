"""Stand-ins for the outside world, with switches for what may go wrong there."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from bot.core.cards import Card
from bot.core.charts import Chart
from bot.core.chat import Chat, MessageRef, Outgoing
from bot.core.files import Upload
from bot.core.listing import Snapshot, Watch
from bot.core.monitoring import CatalogProduct, Reading
from bot.core.scheduler import WorkHealth
from bot.core.vault import NOTHING_KEPT, VaultHead
from bot.errors import (
    BrandwardenError,
    CaptureError,
    ChatError,
    Refusal,
    SourceError,
    StoreError,
    UserError,
)
from bot.features.evidence.models.capture import Capture, PageElement, PageKind
from bot.features.reports.models.dossier import Dossier
from bot.features.reports.models.packets import Archived, Bundle
from bot.features.reviews.models.reviews import Review

START = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PIXEL = b"\x89PNG one pixel"


class StoppedClock:
    """Time that moves only when a test says so."""

    def __init__(self) -> None:
        self.now = START
        self.passing = timedelta()
        """So much time passes with each look at the clock."""
        self._stepped = timedelta()

    def __call__(self) -> datetime:
        self.now += self.passing
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)

    def step(self, **by: float) -> None:
        """Set the clock forward or back, while no time passes."""
        self.now += timedelta(**by)
        self._stepped += timedelta(**by)

    def monotonic(self) -> float:
        """Tell the seconds that passed, however the clock was set."""
        return (self.now - self._stepped - START).total_seconds()


class RecordingEngine:
    """Remembers what was triggered; a test runs it when it wants."""

    def __init__(self) -> None:
        self.triggered: list[tuple[str, str]] = []
        self.work: tuple[WorkHealth, ...] = ()

    def handle(self, name: str, work: Callable[[str], Awaitable[None]], label: str = "") -> None:
        raise NotImplementedError

    def every(self, period: timedelta, name: str) -> None:
        raise NotImplementedError

    def trigger(self, name: str, key: str = "") -> None:
        self.triggered.append((name, key))

    def health(self) -> tuple[WorkHealth, ...]:
        return self.work


class MemoryEvidence:
    """Keeps bytes by their hash."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.keepings: Counter[str] = Counter()
        self.refuses: StoreError | None = None
        self.wrong: list[str] = []
        """What is found when it is verified."""
        self.stays: StoreError | None = None
        """Why nothing can be deleted."""

    async def keep(self, content: bytes, facts: Mapping[str, str]) -> str:
        assert facts["at"]
        if self.refuses:
            raise self.refuses
        digest = hashlib.sha256(content).hexdigest()
        self.kept[digest] = content
        self.keepings[digest] += 1
        return digest

    async def keep_all(
        self, several: Sequence[tuple[bytes, Mapping[str, str]]]
    ) -> list[StoreError | None]:
        refused: list[StoreError | None] = []
        for content, facts in several:
            try:
                await self.keep(content, facts)
            except StoreError as error:
                refused.append(error)
            else:
                refused.append(None)
        return refused

    async def forget(
        self, content: str, facts: Mapping[str, str], *, kept: int | None = None
    ) -> bool:
        assert facts["at"]
        if self.stays:
            raise self.stays
        if kept is not None and await self.kept_at(content) != kept:
            return False
        self.kept.pop(content, None)
        return True

    async def kept_at(self, content: str) -> int:
        return self.keepings[content] if content in self.kept else 0

    async def listed(self, beginning: str) -> dict[str, int]:
        return {each: self.keepings[each] for each in self.kept if each.startswith(beginning)}

    async def read(self, content: str) -> bytes:
        if content not in self.kept:
            raise StoreError("It is not there.")
        return self.kept[content]

    async def head(self) -> VaultHead:
        if not self.kept:
            return NOTHING_KEPT
        return VaultHead(len(self.kept), hashlib.sha256(repr(list(self.kept)).encode()).hexdigest())

    async def verify(self, anchor: VaultHead = NOTHING_KEPT) -> list[str]:
        return self.wrong


class FakeCamera:
    """Takes the same picture of every page, unless it is told what is wrong with the page."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.trouble = ""
        self.missing = ""
        """What a person has to get before any picture can be taken."""

    async def take(self, url: str) -> Capture:
        if self.missing:
            raise UserError(self.missing)
        if self.trouble:
            raise CaptureError(self.trouble)
        self.taken.append(url)
        return Capture(
            kind=PageKind.OFFER,
            title="Maple Serving Tray",
            picture=PIXEL,
            sha256=hashlib.sha256(PIXEL).hexdigest(),
            whole=True,
            simulated=True,
            copy=PIXEL + b"strip",
            text="Maple Serving Tray. Sold by a stranger.",
            url=url,
            at=START,
            tool="Chromium 1",
            boxed=(PageElement.SELLER, PageElement.PRICE),
            unboxed=(PageElement.SHIPS_FROM,),
        )


class FakePacker:
    """Makes packets that tell what they were made of."""

    def __init__(self, evidence: MemoryEvidence) -> None:
        self.evidence = evidence
        self.bundles: list[Bundle] = []
        self.dossiers: list[Dossier] = []

    async def archive(self, bundle: Bundle) -> Archived:
        self.bundles.append(bundle)
        content = b"zip of " + bundle.report.encode()
        digest = await self.evidence.keep(content, {"at": "now"})
        name = f"{bundle.case}-{bundle.report}.zip"
        return Archived(file=Upload(name, "application/zip", len(content), digest), seal=digest)

    async def print(self, dossier: Dossier) -> bytes:
        self.dossiers.append(dossier)
        return b"%PDF of " + dossier.report.encode()


class FakePrinter:
    """Remembers what it drew and printed, unless it is told what is wrong."""

    def __init__(self) -> None:
        self.charts: list[Chart] = []
        self.reviews: list[tuple[Review, tuple[Chart, ...], str]] = []
        self.trouble = ""

    async def chart(self, chart: Chart) -> bytes:
        if self.trouble:
            raise BrandwardenError(self.trouble)
        self.charts.append(chart)
        return PIXEL + chart.title.encode()

    async def drawing(self, chart: Chart, *, dark: bool = False) -> bytes:
        if self.trouble:
            raise BrandwardenError(self.trouble)
        self.charts.append(chart)
        return f"<svg><!-- {'dark' if dark else 'light'} --></svg>".encode()

    async def review(self, review: Review, charts: Sequence[Chart], brand: str) -> bytes:
        if self.trouble:
            raise BrandwardenError(self.trouble)
        self.reviews.append((review, tuple(charts), brand))
        return b"%PDF of " + review.quarter.encode()


class FakeChat:
    """A chat that remembers messages; it can refuse them, or take them and say nothing."""

    def __init__(self) -> None:
        self.messages: dict[str, Outgoing] = {}
        self.cards: dict[str, Card] = {}
        self.order: list[str] = []
        self.posts = 0
        self.edits = 0
        self.requests = 0
        """Everything that it was asked, refused or not."""
        self.refuse: dict[str, ChatError] = {}
        """By a message's key: what a post of it is answered."""
        self.refuse_edit: dict[str, ChatError] = {}
        self.refuse_thread: dict[str, ChatError] = {}
        """By the head's key: what a post in its thread is answered."""
        self.refuse_form: set[str] = set()
        """Messages that it takes as plain text alone."""
        self.refuse_files: ChatError | None = None
        self.dead: dict[str, ChatError] = {}
        """By channel: what everything in it is answered."""
        self.out: ChatError | None = None
        """What everything is answered."""
        self.lose_answer_of: set[str] = set()
        self.breaks: set[str] = set()
        self.closed: list[str] = []
        self.sought: list[list[str]] = []

    async def post(self, message: Outgoing) -> MessageRef:
        self._answers(message.channel)
        refusal = self._refusal(message)
        if refusal is not None:
            raise refusal
        if message.key in self.breaks:
            broken = "no adapter expected this"
            raise ValueError(broken)
        self.posts += 1
        self.messages[message.key] = message
        self.cards[message.key] = message.card
        self.order.append(message.key)
        if message.key in self.lose_answer_of:
            self.lose_answer_of.remove(message.key)
            lost = "the answer was lost"
            raise ChatError(lost)
        return MessageRef(message.channel, message.key)

    async def edit(self, ref: MessageRef, card: Card, *, plain: bool = False) -> None:
        self._answers(ref.channel)
        if ref.id in self.refuse_edit:
            raise self.refuse_edit[ref.id]
        assert ref.id in self.cards
        self.edits += 1
        self.cards[ref.id] = card

    async def find(self, messages: Sequence[Outgoing]) -> Mapping[str, MessageRef]:
        self._answers(messages[0].channel)
        self.sought.append([each.key for each in messages])
        known = [each for each in messages if each.key in self.messages]
        return {each.key: MessageRef(each.channel, each.key) for each in known}

    async def close_thread(self, head: MessageRef) -> None:
        self._answers(head.channel)
        self.closed.append(head.id)

    def _answers(self, channel: str) -> None:
        self.requests += 1
        if self.out is not None:
            raise self.out
        if channel in self.dead:
            raise self.dead[channel]

    def _refusal(self, message: Outgoing) -> ChatError | None:
        if message.key in self.refuse_form and not message.plain:
            return ChatError("not in this form", refusal=Refusal.FORM)
        if message.files and self.refuse_files is not None:
            return self.refuse_files
        if message.thread is not None and message.thread.id in self.refuse_thread:
            return self.refuse_thread[message.thread.id]
        return self.refuse.get(message.key)


async def found(chat: Chat, message: Outgoing) -> MessageRef | None:
    """Ask a chat for one message."""
    return (await chat.find([message])).get(message.key)


class FakeSource:
    """Answers with the snapshots and errors that a test puts in."""

    def __init__(self, *, simulated: bool = False) -> None:
        self.simulated = simulated
        self.results: dict[str, Snapshot | SourceError] = {}
        self.catalog: dict[str, CatalogProduct] = {}
        self.named: list[list[str]] = []
        self.asked: list[list[str]] = []

    def put(self, snapshot: Snapshot) -> None:
        self.results[Watch.key_of(snapshot.marketplace, snapshot.asin)] = snapshot

    async def read(self, watches: Sequence[Watch]) -> list[Reading]:
        self.asked.append([watch.key for watch in watches])
        return [self._reading(watch) for watch in watches]

    async def products(self, asins: Iterable[str], code: str) -> dict[str, CatalogProduct]:
        assert code
        wanted = list(asins)
        self.named.append(wanted)
        return {asin: self.catalog[asin] for asin in wanted if asin in self.catalog}

    def _reading(self, watch: Watch) -> Reading:
        return Reading(watch, self.results.get(watch.key, SourceError("nothing prepared")), b"raw")
