"""A team whose quarter is reviewed: what it planted, and what it does then."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.core.cards import Card
from bot.core.collections import TEAMS
from bot.core.permissions import Person
from bot.core.team import Team as Settings
from bot.features.checklists.collections import ITEM_STATUSES, RUNS, SCORES
from bot.features.checklists.models.runs import Answer, Ending
from bot.features.checklists.models.score_points import ScorePoint
from bot.features.reports.collections import REPORTS
from bot.features.reports.models.reports import RejectionReason, ReportState
from bot.features.reviews.collections import REVIEWS
from bot.features.reviews.models.reviews import Review
from bot.features.reviews.service.reviewing import Reviews
from bot.features.rights.collections import BRAND_RIGHTS
from tests.unit.conftest import (
    BEN,
    Team,
    asked,
    notice,
)
from tests.unit.features.reviews.quarter import on, problem, report, right, run, task

FIRST_MONDAY = datetime(2027, 1, 4, 9, tzinfo=UTC)
EVE = Person("eve", "Eve")


async def tick(team: Team) -> None:
    """Let time be noticed, and the work be done that follows from it."""
    await Reviews(team.app).tick()
    await team.work()


async def planted(team: Team) -> None:
    """Put a quarter's history into the store."""
    says = "1 user new since the last review: temp-va."
    async with team.app.store.transaction() as tx:
        tx.put(TEAMS, Settings(duties={"lead": EVE, "account": BEN[0]}))
        tx.put(RUNS, run(1, task("users", drift=says, case=14)))
        tx.put(RUNS, run(2, task("users", Answer.OPEN), ending=Ending.REPLACED))
        tx.put(ITEM_STATUSES, problem("sign-in", on(10, 12), 14))
        tx.put(REPORTS, report(1, ReportState.REFUSED, refusal=RejectionReason.VAGUE))
        tx.put(REPORTS, report(2, ReportState.ACCEPTED))
        tx.put(BRAND_RIGHTS, right(1, date(2027, 2, 1)))
        tx.put(SCORES, ScorePoint(day="2026-11-02", got=20, of=50))
        tx.put(SCORES, ScorePoint(day="2026-12-30", got=35, of=50))


async def last(team: Team) -> Review:
    return (await team.app.store.page(REVIEWS, newest=True, limit=1))[0]


def shown(card: Card) -> str:
    fields = "\n".join(f"{field.label}: {field.value}" for field in card.fields)
    return f"{card.title}\n{card.body}\n{fields}\n{card.footer}"


async def decide(
    team: Team, point: int, owner: str = "me", due: str = "2027-01-20", what: str = "Remove temp-va"
) -> str:
    ask = asked(await team.press("decide", f"000001-{point}", BEN))
    return notice(await team.submit(ask, {"what": what, "owner": owner, "due": due}, BEN))


async def first_review(team: Team) -> Team:
    """Let the fourth quarter be reviewed this morning."""
    await planted(team)
    await tick(team)
    team.clock.now = FIRST_MONDAY
    await tick(team)
    return team
