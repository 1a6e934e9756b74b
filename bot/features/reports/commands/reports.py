"""/reports and /report: what was filed and what became of it; and filing a report."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from statistics import median

from bot.core import forms
from bot.core.findings import PAGE_CHANGES
from bot.core.flows.starting import start_flow
from bot.core.interactions import Post, Reply
from bot.core.interface import tr
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, HelpGroup, Param, RequestContext
from bot.core.scanning import each
from bot.core.text import one_line, page_number
from bot.core.views.lists import ListPage
from bot.errors import UserError
from bot.features.cases.service.contexts import case_context, offered_products, offered_words
from bot.features.cases.service.lookup import find_case
from bot.features.cases.views.case import case_title
from bot.features.evidence.models.items import EvidenceKind, only_genuine
from bot.features.evidence.service.evidence import items_of
from bot.features.reports.collections import REPORTS
from bot.features.reports.flows.report import REPORT
from bot.features.reports.flows.report_form import OfferedRight, ReportForm
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.observations import PAGE, Observation
from bot.features.reports.models.reports import Report
from bot.features.reports.rules.acceptance import share
from bot.features.reports.rules.followups import took
from bot.features.reports.rules.routing import validity_of, worth_most
from bot.features.reports.service.earlier import earlier_reports
from bot.features.reports.service.gathering import rights
from bot.features.reports.service.routing import known_seller
from bot.features.reports.views.reports import ClaimCount, reports_card

HEADLINE = 200
RIGHTS = 100
"""Rights of which the form knows, those that are worth most in the marketplace."""


async def reports(ctx: RequestContext) -> Sequence[Reply]:
    """Show how the reports stand, the accepted share, and how long removals took."""
    known = [report async for report in each(ctx.app.store, REPORTS, newest=True)]
    page = ListPage.of(page_number(ctx.words), len(known), "reports")
    now = ctx.app.clock()
    team = await ctx.app.team(ctx.tx)
    card = reports_card(
        known[page.start : page.end],
        share(known, now),
        # In a thread, because all reports are gone through more than once.
        await asyncio.to_thread(_tallies, known, now),
        Counter(report.state for report in known),
        page,
        team,
    )
    return [Post(card)]


def _tallies(known: Sequence[Report], now: datetime) -> list[ClaimCount]:
    return [
        ClaimCount(claim=claim, share=share(known, now, claim), removal=_median(known, claim))
        for claim in dict.fromkeys(report.claim for report in known)
    ]


def _median(reports: Sequence[Report], claim: Claim) -> float | None:
    """Return the median of seconds from filing to removal; None where nothing was removed."""
    spans = [
        duration.total_seconds()
        for report in reports
        if report.claim is claim and (duration := took(report)) is not None
    ]
    return median(spans) if spans else None


async def ask_matter(ctx: RequestContext, matter: str = "") -> Sequence[Reply]:
    """Ask what the report is about; ``matter`` is what it seems to be."""
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    case.require_open()
    if not case.asins:
        message = tr(
            "{case} has no product, and a report needs one. To ask Amazon's support instead, type "
            "/support {number}.",
            case=case.label,
            number=case.number,
        )
        raise UserError(message)
    today = ctx.app.clock().date()
    worth = [(validity_of(each, case.marketplace, today), each) for each in await rights(ctx.app)]
    offered = [
        OfferedRight(each.key, each.kind, one_line(each.said, forms.OPTION), validity)
        for validity, each in sorted(worth, key=lambda pair: worth_most(pair[0]))
    ]
    seller = await known_seller(ctx.app, ctx.tx, case, case.asins)
    items = await items_of(ctx.tx, case.key)
    view = await case_context(ctx.app, ctx.tx, [case], asins=case.asins)
    shown = sorted({item.asin for item in items if item.shows_goods and item.asin})
    there = sorted({item.asin for item in items if item.here and item.asin})
    known = ReportForm(
        subject=case.key,
        case=case.label,
        headline=one_line(case_title(case), HEADLINE),
        bought=any(item.kind is EvidenceKind.TEST_BUY and item.here for item in items),
        genuine=only_genuine(items),
        marketplace=case.marketplace,
        seller=case.seller,
        allowed=seller.allowed,
        lawful=seller.lawful,
        amazon=seller.amazon,
        rights=tuple(offered[:RIGHTS]),
        earlier=await earlier_reports(ctx.tx, case, case.asins),
        products=offered_products(case, view, [*shown, *there]),
        offered=offered_words(case),
        shown=tuple(shown),
        matter=matter,
        seen=seen_in(case.tally.active) if matter == PAGE else None,
    )
    return [start_flow(ctx, REPORT, known)]


def seen_in(kinds: Collection[str]) -> Observation:
    """Return what is seen of a page by the parts that changed."""
    alone = PAGE_CHANGES.intersection(kinds) == {FAMILY}
    return Observation.VARIATION if alone else Observation.TAKEOVER


FAMILY = "page-family"
"""The signal that the page belongs to another variation family."""


COMMANDS = (
    CommandSpec(
        "reports",
        "/reports [page]",
        "See what was filed, accepted and removed.",
        Permission.READ,
        reports,
        (Param("page", "The page to show."),),
        group=HelpGroup.REPORTS,
    ),
)
