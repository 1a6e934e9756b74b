"""Taking evidence into a case: the piece, its custody entry and the timeline in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.core.audit.texts import forget_texts
from bot.core.context import AppContext
from bot.core.findings import Fact
from bot.core.forgetting import ask_compaction, release
from bot.core.interface import noted, tr
from bot.core.jobs import enqueue
from bot.core.permissions import Person
from bot.core.scanning import each_found
from bot.core.store import Store, Transaction
from bot.errors import UserError
from bot.features.cases.collections import CASES
from bot.features.cases.models.cases import Case, EntryKind
from bot.features.cases.models.events import EvidenceNeed, EvidenceWanted
from bot.features.cases.models.steps import Transition
from bot.features.cases.service.keeping import record
from bot.features.cases.service.redacting import let_go
from bot.features.evidence.collections import CUSTODY, EVIDENCE_ITEMS, EVIDENCE_LOGS, STAMPS
from bot.features.evidence.models.custody import (
    CustodyAction,
    CustodyEntry,
    EvidenceLog,
    Stamp,
    follow,
)
from bot.features.evidence.models.events import EvidenceChanged
from bot.features.evidence.models.items import (
    MACHINE_WORDED,
    PIECES_AT_MOST,
    EvidenceItem,
    EvidenceJob,
    EvidenceKind,
    needs,
)
from bot.features.evidence.resources import AUTHORITIES


async def items_of(store: Store | Transaction, case: str) -> tuple[EvidenceItem, ...]:
    """Return a case's evidence, the oldest first."""
    return tuple(await store.find(EVIDENCE_ITEMS, "case", case, limit=PIECES_AT_MOST))


async def custody_of(store: Store, case: str) -> tuple[CustodyEntry, ...]:
    """Return a case's whole custody log."""
    return tuple([entry async for entry in each_found(store, CUSTODY, "case", case)])


async def stamps_of(store: Store, case: str) -> tuple[Stamp, ...]:
    """Return all outside time-stamps over a case's custody log."""
    return tuple([stamp async for stamp in each_found(store, STAMPS, "case", case)])


async def add_items(
    app: AppContext,
    tx: Transaction,
    case: Case,
    who: Person | None,
    items: Sequence[EvidenceItem],
) -> tuple[EvidenceItem, ...]:
    """Add new pieces with their places, and tell the features that use evidence.

    Raises:
        UserError: the case has as many as it takes.
    """
    # The timeline's place for it may have moved on since the case was read.
    case = await tx.get(CASES, case.key) or case
    placed = await _place(app, tx, case, who, items)
    step = _told(case, who, placed)
    case = await record(app, tx, case, [step])
    await app.tell(tx, EvidenceChanged(case))
    return placed


async def require_item(tx: Transaction, key: str) -> EvidenceItem:
    """Return the piece of that key. Raises UserError: there is none."""
    found = await tx.get(EVIDENCE_ITEMS, key)
    if found is None:
        message = tr("There is no such evidence. Type /evidence NUMBER to list a case's evidence.")
        raise UserError(message)
    return found


async def delete_item(
    app: AppContext, tx: Transaction, case: Case, who: Person | None, item: EvidenceItem, why: str
) -> None:
    """Delete a piece, and tell the features that use evidence.

    The custody log keeps that it was there, who deleted it, and why.

    Raises:
        UserError: it is deleted already.
    """
    if not item.here:
        message = tr("{label} was already deleted.", label=item.label)
        raise UserError(message)
    at = app.clock()
    tx.put(EVIDENCE_ITEMS, item.deleted(at))
    await forget_texts(app.store, tx, [(EVIDENCE_ITEMS.name, item.key)])
    ask_compaction(app, tx)
    says = f"{item.label} was deleted: {why}"
    await log_deed(app, tx, case.key, who, CustodyAction.DELETED, item, says)
    if item.file is not None:
        contents = {item.file.content, item.file.shown}
        await let_go(tx, case.key, contents)
        await release(app, tx, sorted(contents), f"{case.label} {item.label}")
    by = who.name if who else "Brandwarden"
    text = noted("{who} deleted {item}: {why}", who=by, item=item.label, why=why)
    case = await record(app, tx, case, [Transition.of(case, EntryKind.ACTION, text, at, who=who)])
    await app.tell(tx, EvidenceChanged(case))


async def log_deed(
    app: AppContext,
    tx: Transaction,
    case: str,
    who: Person | None,
    deed: CustodyAction,
    about: EvidenceItem | str,
    detail: str,
) -> CustodyEntry:
    """Add an entry to the case's custody log; ``about`` is a piece, or the hash of other bytes."""
    log = await tx.get(EVIDENCE_LOGS, case) or EvidenceLog(case=case)
    last = await tx.get(CUSTODY, f"{case}-{log.entries:06d}")
    digest = about if isinstance(about, str) else _digest_of(about)
    entry = follow(
        last,
        case=case,
        at=app.clock(),
        who=f"{who.name} ({who.id})" if who else app.tool,
        deed=deed,
        sha256=digest,
        detail=detail,
        tool=app.tool,
    )
    tx.create(CUSTODY, entry)
    tx.put(EVIDENCE_LOGS, msgspec.structs.replace(log, entries=entry.number))
    return entry


async def _place(
    app: AppContext,
    tx: Transaction,
    case: Case,
    who: Person | None,
    items: Sequence[EvidenceItem],
) -> tuple[EvidenceItem, ...]:
    log = await tx.get(EVIDENCE_LOGS, case.key) or EvidenceLog(case=case.key)
    if log.items + len(items) > PIECES_AT_MOST:
        message = tr(
            "{case} has {count} pieces of evidence. The limit is {most}. Add the rest to another "
            "case.",
            case=case.label,
            count=log.items,
            most=PIECES_AT_MOST,
        )
        raise UserError(message)
    tx.put(EVIDENCE_LOGS, msgspec.structs.replace(log, items=log.items + len(items)))
    placed: list[EvidenceItem] = []
    for number, item in enumerate(items, start=log.items + 1):
        fresh = item.placed(number, case)
        tx.create(EVIDENCE_ITEMS, fresh)
        placed.append(fresh)
        deed = (
            CustodyAction.CAPTURED if item.kind is EvidenceKind.CAPTURE else CustodyAction.TAKEN_IN
        )
        detail = f"{fresh.label} {item.kind.label}{_worded(item)}"
        await log_deed(app, tx, case.key, who, deed, fresh, detail)
        if item.file is not None and item.file.copy:
            says = f"copy of {fresh.label} for display"
            await log_deed(app, tx, case.key, None, CustodyAction.ANNOTATED, item.file.copy, says)
    if app.resources[AUTHORITIES]:
        newest = await tx.get(EVIDENCE_LOGS, case.key) or log
        enqueue(app, tx, EvidenceJob.STAMP, f"{case.key}-{newest.entries:06d}")
    return tuple(placed)


def _worded(item: EvidenceItem) -> str:
    """Return what the custody log says of a piece: no words of people, which may be removed."""
    said = item.caption or item.url if item.kind in MACHINE_WORDED else ""
    told = item.file.told if item.file else ()
    words = " ".join(filter(None, (said, *told)))
    return f": {words}" if words else ""


def _digest_of(item: EvidenceItem) -> str:
    """Return what names the piece's content: its bytes, or its words where it has none."""
    return item.file.content if item.file else item.words_digest


def _told(case: Case, who: Person | None, items: Sequence[EvidenceItem]) -> Transition:
    by = who.name if who else "Brandwarden"
    text = noted("{who} added evidence: {first}.", who=by, first=items[0].label)
    if len(items) > 1:
        text = noted(
            "{who} added evidence: {first} to {last}.",
            who=by,
            first=items[0].label,
            last=items[-1].label,
        )
    captions = [Fact(item.label, _told_of(item)) for item in items]
    step = Transition.of(
        case,
        EntryKind.ACTION,
        text,
        items[0].at,
        who=who,
        facts=tuple(captions),
    )
    files = tuple(item.file for item in items if item.file is not None)
    entry = msgspec.structs.replace(step.entry, files=files) if step.entry else None
    return Transition(step.case, entry)


def _told_of(item: EvidenceItem) -> str:
    # A capture's address and a paper's hash are for the packet; here one wants to know what it is.
    brief = item.left_out or item.boxes_told or ("" if item.url else item.caption)
    return f"{item.kind.label}: {brief}" if brief else item.kind.label


async def needs_of(
    _: AppContext, tx: Transaction, query: EvidenceWanted
) -> tuple[EvidenceNeed, ...]:
    """Answer which evidence a report on the case needs; none for a case without products."""
    case = query.case
    if not case.asins:
        # A report needs a product.
        return ()
    return needs(await tx.find(EVIDENCE_ITEMS, "case", case.key, limit=PIECES_AT_MOST))
