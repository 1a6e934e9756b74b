"""/evidence: the list of a case's evidence, and the buttons to collect and delete it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core.flows.starting import start_flow
from bot.core.identifiers import is_seller_id
from bot.core.interactions import Post, Reply
from bot.core.interface import tr
from bot.core.permissions import Permission, Person
from bot.core.request import ClickSpec, CommandSpec, HelpGroup, Param, RequestContext
from bot.core.views.lists import ListPage
from bot.features.cases.models.cases import Case
from bot.features.cases.models.events import EvidenceNeed
from bot.features.cases.service.contexts import case_context, offered_products, offered_words
from bot.features.cases.service.lookup import find_case
from bot.features.cases.service.profiles import profile_of
from bot.features.evidence.flows.collect import COLLECT
from bot.features.evidence.flows.collect_form import CollectForm
from bot.features.evidence.flows.delete import DELETE, DeleteEvidenceForm
from bot.features.evidence.models.comparisons import comparable
from bot.features.evidence.models.items import EvidenceKind, needs
from bot.features.evidence.models.plans import PlannedBuy
from bot.features.evidence.resources import CAMERA
from bot.features.evidence.rules.purchases import BoughtFor
from bot.features.evidence.service.evidence import items_of, require_item
from bot.features.evidence.service.planning import plan_of
from bot.features.evidence.views.evidence import evidence_card

FIRST = {
    "capture": EvidenceKind.CAPTURE,
    "compare": EvidenceKind.RECEIVED,
    "orders": EvidenceKind.ORDERS,
    "test-buy": EvidenceKind.TEST_BUY,
    "confirmation": EvidenceKind.CONFIRMATION,
}
"""What the form offers first when a need is not met."""


async def evidence(ctx: RequestContext) -> Sequence[Reply]:
    """List a case's evidence, and what is missing."""
    words = ctx.words
    case = await find_case(ctx.tx, words[0] if words else "", ctx.where)
    items = await items_of(ctx.tx, case.key)
    asked = int(words[1][:4]) if len(words) > 1 and words[1].isascii() and words[1].isdigit() else 1
    page = ListPage.of(max(1, asked), len(items), f"evidence {case.number}")
    view = await case_context(ctx.app, ctx.tx, [case])
    wanted = needs(items) if case.asins else ()
    shown, pair = items[page.start : page.end], comparable(items)
    buy = await plan_of(ctx.tx, case.key)
    return [Post(evidence_card(case, shown, wanted, page, view, pair=pair, buy=buy))]


async def delete(ctx: RequestContext) -> Sequence[Reply]:
    """Ask why a piece is to be deleted."""
    item = await require_item(ctx.tx, ctx.text)
    known = DeleteEvidenceForm(subject=item.key, item=f"{item.label} {item.kind.said}")
    return [start_flow(ctx, DELETE, known)]


async def collect(ctx: RequestContext) -> Sequence[Reply]:
    """Show what is there and what is missing, and ask what to add."""
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    return [start_flow(ctx, COLLECT, await collect_form(ctx, case))]


async def collect_form(ctx: RequestContext, case: Case) -> CollectForm:
    """Return the form for adding evidence, filled in from the case."""
    items = await items_of(ctx.tx, case.key)
    wanted = needs(items) if case.asins else ()
    camera = ctx.app.resources[CAMERA] is not None and bool(case.asins)
    missing = [FIRST[need.name] for need in wanted if not need.met]
    if missing[:1] == [EvidenceKind.RECEIVED] and any(
        item.kind is EvidenceKind.RECEIVED and item.here for item in items
    ):
        missing[0] = EvidenceKind.GENUINE
    offered = [kind for kind in missing if camera or kind is not EvidenceKind.CAPTURE]
    team = await ctx.app.team(ctx.tx)
    view = await case_context(ctx.app, ctx.tx, [case], asins=case.asins)
    profile = await profile_of(ctx.tx, case.marketplace, case.seller)
    buy = await plan_of(ctx.tx, case.key)
    return CollectForm(
        subject=case.key,
        needs=_so_far(case, wanted),
        missing=offered[0] if offered else None,
        camera=camera,
        bought=any(item.purchase for item in items if item.here),
        about=bought_for(case, team.local(ctx.app.clock()).date()),
        seller_name=profile.name if profile else "",
        products=offered_products(case, view),
        people=await _buyers(ctx, case, buy),
        order=buy.order if buy else "",
        price=buy.price.figure.replace(",", "") if buy and buy.price else "",
        ordered=buy.ordered_on if buy else None,
        arrived=buy.arrived_on if buy else None,
    )


async def _buyers(ctx: RequestContext, case: Case, buy: PlannedBuy | None) -> tuple[Person, ...]:
    """Return who may make a test buy; empty if no plan is possible.

    Whoever asks is the first, then whoever works on the case, then the others by name.
    """
    if not (case.open and case.seller) or buy is not None:
        return ()
    team = await ctx.app.team(ctx.tx)
    others = sorted(team.duties.values(), key=lambda person: (person.name.casefold(), person.id))
    buyers: dict[str, Person] = {}
    for person in (ctx.who, *filter(None, (case.assignee,)), *others):
        buyers.setdefault(person.id, person)
    return tuple(buyers.values())


def bought_for(case: Case, today: date) -> BoughtFor:
    """Return what an order must fit to be a test buy for the case."""
    return BoughtFor(
        label=case.label,
        marketplace=case.marketplace,
        # An attack's case may name its source in other words.
        seller=case.seller if is_seller_id(case.seller) else "",
        # Of a case on very many products, only the first are at hand.
        asins=case.asins if case.tally.products <= len(case.asins) else (),
        today=today,
    )


def _so_far(case: Case, wanted: Sequence[EvidenceNeed]) -> str:
    if not wanted:
        return tr(
            "{case} is not about a product. Anything you add is kept unchanged and dated.",
            case=case.label,
        )
    offered = offered_words(case)
    lines = [
        tr("{case} so far:", case=case.label),
        *map(_line, wanted),
        *([offered] if offered else []),
    ]
    return "\n".join(lines)


def _line(need: EvidenceNeed) -> str:
    if need.met:
        return f"✓ {need.label}"
    return tr("✗ {need}. {why}", need=need.label, why=need.why)


COMMANDS = (
    CommandSpec(
        "evidence",
        "/evidence NUMBER",
        "List a case's evidence and what is missing.",
        Permission.READ,
        evidence,
        (Param("number", "The case number.", suggest="case"),),
        group=HelpGroup.REPORTS,
    ),
)

CLICKS = (
    ClickSpec("delete-evidence", Permission.CONFIGURE, delete),
    ClickSpec("collect", Permission.WORK_CASES, collect),
)
