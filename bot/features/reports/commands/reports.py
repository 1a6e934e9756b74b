"""/reports and /report: what was filed, and what became of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from statistics import median

from bot.core.interactions import Post, Reply
from bot.core.permissions import Permission
from bot.core.request import CommandSpec, HelpGroup, Param, RequestContext
from bot.core.scanning import each
from bot.core.text import page_number
from bot.core.views.lists import ListPage
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.claims import Claim
from bot.features.reports.models.reports import Report
from bot.features.reports.rules.acceptance import share
from bot.features.reports.rules.followups import took
from bot.features.reports.views.reports import ClaimCount, reports_card


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


COMMANDS = (
    CommandSpec(
        "reports",
        "/reports [page]",
        "See what was filed, accepted and removed.",
        Permission.READ,
        reports,
        (Param("page", "Which page."),),
        group=HelpGroup.REPORTS,
    ),
)
