"""Taking in what people collect: files, order records, test buys; or setting off a capture."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date

import msgspec

from bot.core.context import AppContext
from bot.core.files import Upload
from bot.core.flows.forms import WrongAnswers
from bot.core.interface import noted, tr
from bot.core.jobs import enqueue
from bot.core.permissions import Person
from bot.core.scheduler import Work
from bot.core.store import Transaction
from bot.errors import UserError
from bot.features.cases.models.cases import Case, EntryKind
from bot.features.cases.models.steps import Transition
from bot.features.cases.service.keeping import record
from bot.features.cases.service.lookup import require_case
from bot.features.evidence.collections import COMPARISONS
from bot.features.evidence.models.comparisons import COMPARED, comparable
from bot.features.evidence.models.events import OrdersMissing, no_orders_told
from bot.features.evidence.models.items import BY_HAND, EvidenceItem, EvidenceJob, EvidenceKind
from bot.features.evidence.rules.inputs import (
    CaptureInput,
    CollectInput,
    FilesInput,
    NoOrdersInput,
    OrdersInput,
)
from bot.features.evidence.rules.orders import read_orders, write_orders
from bot.features.evidence.rules.plans import PlanInput
from bot.features.evidence.rules.purchases import PurchaseInput
from bot.features.evidence.service.evidence import add_items, items_of
from bot.features.evidence.service.planning import end_recorded, plan_test_buy, take_parcel
from bot.features.evidence.service.uploads import settled

ORDERS = "text/csv"


class Collected(msgspec.Struct, frozen=True):
    """What a person's input led to."""

    case: Case
    added: tuple[EvidenceItem, ...] = ()
    capturing: bool = False
    """A page is being captured."""
    pair: bool = False
    """There are now photos of both products, and no comparison yet."""
    planned: bool = False
    """A test buy is planned."""


async def collect(app: AppContext, tx: Transaction, who: Person, asked: CollectInput) -> Collected:
    """Add what a person handed in, note why there is nothing, or start a screenshot.

    Raises:
        WrongAnswers: a file is no order report.
        UserError: the case takes no more evidence.
    """
    case = await require_case(tx, asked.case)
    if isinstance(asked, PlanInput):
        return Collected(await plan_test_buy(app, tx, who, asked), planned=True)
    if isinstance(asked, CaptureInput):
        asin = _product(case, asked.asin)
        ref = f"{case.key}-{asin}" if asin else case.key
        enqueue(app, tx, EvidenceJob.CAPTURE, ref, who)
        tx.after(lambda: app.scheduler.trigger(Work.JOBS))
        return Collected(case, capturing=True)
    if isinstance(asked, NoOrdersInput):
        return Collected(await _note_no_orders(app, tx, who, case, asked.why))
    items = await _items(app, tx, who, case, asked)
    added = await add_items(app, tx, case, who, items)
    if isinstance(asked, PurchaseInput):
        await end_recorded(app, tx, case, added[0])
    return Collected(case, added, pair=await _pair(tx, case, added))


async def take_in_parcel(
    app: AppContext, tx: Transaction, who: Person, asked: FilesInput, today: date | None
) -> Collected:
    """Take in photos of a planned test buy, which arrived. Raises UserError."""
    on = today or app.clock().date()
    case = await take_parcel(app, tx, who, asked.case, on)
    added = await add_items(app, tx, case, who, await _files(app, tx, who, case, asked))
    return Collected(case, added, pair=await _pair(tx, case, added))


async def _items(
    app: AppContext,
    tx: Transaction,
    who: Person,
    case: Case,
    asked: FilesInput | OrdersInput | PurchaseInput,
) -> list[EvidenceItem]:
    match asked:
        case OrdersInput():
            return await _orders(app, who, case, asked)
        case PurchaseInput():
            return await _test_buy(app, tx, who, case, asked)
        case FilesInput():
            return await _files(app, tx, who, case, asked)


async def _pair(tx: Transaction, case: Case, added: Sequence[EvidenceItem]) -> bool:
    if not any(item.kind in COMPARED for item in added) or await tx.get(COMPARISONS, case.key):
        return False
    return comparable(await items_of(tx, case.key))


def _product(case: Case, chosen: str) -> str:
    """Return the product that it is about: the chosen one, or the case's only one."""
    return chosen or (case.asins[0] if len(case.asins) == 1 else "")


async def _files(
    app: AppContext, tx: Transaction, who: Person, case: Case, asked: FilesInput
) -> list[EvidenceItem]:
    now, asin = app.clock(), _product(case, asked.asin)
    return [
        EvidenceItem(
            case=case.key,
            place=0,
            at=now,
            kind=asked.kind,
            caption=asked.caption,
            who=who,
            asin=asin,
            file=file,
        )
        for file in await settled(app, tx, case, asked.files, keep=asked.keep_hidden)
    ]


async def _test_buy(
    app: AppContext, tx: Transaction, who: Person, case: Case, asked: PurchaseInput
) -> list[EvidenceItem]:
    """Return the test buy, and what confirms it."""
    purchase = asked.purchase
    caption = noted("order {order} of {day}", order=purchase.order, day=purchase.ordered_on)
    if purchase.genuine:
        caption = noted(
            "order {order} of {day}: genuine product",
            order=purchase.order,
            day=purchase.ordered_on,
        )
    bought = EvidenceItem(
        case=case.key,
        place=0,
        at=app.clock(),
        kind=EvidenceKind.TEST_BUY,
        caption=caption,
        who=who,
        asin=purchase.asin,
        purchase=purchase,
    )
    confirmed = FilesInput(
        case=case.key,
        asin=purchase.asin,
        kind=EvidenceKind.CONFIRMATION,
        caption=noted("order {order}", order=purchase.order),
        files=asked.files,
        keep_hidden=asked.keep_hidden,
    )
    return [bought, *await _files(app, tx, who, case, confirmed)]


async def _orders(
    app: AppContext, who: Person, case: Case, asked: OrdersInput
) -> list[EvidenceItem]:
    """Return order records in their one form, which has room for no buyer."""
    files, typed = list(asked.files), asked.orders
    for file in files:
        await _require_orders(app, file)
    if typed:
        content, now = write_orders(typed), app.clock()
        facts = {"kind": "orders by hand", "at": now.isoformat()}
        digest = await app.evidence.keep(content, facts)
        name = f"{BY_HAND}{now:%Y%m%d-%H%M%S}.csv"
        files.append(Upload(name, ORDERS, len(content), digest))
    return [
        EvidenceItem(
            case=case.key,
            place=0,
            at=app.clock(),
            kind=EvidenceKind.ORDERS,
            caption=noted(
                "order ID, dates, status, ASIN, SKU, quantity and price, without buyer data"
            ),
            who=who,
            file=file,
        )
        for file in files
    ]


async def _require_orders(app: AppContext, file: Upload) -> None:
    if file.kind != ORDERS:
        message = tr("This is not an order report. Download All Orders from Seller Central.")
        raise WrongAnswers(files=message)
    content = await app.evidence.read(file.content)
    try:
        await asyncio.to_thread(read_orders, content)
    except UserError as error:
        raise WrongAnswers(files=str(error)) from error


async def _note_no_orders(
    app: AppContext, tx: Transaction, who: Person, case: Case, why: str
) -> Case:
    """Note in the timeline why there are no order records, and tell the drafts."""
    text = no_orders_told(who, why)
    step = Transition.of(case, EntryKind.NOTE, text, app.clock(), who=who)
    case = await record(app, tx, case, [step])
    await app.tell(tx, OrdersMissing(case, why))
    return case
