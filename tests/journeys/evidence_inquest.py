"""What is found of evidence and packets after the last death, beside what people were told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from adapters.capture.files import FileEvidence
from adapters.packets.verifier import Unreadable, examine
from adapters.storage.tinydb import TinyStore
from bot.bootstrap.application import EVIDENCE
from bot.bootstrap.capabilities import PACKETS, ZIP
from bot.bootstrap.features import COLLECTIONS
from bot.core.chat import Outgoing
from bot.core.collections import JOBS, OUTBOX
from bot.core.files import Upload
from bot.features.cases.collections import CASES, ENTRIES
from bot.features.evidence.collections import CUSTODY, EVIDENCE_ITEMS
from bot.features.evidence.models.custody import CustodyEntry, broken
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind
from bot.features.evidence.service.jobs import FAILED
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import Report
from tests.journeys.evidence_team import ALL, DONE, STEPS
from tests.journeys.evidence_victim import LEDGER
from tests.journeys.ledger import Heard, Posted, Sent, of_kind, read_ledger

GIVEN = {
    "received": (EvidenceKind.RECEIVED,),
    "genuine": (EvidenceKind.GENUINE,),
    "orders": (EvidenceKind.ORDERS,),
    "test-buy": (EvidenceKind.TEST_BUY,),
    "capture": (EvidenceKind.CAPTURE, EvidenceKind.PAGE_TEXT, EvidenceKind.ANSWER),
}
"""The evidence that each step brings, once."""


@dataclass(frozen=True)
class Remains:
    """What the last process left."""

    folder: Path
    vault: FileEvidence
    pieces: list[EvidenceItem]
    custody: dict[str, list[CustodyEntry]]
    reports: dict[str, Report]
    texts: list[str]
    waiting: int
    sent: dict[str, Sent]
    heard: list[Heard]
    posted: list[Posted]


async def remains_of(folder: Path) -> Remains:
    store = await TinyStore.open(folder / "store", COLLECTIONS)
    cases = await store.page(CASES, limit=ALL)
    lines = read_ledger(folder / LEDGER)
    remains = Remains(
        folder=folder,
        vault=FileEvidence(folder / EVIDENCE),
        pieces=await store.page(EVIDENCE_ITEMS, limit=ALL),
        custody={
            case.key: await store.find(CUSTODY, "case", case.key, limit=ALL) for case in cases
        },
        reports={report.label: report for report in await store.page(REPORTS, limit=ALL)},
        texts=[entry.text for entry in await store.page(ENTRIES, limit=ALL)],
        waiting=await store.count(JOBS) + await store.count(OUTBOX),
        sent={line.interaction.id: line for line in of_kind(lines, Sent)},
        heard=of_kind(lines, Heard),
        posted=of_kind(lines, Posted),
    )
    await store.close()
    return remains


async def wrongs(remains: Remains) -> dict[str, list[str]]:
    """Return all that is wrong, by kind."""
    return {
        "refused": list(_refused(remains)),
        "lost or doubled pieces": list(_lost_or_doubled(remains)),
        "bytes lost": list(_bytes_lost(remains)),
        "bytes left of what was deleted": list(_bytes_left(remains)),
        "broken chains": [*_broken_chains(remains), *await remains.vault.verify()],
        "pieces that no custody log knows": list(_unentered(remains)),
        "packets that do not verify": list(_unverified(remains)),
        "confirmations without one packet": list(_unpacked(remains)),
        "posts without their files": [
            post.message.key for post in remains.posted if post.unreadable
        ],
        "posts doubled": _doubled(post.message.key for post in remains.posted),
        "left undone": [f"{remains.waiting} jobs and messages"] * bool(remains.waiting),
        "given up": [text for text in remains.texts if text.startswith(tuple(FAILED.values()))],
        "half packets": [path.name for path in (remains.folder / PACKETS).iterdir()],
    }


def amounts(remains: Remains) -> Counter[str]:
    """Count what was done and told, and what the deaths left over."""
    named = {remains.vault.locate(digest) for digest in _named(remains)}
    kept = [path for path in (remains.folder / EVIDENCE).glob("??/*") if path not in named]
    return Counter(
        {
            "submissions confirmed": len({heard.id for heard in remains.heard}),
            "confirmed at a second try": sum(heard.text == DONE for heard in remains.heard),
            "pieces": len(remains.pieces),
            "custody entries": sum(map(len, remains.custody.values())),
            "packets posted": len(list(_packets(remains))),
            "files half written": sum(path.suffix == ".new" for path in kept),
            "files that nothing names": sum(not path.suffix for path in kept),
        }
    )


def _refused(remains: Remains) -> Iterator[str]:
    """Name what the team was refused, and what was sent and never answered."""
    for heard in remains.heard:
        expected = STEPS[remains.sent[heard.id].step]
        if expected not in heard.text and heard.text != DONE:
            yield f"{heard.id}: {heard.text}"
    yield from remains.sent.keys() - {heard.id for heard in remains.heard}


def _lost_or_doubled(remains: Remains) -> Iterator[str]:
    """Name the kinds of evidence that a case has not exactly once, though somebody gave it."""
    counts = Counter((piece.case, piece.kind) for piece in remains.pieces)
    for sent in remains.sent.values():
        for kind in GIVEN.get(sent.step, ()):
            if counts[sent.case, kind] != 1:
                yield f"{counts[sent.case, kind]} {kind} in {sent.case}"


def _bytes_lost(remains: Remains) -> Iterator[str]:
    for piece in remains.pieces:
        there = (remains.vault.locate(content).exists() for content in _bytes_of(piece))
        if piece.here and not all(there):
            yield piece.key


def _bytes_left(remains: Remains) -> Iterator[str]:
    """Name deleted pieces whose bytes are there and no other piece's, by the custody log."""
    wanted = set[str]().union(*(_bytes_of(piece) for piece in remains.pieces if piece.here))
    for piece in remains.pieces:
        about = (f"{piece.label} ", f"copy of {piece.label} ")
        known = {
            entry.sha256 for entry in remains.custody[piece.case] if entry.detail.startswith(about)
        }
        gone = set[str]() if piece.here else known - wanted
        if any(remains.vault.locate(content).exists() for content in gone):
            yield piece.key


def _bytes_of(piece: EvidenceItem) -> set[str]:
    """Return the hashes of the piece's original and copy."""
    return {piece.file.content, piece.file.shown} if piece.file else set()


def _broken_chains(remains: Remains) -> Iterator[str]:
    for case, entries in remains.custody.items():
        yield from (f"{case}: {wrong}" for wrong in broken(entries))


def _unentered(remains: Remains) -> Iterator[str]:
    for piece in filter(lambda piece: piece.here, remains.pieces):
        known = {entry.sha256 for entry in remains.custody[piece.case]}
        if (piece.file.content if piece.file else piece.words_digest) not in known:
            yield piece.key


def _packets(remains: Remains) -> Iterator[tuple[Outgoing, Upload, Upload]]:
    """Give the messages that carry packets, with PDF and archive."""
    for post in remains.posted:
        if any(file.kind == ZIP for file in post.message.files):
            pdf, archive = post.message.files
            yield post.message, pdf, archive


def _unverified(remains: Remains) -> Iterator[str]:
    """Name the packets that are not whole, or not what the seal on their card says."""
    for message, pdf, archive in _packets(remains):
        [seal] = [field.value for field in message.card.fields if field.label == "Archive seal"]
        try:
            result = examine(remains.vault.locate(archive.content), seal)
        except Unreadable as error:
            yield f"{message.key}: {error}"
            continue
        if result.faults or not result.compared:
            yield f"{message.key}: {result.faults}"
        printed = remains.vault.locate(pdf.content).read_bytes()
        if not printed.startswith(b"%PDF-") or not printed.rstrip().endswith(b"%%EOF"):
            yield f"{message.key}: half a PDF"


def _unpacked(remains: Remains) -> Iterator[str]:
    """Name the reports whose packets are not one for each confirmation, or not the one known."""
    confirmed = Counter(sent.case for sent in remains.sent.values() if sent.step == "confirm")
    packets = Counter(archive.name for _, _, archive in _packets(remains))
    shown = {archive.content for _, _, archive in _packets(remains)}
    for label, report in remains.reports.items():
        posts = sum(count for name, count in packets.items() if name.endswith(f"-{label}.zip"))
        known = report.packet is not None and report.packet.archive.content in shown
        if posts != confirmed[report.case] or not known:
            yield f"{label}: {posts} of {confirmed[report.case]}"


def _named(remains: Remains) -> Iterator[str]:
    """Give the hashes of all that a person could ask for."""
    files = [piece.file for piece in remains.pieces if piece.file]
    files += [file for post in remains.posted for file in post.message.files]
    for file in files:
        yield from (file.content, file.shown)


def _doubled(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
