"""'Collect evidence': the flow's beginning and end, and the capture of an offer's page."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date

import msgspec

from bot.core.cards import Tone
from bot.core.files import Upload
from bot.core.flows.engine import Given
from bot.core.flows.sessions import FlowSession
from bot.core.flows.starting import start_flow
from bot.core.interactions import Notice, Reply
from bot.core.jobs import enqueue
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, RequestContext
from bot.core.scheduler import Work
from bot.errors import UserError
from bot.features.cases.models.cases import Case, EntryKind
from bot.features.cases.models.needs import EvidenceNeed
from bot.features.cases.models.steps import turn
from bot.features.cases.service.contexts import case_context, offered_products, offered_words
from bot.features.cases.service.finding import find_case, require_case
from bot.features.cases.service.recording import record
from bot.features.evidence.models.events import EvidenceChanged, OrdersMissing
from bot.features.evidence.models.items import EvidenceItem, EvidenceKind, Purchase, needs
from bot.features.evidence.models.jobs import EvidenceJob
from bot.features.evidence.resources import CAMERA
from bot.features.evidence.rules.orders import by_hand, read_orders, write_orders
from bot.features.evidence.service.evidence import add_items, items_of

FIRST = {
    "capture": EvidenceKind.CAPTURE,
    "compare": EvidenceKind.RECEIVED,
    "orders": EvidenceKind.ORDERS,
    "test-buy": EvidenceKind.TEST_BUY,
}
"""What the form offers first when a need is not met."""
ORDERS = "text/csv"


async def collect(ctx: RequestContext) -> Sequence[Reply]:
    """Show what is there and what is missing, and ask what to add."""
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    pieces = await items_of(ctx.tx, case.key)
    wanted = needs(pieces) if case.asins else ()
    camera = ctx.app.resources[CAMERA] is not None and bool(case.asins)
    missing = [FIRST[need.name] for need in wanted if not need.met]
    if missing[:1] == [EvidenceKind.RECEIVED] and any(
        piece.kind is EvidenceKind.RECEIVED and piece.here for piece in pieces
    ):
        missing[0] = EvidenceKind.GENUINE
    offered = [kind for kind in missing if camera or kind is not EvidenceKind.CAPTURE]
    team = await ctx.app.team(ctx.tx)
    view = await case_context(ctx.app, ctx.tx, [case], asins=case.asins)
    facts = {
        "needs": _so_far(case, wanted),
        "missing": offered[0].value if offered else "",
        "camera": "yes" if camera else "",
        "today": team.local(ctx.app.clock()).date().isoformat(),
        "products": msgspec.json.encode(offered_products(case, view)).decode(),
    }
    return [start_flow(ctx, "collect", subject=case.key, facts=facts)]


def _so_far(case: Case, wanted: Sequence[EvidenceNeed]) -> str:
    if not wanted:
        return f"{case.label} is about no product. What you add is kept unchanged, with its time."
    offered = offered_words(case)
    lines = [f"{case.label} so far:", *map(_line, wanted), *([offered] if offered else [])]
    return "\n".join(lines)


def _line(need: EvidenceNeed) -> str:
    if need.met:
        return f"✓ {need.label}"
    return f"✗ {need.label}. {need.why}"


async def finish_collect(
    ctx: RequestContext, session: FlowSession, given: Given
) -> Sequence[Reply]:
    """Take in what was handed in, or set off a capture."""
    case = await require_case(ctx.tx, session.subject)
    kind = EvidenceKind(str(given["what"]))
    if kind is EvidenceKind.CAPTURE:
        asin = _product(case, given)
        ref = f"{case.key}-{asin}" if asin else case.key
        enqueue(ctx.app, ctx.tx, EvidenceJob.CAPTURE, ref, ctx.who)
        ctx.tx.after(lambda: ctx.app.scheduler.trigger(Work.JOBS))
        return [Notice("The page is being captured; the picture comes into the thread.")]
    if kind is EvidenceKind.ORDERS:
        return await _take_orders(ctx, case, given)
    pieces = _test_buy(ctx, case, given) if kind is EvidenceKind.TEST_BUY else None
    placed = await add_items(
        ctx.app, ctx.tx, case, ctx.who, pieces or _files(ctx, case, kind, given)
    )
    await ctx.app.tell(ctx.tx, EvidenceChanged(case))
    return [_thanks(case, placed)]


def _product(case: Case, given: Given) -> str:
    """Return the product that it is about: the chosen one, or the case's only one."""
    return str(given.get("asin") or (case.asins[0] if len(case.asins) == 1 else ""))


def _thanks(case: Case, placed: Sequence[EvidenceItem]) -> Notice:
    labels = ", ".join(piece.label for piece in placed)
    return Notice(f"Added to {case.label}: {labels}.", Tone.GOOD)


def _files(ctx: RequestContext, case: Case, kind: EvidenceKind, given: Given) -> list[EvidenceItem]:
    now = ctx.app.clock()
    return [
        EvidenceItem(
            case=case.key,
            place=0,
            at=now,
            kind=kind,
            caption=str(given["caption"]),
            who=ctx.who,
            asin=_product(case, given),
            file=file,
        )
        for file in given["files"]
        if isinstance(file, Upload)
    ]


def _test_buy(ctx: RequestContext, case: Case, given: Given) -> list[EvidenceItem]:
    arrived = str(given["arrived"])
    purchase = Purchase(
        order=str(given["order"]),
        ordered_on=date.fromisoformat(str(given["ordered"])),
        arrived_on=date.fromisoformat(arrived) if arrived else None,
        observed=str(given["observed"]),
        verified=str(given["verified"]),
    )
    piece = EvidenceItem(
        case=case.key,
        place=0,
        at=ctx.app.clock(),
        kind=EvidenceKind.TEST_BUY,
        caption=f"order {purchase.order} of {purchase.ordered_on}",
        who=ctx.who,
        asin=_product(case, given),
        purchase=purchase,
    )
    return [piece]


async def _take_orders(ctx: RequestContext, case: Case, given: Given) -> Sequence[Reply]:
    """Keep order records in their one form, which has room for no buyer; or why there are none."""
    files = [file for file in given["files"] if isinstance(file, Upload)]
    typed = str(given["typed"])
    if not files and not typed:
        return await _no_orders(ctx, case, str(given["none"]))
    pieces = [_orders_item(ctx, case, file) for file in files]
    if typed:
        orders = [by_hand(*_words(line)) for line in typed.splitlines() if line.strip()]
        content = write_orders(orders)
        now = ctx.app.clock()
        facts = {"kind": "orders by hand", "at": now.isoformat()}
        digest = await ctx.app.evidence.keep(content, facts)
        name = f"orders-by-hand-{now:%Y%m%d-%H%M%S}.csv"
        pieces.append(_orders_item(ctx, case, Upload(name, ORDERS, len(content), digest)))
    for piece in pieces:
        if piece.file is None or piece.file.kind != ORDERS:
            message = "That is no order report. Take 'All orders' from Seller Central's reports."
            raise UserError(message)
        content = await ctx.app.evidence.read(piece.file.content)
        await asyncio.to_thread(read_orders, content)
    placed = await add_items(ctx.app, ctx.tx, case, ctx.who, pieces)
    await ctx.app.tell(ctx.tx, EvidenceChanged(case))
    return [_thanks(case, placed)]


def _words(line: str) -> tuple[str, str, str, str]:
    words = line.split()
    if len(words) not in (3, 4):
        message = (
            f"Write an order like 123-1234567-1234567 2026-11-20 B0EXAMPLE1 2, not {line[:60]!r}."
        )
        raise UserError(message)
    order, day, asin, *units = words
    return order, day, asin, units[0] if units else "1"


def _orders_item(ctx: RequestContext, case: Case, file: Upload) -> EvidenceItem:
    return EvidenceItem(
        case=case.key,
        place=0,
        at=ctx.app.clock(),
        kind=EvidenceKind.ORDERS,
        caption="order ID, date, ASIN, SKU, quantity and price; nothing of the buyers",
        who=ctx.who,
        file=file,
    )


async def _no_orders(ctx: RequestContext, case: Case, why: str) -> Sequence[Reply]:
    """State why there are no order records, in the timeline and on the drafts."""
    text = f"{ctx.who.name}: there are no order records. {why}"
    step = turn(case, EntryKind.NOTE, text, ctx.app.clock(), who=ctx.who)
    case = await record(ctx.app, ctx.tx, case, [step])
    await ctx.app.tell(ctx.tx, OrdersMissing(case, why))
    return [Notice(f"Noted on {case.label}.", Tone.GOOD)]


CLICKS = (ClickSpec("collect", Permission.WORK_CASES, collect),)
