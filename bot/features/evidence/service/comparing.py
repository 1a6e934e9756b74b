"""Comparisons of two photos of a case: which two, and the differences marked on them."""

from __future__ import annotations

import msgspec

from bot.core.context import AppContext
from bot.core.findings import Fact
from bot.core.forgetting import release
from bot.core.interface import noted, tr, tr_data
from bot.core.jobs import enqueue
from bot.core.permissions import Person
from bot.core.removed_words import REMOVED
from bot.core.scheduler import Work
from bot.core.spots import PictureWanted
from bot.core.store import Transaction
from bot.errors import UserError
from bot.features.cases.models.cases import Case, Entry, EntryKind
from bot.features.cases.models.steps import Transition
from bot.features.cases.service.keeping import record
from bot.features.cases.service.lookup import require_case
from bot.features.evidence.collections import COMPARISONS, EVIDENCE_ITEMS
from bot.features.evidence.models.comparisons import Comparison, photos_of
from bot.features.evidence.models.events import EvidenceChanged
from bot.features.evidence.models.items import EvidenceItem, EvidenceJob, EvidenceKind
from bot.features.evidence.rules.comparing import DifferenceInput, PhotosInput, RemovalInput
from bot.features.evidence.service.evidence import items_of

NO_PAIR = (
    "To compare, add a photo of the seller's product and one of the genuine product. Press "
    "'Collect evidence' on the case."
)
GONE = "These photos are no longer compared. Press 'Mark differences' on the case's evidence."
OTHERS = (
    "{} are no longer compared: the case compares {} now. Press 'Mark differences' on the case's "
    "evidence."
)


class Marked(msgspec.Struct, frozen=True):
    """A difference that was saved."""

    comparison: Comparison
    more: bool
    """The person marks another one next."""


async def compare(app: AppContext, tx: Transaction, who: Person, asked: PhotosInput) -> Comparison:
    """Choose two photos; copies of them with a grid are posted in the case's thread.

    What was marked on the same two photos stays; what was marked on others is dropped.

    Raises:
        UserError: one of them is not there.
    """
    case = await require_case(tx, asked.case)
    items = await items_of(tx, case.key)
    if not _there(items, asked):
        raise UserError(tr_data(NO_PAIR))
    known = await tx.get(COMPARISONS, case.key)
    if known is None or not asked.of(known):
        await drop(app, tx, case, known)
        known = Comparison(case=case.key, received=asked.received, genuine=asked.genuine)
        tx.put(COMPARISONS, known)
    _draw(app, tx, EvidenceJob.GRID, case, who)
    return known


async def mark_difference(
    app: AppContext, tx: Transaction, who: Person, asked: DifferenceInput
) -> Marked:
    """Add a difference; after the last one, the photos with all marks are posted in the thread.

    Raises:
        UserError: the photos are no longer compared, or have as many differences as they take.
    """
    difference = asked.difference
    case, known = await _require_compared(tx, asked.photos)
    known.require_room()
    after = msgspec.structs.replace(known, differences=(*known.differences, difference))
    number = len(after.differences)
    text = noted(
        "{who} marked difference {number} between {first} and {second}.",
        who=who.name,
        number=number,
        first=f"E-{known.received}",
        second=f"E-{known.genuine}",
    )
    told = (Fact(noted("Difference {number}", number=number), difference.words),)
    await _change(app, tx, who, case, after, text, told)
    done = Marked(after, more=asked.more and not after.full)
    if not done.more:
        _draw(app, tx, EvidenceJob.MARKS, case, who)
    return done


async def drop_difference(
    app: AppContext, tx: Transaction, who: Person, asked: RemovalInput
) -> Comparison:
    """Remove the last difference; ``asked`` says what the person took for the last one.

    Raises:
        UserError: the photos are no longer compared, or another difference is the last.
    """
    found, known = await _require_compared(tx, asked.photos)
    last, number = len(known.differences), asked.number
    if number != last:
        message = (
            tr("Difference {number} was already removed.", number=number)
            if number > last
            else tr("Difference {last} is the last one now. Remove that one first.", last=last)
        )
        raise UserError(message)
    after = msgspec.structs.replace(known, differences=known.differences[:-1])
    text = noted(
        "{who} removed difference {number} between {first} and {second}.",
        who=who.name,
        number=number,
        first=f"E-{known.received}",
        second=f"E-{known.genuine}",
    )
    await _change(app, tx, who, found, after, text)
    _draw(app, tx, EvidenceJob.MARKS, found, who)
    return after


async def require_comparison(tx: Transaction, name: str) -> tuple[Case, Comparison]:
    """Return a case and its comparison. Raises UserError: no photos of it are compared."""
    case = await require_case(tx, name)
    known = await tx.get(COMPARISONS, case.key)
    if known is None:
        raise UserError(tr_data(GONE))
    return case, known


async def _require_compared(tx: Transaction, photos: PhotosInput) -> tuple[Case, Comparison]:
    """Return a case and its comparison. Raises UserError: it compares other photos."""
    case, known = await require_comparison(tx, photos.case)
    if not photos.of(known):
        raise UserError(OTHERS.format(photos.label, known.label))
    return case, known


async def drop(app: AppContext, tx: Transaction, case: Case, known: Comparison | None) -> None:
    """Forget a comparison, and delete the copies that were drawn for it."""
    if known is not None:
        tx.delete(COMPARISONS, known.case)
        await release(app, tx, known.drawn, f"{case.label} drawn copies of {known.label}")


async def drop_with(app: AppContext, tx: Transaction, case: Case, item: EvidenceItem) -> None:
    """Forget the comparison in which this photo is; it was deleted."""
    known = await tx.get(COMPARISONS, case.key)
    if known is not None and item.place in known.photos:
        await drop(app, tx, case, known)


async def take_out_words(tx: Transaction, case: Case, entry: Entry) -> None:
    """Remove the words of the differences that the entry showed."""
    known = await tx.get(COMPARISONS, case.key)
    told = {fact.value for fact in entry.facts}
    if known is None or told.isdisjoint(each.words for each in known.differences):
        return
    left = tuple(
        msgspec.structs.replace(each, words=REMOVED) if each.words in told else each
        for each in known.differences
    )
    tx.put(COMPARISONS, msgspec.structs.replace(known, differences=left))


async def picture_of(_: AppContext, tx: Transaction, query: PictureWanted) -> str:
    """Answer with the SHA-256 of the copy that a form shows; empty if there is no photo."""
    item = await tx.get(EVIDENCE_ITEMS, query.name)
    return item.file.shown if item is not None and item.picture and item.file else ""


async def _change(
    app: AppContext,
    tx: Transaction,
    who: Person,
    case: Case,
    after: Comparison,
    text: str,
    told: tuple[Fact, ...] = (),
) -> None:
    step = Transition.of(case, EntryKind.ACTION, text, app.clock(), who=who, facts=told)
    case = await record(app, tx, case, [step])
    tx.put(COMPARISONS, after)
    await app.tell(tx, EvidenceChanged(case))


def _draw(app: AppContext, tx: Transaction, job: EvidenceJob, case: Case, who: Person) -> None:
    enqueue(app, tx, job, case.key, who)
    tx.after(lambda: app.scheduler.trigger(Work.JOBS))


def _there(items: tuple[EvidenceItem, ...], asked: PhotosInput) -> bool:
    received = {item.place for item in photos_of(items, EvidenceKind.RECEIVED)}
    genuine = {item.place for item in photos_of(items, EvidenceKind.GENUINE)}
    return asked.received in received and asked.genuine in genuine
