"""'File a report': what it is about is asked for in a form; the answers lead to the right door."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core import forms
from bot.core.flows.starting import start_flow
from bot.core.interactions import Reply
from bot.core.request import RequestContext
from bot.core.text import one_line
from bot.errors import UserError
from bot.features.cases.service.contexts import case_context, offered_products, offered_words
from bot.features.cases.service.lookup import find_case
from bot.features.cases.views.case import case_title
from bot.features.evidence.models.items import EvidenceKind
from bot.features.evidence.service.evidence import items_of
from bot.features.reports.flows.report import REPORT, OfferedRight, ReportForm
from bot.features.reports.models.observations import RightValidity
from bot.features.reports.rules.routing import validity_of
from bot.features.reports.service.gathering import rights

HEADLINE = 200


async def ask_matter(ctx: RequestContext) -> Sequence[Reply]:
    """Ask what the report is about."""
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    case.require_open()
    if not case.asins:
        message = (
            f"{case.label} names no product, and a report needs one. To ask Amazon's support "
            f"instead, type /support {case.number}."
        )
        raise UserError(message)
    today = ctx.app.clock().date()
    good = [
        OfferedRight(each.key, each.kind, one_line(each.label, forms.OPTION))
        for each in await rights(ctx.app)
        if validity_of(each, case.marketplace, today) is RightValidity.GOOD
    ]
    items = await items_of(ctx.tx, case.key)
    view = await case_context(ctx.app, ctx.tx, [case], asins=case.asins)
    shown = sorted({item.asin for item in items if item.shows_goods and item.asin})
    there = sorted({item.asin for item in items if item.here and item.asin})
    known = ReportForm(
        subject=case.key,
        case=case.label,
        headline=one_line(case_title(case), HEADLINE),
        bought=any(item.kind is EvidenceKind.TEST_BUY and item.here for item in items),
        rights=tuple(good[: forms.OPTIONS]),
        products=offered_products(case, view, [*shown, *there]),
        offered=offered_words(case),
        shown=tuple(shown),
    )
    return [start_flow(ctx, REPORT, known)]
