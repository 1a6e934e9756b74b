"""Beginning a playbook from a case's card."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.interactions import Notice, Reply
from bot.core.interface import listed, tr, tr_data
from bot.core.permissions import Permission
from bot.core.request import ClickSpec, RequestContext
from bot.features.cases.service.lookup import find_case
from bot.features.checklists.service.posting import begin_playbooks_of


async def begin_of_case(ctx: RequestContext) -> Sequence[Reply]:
    """Post the playbook for what goes on in the case into its thread, unless it is there."""
    case = await find_case(ctx.tx, ctx.text, ctx.where)
    titles = await begin_playbooks_of(ctx.app, ctx.tx, case)
    named = listed(*(tr_data(title) for title in titles))
    return [Notice(tr("In the thread of {case}: {playbooks}.", case=case.label, playbooks=named))]


CLICKS = (ClickSpec("playbook", Permission.WORK_CASES, begin_of_case),)
