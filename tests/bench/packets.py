"""A packet of 20 files of 5 MB: what sealing it takes, how long the loop is held up, its PDF."""

from __future__ import annotations

import asyncio
import io
import random
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from adapters.web.outbound import WebChat
from bot.bootstrap.application import WEB, Application, build_application, open_store, vault_of
from bot.bootstrap.capabilities import PACKETS, Packets
from bot.core.channel_bindings import open_room
from bot.core.clocks import utc_now
from bot.core.files import Upload
from bot.core.interactions import Command, Place
from bot.core.jobs import enqueue, job_runner
from bot.core.labeled import Recommendation
from bot.core.links import Links
from bot.core.permissions import Person, Role
from bot.core.resources import Resources
from bot.core.store import Transaction, run_in_transaction
from bot.errors import StoreError
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.evidence.service.evidence import add_items, custody_of, items_of
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.observations import Grounds
from bot.features.reports.models.packets import PACKET, Bundle
from bot.features.reports.models.reports import Report, ReportState, Version
from bot.features.reports.resources import PACKER
from bot.features.watchlist.collections import WATCHES
from tests.bench.measure import Peer, Row, Series, Target, alternate, row
from tests.bench.printing import GROUP, print_all, run
from tests.bench.staff import scratch, settings_in, watches_of
from tests.journeys.evidence_victim import Invaded

SEALED, ZIPPED = "sealed and kept", "sha256sum + zip -0"
BLOCK = "longest block of the loop during a packet"
ACK = "slowest ack of a command during a packet"
AT_DISK = Target(2, of_ratio=True)
"""Half the speed of the peer."""
SMOOTH = Target(50)
STEP = 0.001
"""Seconds between two looks at the loop."""
ANA = Person("ana", "Ana")
WHERE = Place(chat=WEB, channel="brand-alerts")


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    files: int = 20
    size: int = 5_000_000
    rounds: int = 5


@dataclass
class _Bench:
    """A house with a case full of evidence."""

    application: Application
    packer: Packets
    case: Case
    folder: Path
    blocks: list[float] = field(default_factory=list)
    quiet: list[float] = field(default_factory=list)
    acks: list[float] = field(default_factory=list)
    commands: int = 0

    async def bundle(self) -> Bundle:
        store = self.application.app.store
        return Bundle(
            case=self.case.label,
            report="R-1",
            made_at=utc_now(),
            simulated=True,
            statement="Nothing.",
            items=await items_of(store, self.case.key),
            custody=await custody_of(store, self.case.key),
            tool="bench",
        )


async def measure(sizes: Sizes) -> list[Row]:
    """Seal and zip in turn, print in turn, and make whole packets while a person asks things."""
    with scratch() as folder:
        async with _opened(folder, sizes) as bench:
            sealing = {SEALED: lambda: _seal(bench), ZIPPED: lambda: _zip(bench)}
            took = await alternate(sizes.rounds, sealing)
            for _ in range(sizes.rounds):
                await _make_packet(bench)
        printed = await print_all(sizes.rounds, folder)
    blocks, quiet, acks = (Series(tuple(each)) for each in (bench.blocks, bench.quiet, bench.acks))
    files = f"{sizes.files} files of {sizes.size / 1e6:g} MB"
    return [
        row(GROUP, f"{files}, {SEALED}", "ms", took[SEALED], Peer(ZIPPED, took[ZIPPED]), AT_DISK),
        row(GROUP, f"peer: {ZIPPED}", "ms", took[ZIPPED]),
        row(
            GROUP,
            "longest block of the loop during a packet",
            "ms",
            blocks,
            Peer("no packet", quiet),
            SMOOTH,
        ),
        row(GROUP, ACK, "ms", acks, None, SMOOTH),
        *printed,
    ]


async def _seal(bench: _Bench) -> float:
    bundle = await bench.bundle()
    started = time.perf_counter()
    archived = await bench.packer.archive(bundle)
    took = 1000 * (time.perf_counter() - started)
    await bench.application.app.evidence.forget(archived.file.content, {"at": "bench"})
    return took


async def _zip(bench: _Bench) -> float:
    pieces = await items_of(bench.application.app.store, bench.case.key)
    vault = vault_of(settings_in(bench.folder))
    names = [str(vault.locate(piece.file.content)) for piece in pieces if piece.file]
    packet, started = bench.folder / "peer.zip", time.perf_counter()
    await run("sha256sum", *names)
    await run("zip", "-0", "-q", "-j", str(packet), *names)
    took = 1000 * (time.perf_counter() - started)
    packet.unlink()
    return took


async def _make_packet(bench: _Bench) -> None:
    """Let the job be done as ever, and note the loop's longest block and the slowest ack."""
    app = bench.application.app

    async def ask(tx: Transaction) -> None:
        tx.put(REPORTS, _report(bench.case))
        enqueue(app, tx, PACKET, _report(bench.case).key, ANA)

    await run_in_transaction(app.store, ask)
    bench.acks.append(0.0)
    started = time.perf_counter()
    async with _beside(_watch(bench.blocks)), _beside(_ask_on(bench)):
        await job_runner(app).tick()
    # What the machine does besides holds the loop up, too: as long without a packet tells.
    async with _beside(_watch(bench.quiet)):
        await asyncio.sleep(time.perf_counter() - started)
    packed = await app.store.get(REPORTS, _report(bench.case).key)
    if packed is None or packed.packet is None:
        message = "No packet was made: see the log."
        raise StoreError(message)


@asynccontextmanager
async def _beside(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Let the work go on as long as the block lasts."""
    task = asyncio.create_task(work)
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _watch(longest: list[float]) -> None:
    """Note the milliseconds for which the loop was held up longest."""
    longest.append(0.0)
    before = time.perf_counter()
    while True:
        await asyncio.sleep(STEP)
        now = time.perf_counter()
        longest[-1] = max(longest[-1], 1000 * (now - before - STEP))
        before = now


async def _ask_on(bench: _Bench) -> None:
    """Type a command every few milliseconds, and note how long the slowest one took."""
    while True:
        bench.commands += 1
        command = Command(
            id=f"c{bench.commands}",
            who=ANA,
            role=Role.ADMIN,
            where=WHERE,
            at=utc_now(),
            name="evidence",
            text="1",
        )
        started = time.perf_counter()
        await bench.application.router.handle(command)
        bench.acks[-1] = max(bench.acks[-1], 1000 * (time.perf_counter() - started))
        await asyncio.sleep(10 * STEP)


@asynccontextmanager
async def _opened(folder: Path, sizes: Sizes) -> AsyncIterator[_Bench]:
    """Open a house with one case that has the files."""
    settings = settings_in(folder)
    async with open_store(settings, simulated=True) as store:
        packer = Packets(folder / PACKETS, vault_of(settings))
        chats = {WEB: WebChat(store, utc_now)}
        source, resources = Invaded(simulated=True), Resources().having(PACKER, packer)
        application = build_application(settings, store, source, Links(), chats, resources)
        await open_room(store, WEB, "", WHERE.channel)
        [watch] = watches_of(1)
        async with store.transaction() as tx:
            tx.put(WATCHES, watch)
        await application.monitor.check([watch])
        case, *_ = await store.page(CASES)
        files = [await _picture(application, number, sizes.size) for number in range(sizes.files)]
        kind, now = EvidenceKind.RECEIVED, utc_now()
        pieces = [
            EvidenceItem(case=case.key, place=0, at=now, kind=kind, file=file) for file in files
        ]
        await run_in_transaction(
            store, lambda tx: add_items(application.app, tx, case, ANA, pieces)
        )
        yield _Bench(application, packer, case, folder)


async def _picture(application: Application, number: int, size: int) -> Upload:
    """Keep a picture that is as large as noise is."""
    side = max(1, round((size / 3) ** 0.5))
    out = io.BytesIO()
    noise = random.Random(number).randbytes(3 * side * side)
    Image.frombytes("RGB", (side, side), noise).save(out, "PNG", compress_level=0)
    content = out.getvalue()
    digest = await application.app.evidence.keep(content, {"at": utc_now().isoformat()})
    return Upload(f"{number}.png", "image/png", len(content), digest)


def _report(case: Case) -> Report:
    """Return a report that nothing speaks against: only such a one gets a packet."""
    now = utc_now()
    text = f"On {now:%Y-%m-%d} the pictures of {', '.join(case.asins)} were changed. " * 6
    return Report(
        number=1,
        case=case.key,
        recommendation=Recommendation.POLICY,
        claim=Claim.TAKEOVER,
        marketplace=case.marketplace,
        asins=case.asins,
        seller="",
        grounds=Grounds.DIFFERENCES,
        no_orders="It is about a page.",
        versions=(Version(text, now, ANA),),
        state=ReportState.CONFIRMED,
        drafted_at=now,
        drafted_by=ANA,
    )
