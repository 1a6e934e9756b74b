"""The first button on a case about a page: the team changed it itself."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.interactions import Reply, Update
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, RequestContext
from bot.features.cases.service.lookup import find_case
from bot.features.cases.views.case import case_card
from bot.features.pages.service.changing import accept_changes


async def was_us(ctx: RequestContext) -> Sequence[Reply]:
    """Make what the page says now its baseline, if it is what the card showed."""
    name, _, changes = ctx.text.partition("/")
    case = await find_case(ctx.tx, name, ctx.where)
    shown = await accept_changes(ctx.app, ctx.tx, ctx.who, case.key, changes)
    return [Update(case_card(shown.case, shown.view))]


CLICKS = (ClickSpec("page-ours", Permission.WORK_CASES, was_us),)
